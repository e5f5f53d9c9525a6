import { evaluateSigner } from '../../domain/identity/signer-evaluation.ts';
import { evaluateOnce } from '../../usecases/judging/evaluate-once.ts';
import type { Evaluate } from '../../usecases/judging/judge-image.ts';
import { verifyImages } from '../../usecases/verifying/verify-images.ts';
import { within } from '../../usecases/within.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { createInputSource } from '../action/runner-input-source.ts';
import { connectHttp, connectRegistry, connectTrust, type HttpLimits } from '../compose/connect.ts';
import { createRunBudget } from '../compose/run-budget.ts';
import type { RunDeadline } from '../compose/run-deadline.ts';
import { RETRY_FOR_MS, readVerifyInputs } from './inputs.ts';

/** What is written at the end is loaded while the network answers. */
const loadPublishing = (): Promise<typeof import('./publish.ts')> => import('./publish.ts');

/** The verify action: inputs → adapters → use-case → what people and scripts see. */
export async function runVerify(run: RunEnvironment, deadline: RunDeadline): Promise<void> {
  const { end: signal } = deadline;
  const limits: HttpLimits = { budget: createRunBudget(run, RETRY_FOR_MS), signal };
  const request = await within(signal, () => readVerifyInputs(createInputSource(run, limits)));
  for (const message of request.warnings) run.annotate({ level: 'warning', title: 'Countersign', message });
  for (const notice of [...request.notices, ...request.skipped]) run.log.info(notice);
  const http = connectHttp(run, limits, request.network, { load: loadPublishing, loadLast: run.loadToolkit });
  try {
    const registry = connectRegistry(run, request.network, http, { access: 'pull', signal });
    const trust = connectTrust(run, request.trust, http, {
      offline: request.offline,
      signing: false,
      plainHttpHosts: request.network.insecureRegistries,
      signal,
    });
    trust.source.prefetch();
    const { concurrency, signatureRepository } = request.network;
    const { identity } = request;
    const evaluate: Evaluate =
      identity.kind === 'requirement'
        ? evaluateOnce((facts, now) => evaluateSigner(facts, identity.requirement, now), run.clock)
        : undefined;
    const images = await verifyImages(
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
      { registry, verifier: trust.verifier, clock: run.clock, log: run.log, signal },
    );
    // What is decided is still reported, within a time of its own.
    deadline.finish();
    const { publishVerify } = await loadPublishing();
    await run.useToolkit();
    await publishVerify(run, request, images, deadline.end.aborted ? undefined : http);
  } finally {
    await http.close();
  }
}
