import { fileURLToPath } from 'node:url';
import { DEFAULT_SUBJECT, type WorkflowRun, workflowClaims } from '../../sandbox/github/claims.ts';
import { type Handler, jsonReply, type Served, serve } from '../../sandbox/http/serve.ts';
import {
  type BuiltImage,
  buildImage,
  buildIndex,
  type ImageOptions,
  type IndexOptions,
  storeImage,
} from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import type { SigningConfigContent } from '../../sandbox/sigstore/signing-config.ts';
import { startWorld, type World, type WorldOptions } from '../../sandbox/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON that others wrote is taken apart by hand
export type Json = any;

export const GOLDEN = fileURLToPath(new URL('../fixtures/golden/', import.meta.url));
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
/** Subject of the sandbox's id-tokens. */
export const SUBJECT = DEFAULT_SUBJECT;
/**
 * Keeps runs short whose failure would be waited out: each request is sent once, and has 30 s. A small budget would give
 * it a part of a second, which a busy machine exceeds.
 */
export const IMPATIENT = { 'retry-for': '0s' };

/** An image that lies in the registry. */
export interface StoredImage {
  /** `localhost:1234/acme/app`. */
  readonly name: string;
  readonly repository: string;
  readonly digest: string;
  /** `localhost:1234/acme/app@sha256:…`. */
  readonly pinned: string;
  readonly built: BuiltImage;
}

/** A world with a place for services that misbehave, so that many runs can fail beside each other. */
export interface SignWorld extends World {
  /** Puts an image of its own into a repository (default: a name nobody else has). */
  image(options?: ImageOptions & { readonly repository?: string; readonly tag?: string }): StoredImage;
  /** The same with an index. */
  index(options?: IndexOptions & { readonly repository?: string; readonly tag?: string }): StoredImage;
  /** Serves a handler and returns its base URL; the handler sees the path without what was put before it. */
  service(handler: Handler): string;
  /** Environment of a job of another workflow run, so that runs beside each other may have their own. */
  jobOf(run: WorkflowRun): Record<string, string>;
  /** A literal signing config with some of its services replaced. */
  configWith(changes: Partial<SigningConfigContent>, variant?: 'v1' | 'v2' | 'tsa'): string;
  /** Parsed manifests attached to a digest. */
  referrers(image: Pick<StoredImage, 'repository' | 'digest'>): Json[];
  /** Parsed bundles attached to a digest. */
  bundles(image: Pick<StoredImage, 'repository' | 'digest'>): Json[];
  /** The parsed `.sig` manifest of a digest. */
  signatureTag(image: Pick<StoredImage, 'repository' | 'digest'>): Json | undefined;
  /** Number of requests to a service so far. */
  asked(service: string, method?: string): number;
}

export async function startSignWorld(options: WorldOptions = {}): Promise<SignWorld> {
  const world = await startWorld(options);
  // Its key takes longer to make than an impatient run waits for an answer.
  world.sigstore.oidc.issue();
  const handlers: Handler[] = [];
  const services: Served = await serve(
    (request) => {
      const [, number = '', rest = '/'] = /^\/(\d+)(\/.*)?$/.exec(request.url.pathname) ?? [];
      const handler = handlers[Number(number)];
      const url = new URL(request.url);
      url.pathname = rest;
      return handler === undefined ? { status: 404 } : handler({ ...request, url });
    },
    { name: 'misbehaving', log: world.log },
  );
  let count = 0;
  const { store } = world.registry;
  const put = (built: BuiltImage, wanted: { readonly repository?: string; readonly tag?: string }): StoredImage => {
    const repository = wanted.repository ?? `acme/app-${count}`;
    const digest = storeImage(store, repository, built, wanted.tag);
    const name = `${world.host}/${repository}`;
    return { name, repository, digest, pinned: `${name}@${digest}`, built };
  };
  // No two images of a world are equal unless their content is given.
  const content = (): string => `image ${++count} of ${world.host}`;
  const parse = (bytes: Uint8Array | undefined): Json => JSON.parse(Buffer.from(bytes ?? '').toString());
  const signWorld: SignWorld = {
    ...world,
    image: (wanted = {}) => put(buildImage({ content: content(), ...wanted }), wanted),
    index: (wanted = {}) => put(buildIndex({ content: content(), ...wanted }), wanted),
    service(handler) {
      handlers.push(handler);
      return `${services.url}/${handlers.length - 1}`;
    },
    jobOf(run) {
      const url = signWorld.service(() => {
        const value = world.sigstore.oidc.issue({ claims: workflowClaims(run) });
        return jsonReply(200, { count: 1, value });
      });
      return { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0` };
    },
    configWith: (changes, variant = 'v1') => world.sigstore.signingConfigJson(variant, changes),
    referrers: ({ repository, digest }) => store.referrers(repository, digest).map(({ bytes }) => parse(bytes)),
    bundles: ({ repository, digest }) =>
      store
        .referrers(repository, digest)
        .map(({ bytes }) => parse(store.getBlob(repository, parse(bytes).layers[0].digest))),
    signatureTag({ repository, digest }) {
      const named = store.getTag(repository, `${digest.replace(':', '-')}.sig`);
      return named === undefined ? undefined : parse(store.getManifest(repository, named)?.bytes);
    },
    asked: (service, method) =>
      world.log.requests().filter((one) => one.server === service && (method === undefined || one.method === method))
        .length,
    async close() {
      await Promise.all([services.close(), world.close()]);
    },
    [Symbol.asyncDispose]: () => signWorld.close(),
  };
  return signWorld;
}

/** Lets three at a time run of what is given: each is a process of its own. */
export function createSlots(): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = 3;
  return async (run) => {
    if (free === 0) await new Promise<void>((next) => waiting.push(next));
    else free -= 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

export { shownRun as shown } from '../../sandbox/runner/shown-run.ts';

/** Title and text of each error annotation. */
export const errorsOf = (run: RunResult): string[] =>
  run.commands
    .filter(({ name }) => name === 'error')
    .map(({ properties, data }) => `${properties['title'] ?? ''}\n${data}`);

/** Parsed `results` output. */
export const resultsOf = (run: RunResult): Json => JSON.parse(run.outputs['results'] ?? 'null');
