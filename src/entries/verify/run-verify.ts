import { evaluateSigner } from '../../domain/identity/signer-evaluation.ts';
import { callWithin } from '../../usecases/call-context.ts';
import { evaluateOnce } from '../../usecases/judging/evaluate-once.ts';
import type { Evaluate } from '../../usecases/judging/judge-image.ts';
import { verifyImages } from '../../usecases/verifying/verify-images.ts';
import { within } from '../../usecases/within.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { createInputSource } from '../action/runner-input-source.ts';
import { connectHttp, connectRegistry, connectTrust } from '../compose/connect.ts';
import { createRunBudget } from '../compose/run-budget.ts';
import type { RunDeadline } from '../compose/run-deadline.ts';
import { RETRY_FOR_MS, readVerifyInputs } from './inputs.ts';

/** What is written at the end is loaded while the network answers. */
const loadPublishing = (): Promise<typeof import('./publish.ts')> => import('./publish.ts');

/** The verify action: inputs → adapters → use-case → what people and scripts see. */
export async function runVerify(run: RunEnvironment, deadline: RunDeadline): Promise<void> {
  const call = callWithin(deadline, { retries: createRunBudget(run, RETRY_FOR_MS), log: run.log });
  const request = await within(call.signal, () => readVerifyInputs(createInputSource(run, call)));
  for (const message of request.warnings) run.annotate({ level: 'warning', title: 'Countersign', message });
  for (const notice of [...request.notices, ...request.skipped]) run.log.info(notice);
  const http = connectHttp(run, request.network, { load: loadPublishing });
  try {
    const registry = connectRegistry(run, request.network, http, { access: 'pull' });
    const trust = connectTrust(run, request.trust, http, {
      offline: request.offline,
      signing: false,
      plainHttpHosts: request.network.insecureRegistries,
    });
    trust.source.prefetch(call);
    const { concurrency, signatureRepository } = request.network;
    const { identity } = request;
    const evaluate: Evaluate =
      identity.kind === 'requirement'
        ? evaluateOnce((facts, now) => evaluateSigner(facts, identity.requirement, now), run.clock)
        : undefined;
    const images = await verifyImages(
      call,
      {
        images: request.images,
        evaluate,
        format: request.format,
        recursive: request.recursive,
        // Without an identity nothing can pass, so there is nothing to wait for.
        waitForMs: evaluate === undefined ? 0 : request.waitForMs,
        concurrency,
        signatureRepository,
        notFoundHint: 'Did the build push it, and to this registry? May this job read the package (`packages: read`)?',
      },
      { registry, verifier: trust.verifier, clock: run.clock },
    );
    // What is decided is still reported, within a time of its own.
    call.finish();
    const { publishVerify } = await loadPublishing();
    await publishVerify(run, request, images, call.signal.aborted ? undefined : { call, http });
  } finally {
    await http.close();
  }
}
