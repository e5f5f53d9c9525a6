import {
  missingIdentityToken,
  requestIdentityToken,
  SIGSTORE_AUDIENCE,
} from '../../sigstore/signing/identity-token.ts';
import { createSigner } from '../../sigstore/signing/signer.ts';
import { preflight } from '../../usecases/signing/preflight.ts';
import { signImages } from '../../usecases/signing/sign-images.ts';
import type { SignRequest } from '../../usecases/signing/sign-request.ts';
import { within } from '../../usecases/within.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { createInputSource } from '../action/runner-input-source.ts';
import { connectHttp, connectRegistry, connectTrust, type HttpLimits } from '../compose/connect.ts';
import { createRunBudget } from '../compose/run-budget.ts';
import type { RunDeadline } from '../compose/run-deadline.ts';
import { makeBundleDirectory } from './bundle-directory.ts';
import { RETRY_FOR_MS, readSignInputs } from './inputs.ts';
import { refusePublicLog } from './public-log-guard.ts';

/** What is written at the end is loaded while the network answers. */
const loadPublishing = (): Promise<typeof import('./publish.ts')> => import('./publish.ts');

/** The sign action: inputs → adapters → use-case → what people and scripts see. */
export async function runSign(run: RunEnvironment, deadline: RunDeadline): Promise<void> {
  // A dry run says whom it talked to: token servers and redirects are known to nobody beforehand.
  const asked = new Set<string>();
  const onAsked = (host: string): void => void asked.add(host);
  const { due, end: signal } = deadline;
  const limits: HttpLimits = { budget: createRunBudget(run, RETRY_FOR_MS), signal };
  const request = await within(signal, () => readSignInputs(createInputSource(run, limits, { onAsked })));
  for (const message of request.warnings) run.annotate({ level: 'warning', title: 'Countersign', message });
  for (const notice of [...request.notices, ...request.skipped]) run.log.info(notice);
  if (!request.dryRun) await makeBundleDirectory(run, request);
  const http = connectHttp(run, limits, request.network, { onAsked, load: loadPublishing, loadLast: run.loadToolkit });
  try {
    const registry = connectRegistry(run, request.network, http, { access: 'push', signal });
    const trust = connectTrust(run, request.trust, http, {
      offline: false,
      signing: true,
      plainHttpHosts: request.network.insecureRegistries,
      signal,
    });
    trust.source.prefetch();
    const signer = createSigner({
      http,
      clock: run.clock,
      random: run.random,
      identityToken: () => askIdentityToken(run, request, http, limits),
      signingConfig: async () => (await trust.source.signingMaterial()).signingConfig,
      formats: { bundle: request.format !== 'legacy', legacy: request.format !== 'bundle' },
      verify: trust.verifier,
      serverUrl: run.context.serverUrl,
      signal,
      due,
    });
    const { concurrency, signatureRepository } = request.network;
    const options = { ...request, concurrency, signatureRepository, notFoundHint: notFoundHint(run) };
    if (request.dryRun) {
      const found = await within(signal, () => preflight(options, { registry, signer }));
      const services = await within(signal, () => signer.hosts());
      const { publishDryRun } = await loadPublishing();
      await run.useToolkit();
      await publishDryRun(run, request, found, [...new Set([...asked, ...services])].sort());
      return;
    }
    const { clock, log } = run;
    const outcome = await signImages(options, { registry, signer, verifier: trust.verifier, clock, log, deadline });
    const { publishSign } = await loadPublishing();
    await run.useToolkit();
    await publishSign(run, request, outcome);
  } finally {
    await http.close();
  }
}

async function askIdentityToken(
  run: RunEnvironment,
  request: SignRequest,
  http: Parameters<typeof requestIdentityToken>[0],
  { budget, signal }: HttpLimits,
): ReturnType<typeof requestIdentityToken> {
  const requestUrl = run.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const requestToken = run.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  const { isForkRun, isDependabot } = run.context;
  if (requestUrl === '' || requestToken === '') {
    throw missingIdentityToken({ isFork: isForkRun, isDependabot });
  }
  run.mask(requestToken);
  const token = await requestIdentityToken(http, {
    requestUrl,
    requestToken,
    audience: SIGSTORE_AUDIENCE,
    clock: run.clock,
    mask: run.mask,
    budget,
    plainHttpHosts: request.network.insecureRegistries,
    signal,
  });
  // The payload may lack the visibility, or be older than a change of it: the token has the last word.
  refusePublicLog(request.trust, visibilityOf(token.claims['repository_visibility']));
  return token;
}

function visibilityOf(claim: unknown): 'public' | 'private' | 'internal' | 'unknown' {
  return claim === 'public' || claim === 'private' || claim === 'internal' ? claim : 'unknown';
}

function notFoundHint(run: RunEnvironment): string {
  const pushed =
    'Did the build push it (`push: true`), and to this registry? Does `digest` come from the step that pushed?';
  if (!run.context.isPullRequest) return pushed;
  const condition = "if: github.event_name != 'pull_request'";
  return `${pushed} Builds of pull requests often do not push; then write on this step:\n${condition}`;
}
