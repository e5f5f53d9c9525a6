import { join } from 'node:path';
import { CodedError, toCodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import type { Admitter, RegistryAccess } from '../../usecases/admitting/admitter.ts';
import { mapLimited } from '../../usecases/map-limited.ts';
import type { PodPull } from '../../usecases/rejudging/running-pod.ts';
import { listImagesInUse } from './images-in-use.ts';
import type { JsonLog } from './json-log.ts';
import type { Metrics } from './metrics.ts';
import { createNewCall } from './new-call.ts';
import type { ProcessEnvironment } from './process-environment.ts';
import type { RegistryAccesses } from './registry-access.ts';
import type { WebhookSettings } from './settings.ts';
import { variableOf } from './settings-table.ts';
import { type RoundSummary, startRejudging } from './start-rejudging.ts';

export interface BackgroundOptions {
  readonly process: ProcessEnvironment;
  readonly settings: WebhookSettings;
  readonly api: KubeApi;
  readonly admitter: Admitter;
  readonly accesses: RegistryAccesses;
  readonly metrics: Metrics;
  readonly log: JsonLog;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Time for all images that run, and for one of them, in ms. */
const WARMING_MS = 10 * 60_000;
const WARM_IMAGE_MS = 20_000;
/** Fewer than for requests, which come first. */
const WARM_AT_ONCE = 4;
const NAMESPACE_MAX_BYTES = 1024;

/** Judges what runs at an interval, by one replica. Resolves when everything has ended; never rejects. */
export async function rejudgeInBackground(options: BackgroundOptions, everyMs: number): Promise<void> {
  const { process, settings, api, admitter, accesses, metrics, log, signal } = options;
  let last: RoundSummary | undefined;
  metrics.observe({ round: () => last });
  try {
    await startRejudging({
      ...{ api, admitter, everyMs, log, signal },
      clock: process.clock,
      accessFor: (call, pull) => accessOf(call, accesses, pull),
      identity: settings.podName,
      namespace: settings.namespace ?? (await ownNamespace(process, settings)),
      configuration: settings.webhookConfiguration,
      onResult(result) {
        if (result.kind === 'round') last = result.summary;
        // What another replica counts now.
        if (result.kind === 'following') last = undefined;
      },
    });
  } catch (error) {
    if (!signal.aborted) log.error('what runs is not judged again', { error: toCodedError(error).message });
  }
}

/**
 * Judges the images that run once, so that their next Pods need not wait for it. Never rejects, and its verdicts only
 * become known to requests.
 */
export async function warmUp(options: BackgroundOptions): Promise<void> {
  const { process, settings, api, admitter, accesses, log, signal } = options;
  const newCall = createNewCall({ clock: process.clock, log });
  const all = newCall(signal, WARMING_MS);
  try {
    const images = await listImagesInUse(all.call, { api, configuration: settings.webhookConfiguration });
    await mapLimited(images, { limit: WARM_AT_ONCE }, async ({ image, pull }) => {
      if (all.call.signal.aborted) return;
      const one = newCall(all.call.signal, WARM_IMAGE_MS);
      try {
        await admitter.judge(one.call, image, await accessOf(one.call, accesses, pull));
      } catch (error) {
        log.debug(`an image that runs could not be judged: ${toCodedError(error).message}`);
      } finally {
        one.close();
      }
    });
    log.info('judged what runs', { images: images.length });
  } catch (error) {
    if (!signal.aborted) log.warning('what runs was not judged at the start', { error: toCodedError(error).message });
  } finally {
    all.close();
  }
}

function accessOf(call: CallLimits, accesses: RegistryAccesses, pull: PodPull): Promise<RegistryAccess> {
  const { namespace, serviceAccountName, imagePullSecrets } = pull;
  const names = imagePullSecrets.map((name) => ({ name }));
  return accesses.accessFor(call, namespace, { serviceAccountName, imagePullSecrets: names });
}

async function ownNamespace(
  process: ProcessEnvironment,
  { serviceAccountDirectory }: WebhookSettings,
): Promise<string> {
  const path = join(serviceAccountDirectory, 'namespace');
  const bytes = await process.readFile(path, NAMESPACE_MAX_BYTES);
  const name = bytes === undefined ? '' : Buffer.from(bytes).toString('utf8').trim();
  if (name !== '') return name;
  throw new CodedError('INPUT_INVALID', `the namespace of the webhook is not known: there is no ${path}`, {
    hint: `Set ${variableOf('namespace')}.`,
  });
}
