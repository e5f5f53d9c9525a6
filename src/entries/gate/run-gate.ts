import { within } from '../../domain/calls/within.ts';
import { createSignerEvaluation } from '../../domain/identity/signer-evaluation.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { callWithin } from '../../usecases/call-context.ts';
import type { StoredAttestations } from '../../usecases/examining/read-attestations.ts';
import { evaluateOnce } from '../../usecases/judging/evaluate-once.ts';
import type { Evaluate } from '../../usecases/judging/judge-image.ts';
import { verifyImages } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { readGithubToken } from '../action/inputs/github-token.ts';
import { optimizeLater } from '../action/late-optimizing.ts';
import { createRunBudget } from '../action/run-budget.ts';
import type { RunDeadline } from '../action/run-deadline.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { createInputSource } from '../action/runner-input-source.ts';
import { keepHeapSmall } from '../action/small-heap.ts';
import { surroundingsOf } from '../action/surroundings.ts';
import { connectHttp, connectRegistry, connectTrust } from '../compose/connect.ts';
import { explainAnonymous } from './anonymous.ts';
import type { Gate } from './gate.ts';
import { RETRY_FOR_MS } from './inputs.ts';

/** Loads the code for publishing while the first requests are in flight. */
const loadPublishing = (): Promise<typeof import('./publish.ts')> => import('./publish.ts');

/** One run of a gate: inputs → adapters → use-case → reports and outputs. */
export async function runGate(run: RunEnvironment, deadline: RunDeadline, gate: Gate): Promise<void> {
  const call = callWithin(deadline, { retries: createRunBudget(run, RETRY_FOR_MS), log: run.log });
  const request = await within(call.signal, () => gate.readInputs(createInputSource(run, call)));
  for (const message of request.warnings) run.annotate({ level: 'warning', title: 'Countersign', message });
  for (const notice of [...request.notices, ...request.skipped]) run.log.info(notice);
  const surroundings = surroundingsOf(run);
  const { promise: firstSent, resolve: onFirstSent } = Promise.withResolvers<void>();
  const http = connectHttp(surroundings, request.network, {
    onFirstSent,
    load: () => Promise.all([optimizeLater(), loadPublishing()]),
    loadLast: () => Promise.all([keepHeapSmall(), run.loadToolkit()]),
  });
  try {
    const registry = connectRegistry(surroundings, request.network, { http, access: 'pull' });
    const trust = connectTrust(surroundings, request.trust, {
      http,
      offline: request.offline,
      signing: false,
      plainHttpHosts: request.network.insecureRegistries,
      githubServerUrl: run.context.serverUrl,
      firstSent,
    });
    if (request.images.length > 0) {
      trust.source.prefetch(call);
      void firstSent.then(() => trust.prepare(call));
    }
    const { concurrency, signatureRepositories } = request.network;
    const { identity } = request;
    const evaluate: Evaluate =
      identity.kind === 'requirement'
        ? evaluateOnce(createSignerEvaluation(identity.requirement), run.clock)
        : undefined;
    const attestations = identity.kind === 'no-identity' ? undefined : request.attestations;
    const { policies } = request;
    const policyTrust =
      policies === undefined
        ? undefined
        : await (await import('../compose/policy-trust.ts')).connectPolicyTrust(call, policies.set, {
            surroundings,
            http,
            trust,
          });
    const statements =
      attestations === undefined && policyTrust?.requiresAttestations !== true
        ? undefined
        : (await import('./statement-files.ts')).createStatementFiles(run, gate.action);
    const verified = await verifyImages(
      call,
      {
        images: (await request.ownRun?.findImages(call, registry)) ?? request.images,
        evaluate,
        format: request.format,
        recursive: request.recursive,
        // Without an identity nothing can pass, so waiting is pointless.
        waitForMs: identity.kind === 'no-identity' ? 0 : request.waitForMs,
        concurrency,
        signatureRepositories,
        attestations,
        policies,
        notFoundHint:
          'Did the build push it, and to this registry? Is this job allowed to read the package (`packages: read`)?',
      },
      {
        registry,
        verifier: trust.verifier,
        clock: run.clock,
        ...(policyTrust === undefined ? {} : { otherRoots: policyTrust.otherRoots }),
        ...(statements === undefined
          ? {}
          : {
              statements: {
                keepStatement: statements.keep,
                readStatement: trust.readStatement,
                stored: await connectStore(run, request, http),
              },
            }),
      },
    );
    const images = request.network.isAnonymous === true ? verified.map(explainAnonymous) : verified;
    const publishOwn = await request.ownRun?.conclude(run, call, { images, registry });
    // Decisions made so far are still reported, within a separate time limit.
    call.finish();
    const { publishVerify } = await loadPublishing();
    await run.useToolkit();
    if (publishOwn !== undefined) return await publishOwn();
    const requests = call.signal.aborted ? undefined : { call, http };
    await publishVerify(run, request, { images, requests, statementsPath: statements?.directory() });
  } finally {
    await http.close();
  }
}

/** GitHub's attestation store, if the inputs ask for it. Its code is loaded on use. */
async function connectStore(
  run: RunEnvironment,
  { storeSources: sources }: VerifyRequest,
  http: HttpClient,
): Promise<StoredAttestations | undefined> {
  if (sources.length === 0) return undefined;
  const { createAttestationStore } = await import('../../github/attestation-store.ts');
  const token = readGithubToken({ source: run });
  return { store: createAttestationStore({ http, apiUrl: run.context.apiUrl, token }), sources };
}
