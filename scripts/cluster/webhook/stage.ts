import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultRule } from '../../../sandbox/http/faults.ts';
import { ROOT, startWorld, type World } from '../../../sandbox/world.ts';
import { isJsonObject, type JsonObject } from '../../../src/domain/text/json-object.ts';
import { reservePort } from '../../common/ports.ts';
import type { Kube, KubeAnswer } from '../../peers/kube.ts';
import { collectionPath } from '../stored-images.ts';
import { messageOf, refused, stored, until } from './answers.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { customResources } from './custom-resources.ts';
import { type Images, signImages } from './images.ts';
import { type Component, environmentOf, isConfiguration, reachedAt, renderManifests } from './manifests.ts';
import { deployment, pod } from './objects.ts';
import { policyFor } from './policies.ts';
import { startProgram, type WebhookProgram } from './program.ts';

/** Where the webhook lives. */
export const HOME = 'countersign-system';
export const SERVICE_ACCOUNT = 'countersign-webhook';
/** Where most objects of the checks are created. */
export const SHOP = 'shop';
/** An unsigned Deployment and an unsigned Pod with a finalizer, from before the webhook. */
export const LEGACY = 'legacy';
export const FINALIZER = 'example.com/hold';

/** How objects are sent. */
export interface SendOptions {
  readonly isDryRun?: boolean;
  /** Bearer token of another user. */
  readonly token?: string;
}

/** A cluster in which the webhook is installed from deploy/, with the sandbox's registry and images. */
export interface Stage {
  readonly kube: Kube;
  readonly world: World;
  readonly images: Images;
  /** Of the API server, PEM. */
  readonly apiCa: string;
  /** Those that every webhook of this cluster shows. */
  readonly certificates: Certificates;
  /** The registry fails every request while this is true. */
  readonly outage: { isOn: boolean };
  /** The webhook that runs now. */
  program(): WebhookProgram;
  /** A folder that nothing uses yet. */
  freshDirectory(): string;
  create(object: JsonObject, options?: SendOptions): Promise<KubeAnswer>;
  read(object: JsonObject): Promise<JsonObject>;
  /** Merges a patch into a stored object. */
  patch(object: JsonObject, patch: JsonObject, options?: SendOptions): Promise<KubeAnswer>;
  /** Creates or changes objects of any kind. Throws if one is refused. */
  apply(objects: readonly JsonObject[]): Promise<void>;
  makeNamespace(name: string, labels?: Readonly<Record<string, string>>): Promise<void>;
  /** Renders deploy/ with these components, puts the configurations of the result in force and restarts the webhook with its settings. */
  install(components: readonly Component[]): Promise<void>;
  /** Starts the webhook again with further hosts in its lists of private and of plain hosts. */
  allowHosts(hosts: readonly string[]): Promise<void>;
  /** Starts the webhook, which does not run, at the address that the configurations name. */
  restart(options?: { readonly waits?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** The base of what is deployed; another component is added for single checks. */
export const USUAL: readonly Component[] = ['cert-manager', 'enforce'];

/** Signs the images, installs the webhook and waits until the API server asks it. */
export async function openStage(kube: Kube, directory: string): Promise<Stage> {
  const outage = { isOn: false };
  const faults: readonly FaultRule[] = [{ match: () => outage.isOn, times: 'always', action: { fault: 'reset' } }];
  const world = await startWorld({ registryFaults: faults });
  let program: WebhookProgram | undefined;
  let directories = 0;
  const freshDirectory = (): string => {
    directories += 1;
    return join(directory, `part-${directories}`);
  };
  const running = (): WebhookProgram => {
    if (program === undefined) throw new Error('the webhook does not run');
    return program;
  };
  const close = async (): Promise<void> => {
    await program?.stop();
    await world.close();
  };
  try {
    const images = await signImages(world);
    let settings: Readonly<Record<string, string>> = {};
    // The registry, and the token server that it sends its callers to.
    const usualHosts = [world.host, await tokenHostOf(world)];
    let hosts: readonly string[] = usualHosts;
    const apiCa = await readFile(kube.certificate, 'utf8');
    const certificates = makeCertificates();
    const port = await reservePort();
    const start = async ({ waits = true }: { readonly waits?: boolean } = {}): Promise<void> => {
      program = await startProgram({
        ...{ directory: freshDirectory(), certificates, port, waits },
        env: { ...settings, ...environmentIn(world, hosts) },
        api: {
          ...{ url: kube.url, token: await kube.tokenOf(HOME, SERVICE_ACCOUNT), namespace: HOME },
          ca: apiCa,
        },
      });
    };
    const stage: Stage = {
      ...{ kube, world, images, certificates, apiCa, outage, freshDirectory, close, program: running, restart: start },
      create: (object, options) =>
        kube.send({ method: 'POST', path: `${pathOf(object)}${queryOf(options)}`, body: object, ...tokenOf(options) }),
      read: async (object) => stored(await kube.send({ path: pathOf(object, nameOf(object)) })),
      allowHosts: async (more) => {
        hosts = [...usualHosts, ...more];
        await program?.stop();
        await start();
      },
      patch: (object, patch, options) =>
        kube.send({
          ...{ method: 'PATCH', path: `${pathOf(object, nameOf(object))}${queryOf(options)}`, body: patch },
          ...{ contentType: 'application/merge-patch+json', ...tokenOf(options) },
        }),
      apply: (objects) => applyAll(kube, objects),
      makeNamespace: async (name, labels = {}) => {
        const body = { metadata: { name, labels } };
        stored(await kube.send({ method: 'POST', path: '/api/v1/namespaces', body }));
      },
      install: async (components) => {
        const manifests = await renderManifests(freshDirectory(), components);
        settings = environmentOf(manifests);
        await program?.stop();
        await applyAll(
          kube,
          manifests.filter((one) => !isConfiguration(one)),
        );
        await start();
        const configurations = manifests.filter(isConfiguration).map((one) => reachedAt(one, running()));
        await applyAll(kube, configurations);
      },
    };
    await applyAll(kube, customResources());
    // Our own definitions of the policies' kinds take the place of stand-ins.
    await mustApply(kube, join(ROOT, 'deploy/crds'));
    await stage.makeNamespace(SHOP);
    await createLegacy(stage);
    const policies = [
      policyFor(world, 'acme', { images: 'acme/**' }),
      policyFor(world, 'victim', { images: 'victim/**' }),
    ];
    // New kinds take a moment until they are served.
    for (const kind of ['clusterimagepolicies', 'trustroots', 'policyreports', 'issuers', 'certificates']) {
      await until(kind, async () => (await kube.kubectl(['get', kind])).code === 0);
    }
    await applyAll(kube, policies);
    await stage.install(USUAL);
    await untilAsked(stage);
    return stage;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until an unsigned Pod is refused by the webhook, which takes a moment after its configuration is in force. */
export async function untilAsked(stage: Stage, namespace = SHOP): Promise<void> {
  const bad = pod({ name: 'asked', namespace }, { containers: { app: stage.images.unsigned.pinned } });
  await until('the webhook is asked', async () => {
    const answer = await stage.create(bad, { isDryRun: true });
    try {
      refused(answer);
      return true;
    } catch {
      return messageOf(answer);
    }
  });
}

/** `host:port` of the token server that the registry names. */
async function tokenHostOf({ registryUrl }: World): Promise<string> {
  const challenge = (await fetch(`${registryUrl}/v2/`)).headers.get('www-authenticate') ?? '';
  const realm = /realm="([^"]+)"/.exec(challenge)?.[1];
  if (realm === undefined) throw new Error(`no realm in ${challenge}`);
  return new URL(realm).host;
}

/** What the sandbox needs besides the rendered settings. */
function environmentIn(world: World, hosts: readonly string[]): Readonly<Record<string, string>> {
  return {
    DOCKER_CONFIG: world.directory,
    COUNTERSIGN_TRUSTED_ROOT: world.files.trustedRoot,
    COUNTERSIGN_INSECURE_REGISTRIES: hosts.join('\n'),
    COUNTERSIGN_PRIVATE_HOSTS: hosts.join('\n'),
    COUNTERSIGN_POLICIES_FROM_API: 'true',
  };
}

async function createLegacy({ create, images, makeNamespace }: Stage): Promise<void> {
  await makeNamespace(LEGACY);
  const containers = { containers: { app: images.unsigned.pinned } };
  stored(await create(deployment({ name: 'old', namespace: LEGACY }, containers, { replicas: 2 })));
  stored(await create(pod({ name: 'old', namespace: LEGACY }, containers)));
  stored(await create(pod({ name: 'held', namespace: LEGACY, finalizers: [FINALIZER] }, containers)));
}

async function applyAll(kube: Kube, objects: readonly JsonObject[]): Promise<void> {
  if (objects.length === 0) return;
  const input = objects.map((one) => JSON.stringify(one)).join('\n---\n');
  // Server-side: an annotation with the last applied object would not take what is large.
  const { code, out } = await kube.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input });
  if (code !== 0) throw new Error(`kubectl apply ended with ${code}:\n${out}`);
}

async function mustApply(kube: Kube, folder: string): Promise<void> {
  const { code, out } = await kube.kubectl(['apply', '--server-side', '--force-conflicts', '-k', folder]);
  if (code !== 0) throw new Error(`kubectl apply -k ${folder} ended with ${code}:\n${out}`);
}

function nameOf(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return String(metadata['name']);
}

function pathOf(object: JsonObject, name?: string): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const namespace = String(metadata['namespace']);
  const path = collectionPath({ apiVersion: String(object['apiVersion']), kind: String(object['kind']), namespace });
  return name === undefined ? path : `${path}/${name}`;
}

const queryOf = ({ isDryRun = false }: SendOptions = {}): string => (isDryRun ? '?dryRun=All' : '');
const tokenOf = ({ token }: SendOptions = {}): { readonly token?: string } => (token === undefined ? {} : { token });
