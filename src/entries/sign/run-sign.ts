import { within } from '../../domain/calls/within.ts';
import { createSigner } from '../../sigstore/signing/signer.ts';
import { callWithin } from '../../usecases/call-context.ts';
import { preflight } from '../../usecases/signing/preflight.ts';
import { signImages } from '../../usecases/signing/sign-images.ts';
import { optimizeLater } from '../action/late-optimizing.ts';
import { createRunBudget } from '../action/run-budget.ts';
import type { RunDeadline } from '../action/run-deadline.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { createInputSource } from '../action/runner-input-source.ts';
import { keepHeapSmall } from '../action/small-heap.ts';
import { surroundingsOf } from '../action/surroundings.ts';
import { connectHttp, connectRegistry, connectTrust } from '../compose/connect.ts';
import { makeBundleDirectory } from './bundle-directory.ts';
import { askIdentityToken } from './identity-token.ts';
import { RETRY_FOR_MS, readSignInputs } from './inputs.ts';

/** Loads the code for publishing while the first requests are in flight. */
const loadPublishing = (): Promise<typeof import('./publish.ts')> => import('./publish.ts');

/** The sign action: inputs → adapters → use-case → reports and outputs. */
export async function runSign(run: RunEnvironment, deadline: RunDeadline): Promise<void> {
  // A dry run reports the hosts it contacted, because nobody knows token servers and redirects in advance.
  const asked = new Set<string>();
  const onAsked = (host: string): void => void asked.add(host);
  const call = callWithin(deadline, { retries: createRunBudget(run, RETRY_FOR_MS), log: run.log });
  const { signal } = call;
  const request = await within(signal, () => readSignInputs(createInputSource(run, call, { onAsked })));
  for (const message of request.warnings) run.annotate({ level: 'warning', title: 'Countersign', message });
  for (const notice of [...request.notices, ...request.skipped]) run.log.info(notice);
  if (!request.dryRun) await makeBundleDirectory(run, request);
  const surroundings = surroundingsOf(run);
  const { promise: firstSent, resolve: onFirstSent } = Promise.withResolvers<void>();
  const http = connectHttp(surroundings, request.network, {
    onAsked,
    onFirstSent,
    load: () => Promise.all([optimizeLater(), loadPublishing()]),
    loadLast: () => Promise.all([keepHeapSmall(), run.loadToolkit()]),
  });
  try {
    const registry = connectRegistry(surroundings, request.network, { http, access: 'push' });
    const trust = connectTrust(surroundings, request.trust, {
      http,
      offline: false,
      signing: true,
      plainHttpHosts: request.network.insecureRegistries,
      githubServerUrl: run.context.serverUrl,
      firstSent,
    });
    trust.source.prefetch(call);
    void firstSent.then(() => trust.prepare(call));
    const signer = createSigner({
      http,
      clock: run.clock,
      random: run.random,
      identityToken: (asking) => askIdentityToken(asking, run, { request, http }),
      signingConfig: async (asking) => (await trust.source.signingMaterial(asking)).signingConfig,
      expectedServices: trust.source.expectedServices,
      formats: { bundle: request.format !== 'legacy', legacy: request.format !== 'bundle' },
      verify: trust.verifier,
      serverUrl: run.context.serverUrl,
    });
    const { concurrency, signatureRepositories } = request.network;
    const options = { ...request, concurrency, signatureRepositories, notFoundHint: notFoundHint(run) };
    if (request.dryRun) {
      const found = await within(signal, () => preflight(call, options, { registry, signer }));
      const services = await within(signal, () => signer.hosts(call));
      const { publishDryRun } = await loadPublishing();
      await run.useToolkit();
      const store = request.attestations?.github === true ? [new URL(run.context.apiUrl).host] : [];
      const hosts = [...new Set([...asked, ...services, ...store])].sort();
      await publishDryRun(run, request, { found, hosts });
      return;
    }
    const { clock } = run;
    const signed = await signImages(call, options, { registry, signer, verifier: trust.verifier, clock });
    const outcome =
      request.attestations?.github === true ? await storeLast(call, run, { http, signed, concurrency }) : signed;
    const { publishSign } = await loadPublishing();
    await run.useToolkit();
    await publishSign(run, request, outcome);
  } finally {
    await http.close();
  }
}

const storeLast: typeof import('./github-store.ts').storeAtGithub = async (...given) => {
  const { storeAtGithub } = await import('./github-store.ts');
  return storeAtGithub(...given);
};

function notFoundHint(run: RunEnvironment): string {
  const pushed =
    'Did the build push it (`push: true`), and to this registry? Does `digest` come from the step that pushed?';
  if (!run.context.isPullRequest) return pushed;
  const condition = "if: github.event_name != 'pull_request'";
  return `${pushed} Pull request builds often do not push. In that case, add to this step:\n${condition}`;
}
