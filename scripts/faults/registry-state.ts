import type { Store } from '../../sandbox/registry/store.ts';

/** What a registry holds about one image, as far as somebody could lose it or leave it half written. */
export interface RegistryState {
  /** Digests of referrers that a client of this registry can find, and keys of `.sig` layers. */
  readonly signatures: ReadonlySet<string>;
  /** What points at something that is not there. */
  readonly dangling: readonly string[];
}

interface Named {
  readonly digest: string;
  readonly annotations?: unknown;
}

const asNamed = (value: unknown): Named[] => (Array.isArray(value) ? (value as Named[]) : []);

/** Reads the store of a sandbox registry past every fault; `hasApi`: referrers count without a tag. */
export function readState(store: Store, repository: string, image: string, hasApi: boolean): RegistryState {
  const signatures = new Set<string>();
  const dangling: string[] = [];
  const hasBlob = (digest: string): boolean => store.getBlob(repository, digest) !== undefined;
  for (const { digest, json } of store.manifests(repository)) {
    for (const one of [json['config'] as Named | undefined, ...asNamed(json['layers'])]) {
      if (one !== undefined && !hasBlob(one.digest)) dangling.push(`${digest} names blob ${one.digest}`);
    }
    for (const one of asNamed(json['manifests'])) {
      if (store.getManifest(repository, one.digest) === undefined) dangling.push(`${digest} lists ${one.digest}`);
    }
  }
  for (const tag of store.tags(repository)) {
    const digest = store.getTag(repository, tag) ?? '';
    if (store.getManifest(repository, digest) === undefined) dangling.push(`tag ${tag} names ${digest}`);
  }
  if (hasApi) for (const { digest } of store.referrers(repository, image)) signatures.add(digest);
  const manifestOf = (tag: string): Readonly<Record<string, unknown>> =>
    store.getManifest(repository, store.getTag(repository, tag) ?? '')?.json ?? {};
  const tag = image.replace(':', '-');
  for (const { digest } of asNamed(manifestOf(tag)['manifests'])) signatures.add(digest);
  for (const { digest, annotations } of asNamed(manifestOf(`${tag}.sig`)['layers'])) {
    signatures.add(JSON.stringify([digest, annotations]));
  }
  return { signatures, dangling };
}
