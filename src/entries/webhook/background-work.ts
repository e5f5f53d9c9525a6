import { join } from 'node:path';
import { CodedError, toCodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import type { Admitter, RegistryAccess } from '../../usecases/admitting/admitter.ts';
import { type ExpectedImage, warmUp } from '../../usecases/admitting/warm-up.ts';
import type { PodPull } from '../../usecases/rejudging/running-pod.ts';
import { listImagesInUse } from './images-in-use.ts';
import type { JsonLog } from './json-log.ts';
import type { Metrics } from './metrics.ts';
import { createNewCall } from './new-call.ts';
import type { CoveredCluster } from './pod-images.ts';
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
      ...coveredBy(settings),
      onResult(result) {
        if (result.kind === 'round') last = result.summary;
        if (result.kind === 'failed') metrics.roundFailed(result.code);
        // What another replica counts now.
        if (result.kind === 'following') last = undefined;
      },
    });
  } catch (error) {
    if (!signal.aborted) log.error('what runs is not judged again', { error: toCodedError(error).message });
  }
}

/** Judges the images that run once, so that their next Pods need not wait for it. Never rejects. */
export async function warmUpForCluster(options: BackgroundOptions): Promise<void> {
  const { process, settings, api, admitter, accesses, log, signal } = options;
  const newCall = createNewCall({ clock: process.clock, log });
  const all = newCall(signal, WARMING_MS);
  try {
    const images = await listImagesInUse(all.call, { api, ...coveredBy(settings) });
    const expected: ExpectedImage[] = [];
    for (const { image, pull } of images) {
      // A login that cannot be read now may be readable when its image is asked for.
      const access = await accessOf(all.call, accesses, pull).catch(() => undefined);
      if (access !== undefined) expected.push({ image, access });
    }
    const counts = await warmUp(expected, {
      ...{ admitter, signal: all.call.signal },
      newCall: (within) => newCall(within, WARM_IMAGE_MS),
    });
    log.info('judged what runs', counts);
  } catch (error) {
    if (!signal.aborted) log.warning('what runs was not judged at the start', { error: toCodedError(error).message });
  } finally {
    all.close();
  }
}

function coveredBy({ webhookConfiguration, imagePaths }: WebhookSettings): Omit<CoveredCluster, 'api'> {
  return { configuration: webhookConfiguration, imagePaths };
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
