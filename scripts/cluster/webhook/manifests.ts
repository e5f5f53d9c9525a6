import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../../../sandbox/world.ts';
import { isJsonObject, type JsonObject } from '../../../src/domain/text/json-object.ts';
import { mustRun } from '../../common/run-program.ts';

/** A component of deploy/. */
export type Component = 'cert-manager' | 'enforce' | 'opt-in' | 'pull-secrets' | 'self-managed' | 'warn';

/** Renders deploy/ with components as `kubectl apply -k` would, into a new folder below the directory. */
export async function renderManifests(
  directory: string,
  components: readonly Component[],
): Promise<readonly JsonObject[]> {
  const folder = join(directory, `kustomize-${components.join('-')}`);
  const deploy = relative(folder, join(ROOT, 'deploy'));
  await mkdir(folder, { recursive: true });
  const kustomization = {
    ...{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [`${deploy}/base`] },
    components: components.map((one) => `${deploy}/components/${one}`),
  };
  await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  const text = await mustRun('kubectl', ['kustomize', folder]);
  return parseAllDocuments(text).map((document) => {
    const object: unknown = document.toJS();
    if (!isJsonObject(object)) throw new Error(`not an object in ${folder}`);
    return object;
  });
}

/** Whether it makes the API server call the webhook. */
export function isConfiguration({ kind }: JsonObject): boolean {
  return kind === 'MutatingWebhookConfiguration' || kind === 'ValidatingWebhookConfiguration';
}

/** The configuration for a webhook that runs beside the API server: a URL in the place of the Service. */
export function reachedAt(
  configuration: JsonObject,
  { url, ca }: { readonly url: string; readonly ca: string },
): JsonObject {
  const webhooks = Array.isArray(configuration['webhooks']) ? configuration['webhooks'].filter(isJsonObject) : [];
  return {
    ...configuration,
    webhooks: webhooks.map((webhook) => {
      const client = isJsonObject(webhook['clientConfig']) ? webhook['clientConfig'] : {};
      const service = isJsonObject(client['service']) ? client['service'] : {};
      const caBundle = Buffer.from(ca).toString('base64');
      return { ...webhook, clientConfig: { url: `${url}${String(service['path'])}`, caBundle } };
    }),
  };
}

/**
 * The environment of the webhook's container in the rendered Deployment, from its own variables and its ConfigMap; without
 * the paths of volumes, which lie elsewhere here.
 */
export function environmentOf(manifests: readonly JsonObject[]): Readonly<Record<string, string>> {
  const settings = manifests.filter(({ kind }) => kind === 'ConfigMap').map(({ data }) => data);
  const deployment = manifests.find(({ kind }) => kind === 'Deployment');
  const container = JSON.parse(JSON.stringify(deployment))?.spec?.template?.spec?.containers?.[0];
  const own: { readonly name: string; readonly value?: string }[] = container?.env ?? [];
  const variables = [
    ...settings.flatMap((data) => Object.entries(isJsonObject(data) ? data : {})),
    ...own.map(({ name, value = '' }) => [name, value] as const),
  ].map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(variables.filter(([, value]) => !value.startsWith('/')));
}
