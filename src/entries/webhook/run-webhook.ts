import { toCodedError } from '../../coded-error.ts';
import { createRecentSecrets } from '../../domain/text/recent-secrets.ts';
import { proxySecrets } from '../../http/proxy-settings.ts';
import { VERSION } from '../compose/product.ts';
import { createHealthServer } from './health-server.ts';
import { createJsonLog, type JsonLog, stackOf } from './json-log.ts';
import { createMetrics } from './metrics.ts';
import type { ProcessEnvironment } from './process-environment.ts';
import { createReviewServer } from './review-server.ts';
import { readLogLevelOf, readSettings, type WebhookSettings } from './settings.ts';
import { openTlsFiles, type TlsFiles } from './tls-files.ts';
import { wire } from './wire.ts';

/** More than the tokens that are remembered (decision 0016), so each is concealed as long as it is used; at most 80 MB. */
const SECRETS_MIN = 5_000;

/** Runs until SIGTERM. Resolves to the exit code: 0 after a drain, 1 if it could not start. */
export async function runWebhook(process: ProcessEnvironment): Promise<number> {
  const { env, clock, write } = process;
  const secrets = createRecentSecrets({ keptMin: SECRETS_MIN });
  const mask = (secret: string): void => secrets.add(secret);
  const maskForGood = (secret: string): void => secrets.always.add(secret);
  for (const secret of proxySecrets(env)) if (secret !== '') maskForGood(secret);
  const log = createJsonLog({ write, clock, level: readLogLevelOf(env), secrets });
  process.onDefect((kind, error) => {
    const { message } = toCodedError(error);
    log.error('a defect that nobody caught', { kind, error: message, stack: stackOf(error) });
    // Nobody knows what an exception left half done. A rejection nobody waited for leaves nothing.
    if (kind === 'uncaughtException') process.exit(1);
  });
  try {
    const settings = await readSettings({ env, readFile: process.readFile, mask: maskForGood });
    const tls = await openTlsFiles({ paths: settings.tls, readFile: process.readFile, clock, mask });
    await serve(process, { settings, tls, log, mask });
    return 0;
  } catch (error) {
    const { code, message, hint } = toCodedError(error);
    log.error('the webhook cannot start', {
      code,
      problems: message.split('\n'),
      hint,
      stack: defectStack(error, code),
    });
    return 1;
  }
}

interface Prepared {
  readonly settings: WebhookSettings;
  readonly tls: TlsFiles;
  readonly log: JsonLog;
  readonly mask: (secret: string) => void;
}

async function serve(process: ProcessEnvironment, { settings, tls, log, mask }: Prepared): Promise<void> {
  const { clock, stopping } = process;
  const metrics = createMetrics();
  const background = new AbortController();
  const wired = wire({ ...{ process, settings, log, metrics, mask }, signal: background.signal });
  const server = createReviewServer({
    ...{ clock, log, metrics },
    pair: tls.current(),
    handlers: wired.handlers,
    retryForMs: settings.network.retryForMs,
    maxRequests: settings.maxRequests,
  });
  metrics.observe({ certificateEnds: () => tls.current().ends });
  tls.watch(background.signal, {
    onPair(pair) {
      server.usePair(pair);
      metrics.certificateReloaded(true);
      log.info('a new certificate is in use', { ends: pair.ends.toISOString(), fingerprint: pair.fingerprint });
    },
    onProblem(problem) {
      metrics.certificateReloaded(false);
      log.error('the certificate files cannot be used, so the last usable ones stay in use', { problem });
    },
  });
  const problems = (): readonly string[] => [
    ...(stopping.aborted ? ['the webhook is shutting down'] : []),
    ...wired.problems(),
    ...(tls.current().ends.getTime() <= clock.now().getTime() ? ['the certificate of the server has ended'] : []),
  ];
  const health = createHealthServer({ readiness: { problems }, metrics, log });
  const { address, port, healthPort } = settings.listen;
  try {
    const ports = {
      healthPort: await health.listen({ address, port: healthPort }),
      port: await server.listen({ address, port }),
    };
    log.info('serving', { version: VERSION, ...ports, mode: settings.mode, noMatchPolicy: settings.noMatchPolicy });
    await aborted(stopping);
    // The cluster takes a moment to learn that this replica goes. Until then it still gets requests.
    log.info('draining', { seconds: settings.drainMs / 1000 });
    server.drain();
    await clock.sleep(settings.drainMs);
    await server.close();
    log.info('stopped');
  } finally {
    background.abort();
    await Promise.all([health.close(), wired.close()]);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Only a defect needs one. */
function defectStack(error: unknown, code: string): string | undefined {
  return code === 'INTERNAL_ERROR' ? stackOf(error) : undefined;
}
