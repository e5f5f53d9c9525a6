import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfBytes, type Store } from './store.ts';

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';

/** What was put into the store; `signature` is the referrer or the `.sig` manifest. */
export interface Seeded {
  readonly subject: string;
  readonly signature: string | undefined;
}

export interface SeedOptions {
  /** Also lists the referrer under the referrers tag, for a registry without the API. */
  readonly referrersTag?: boolean;
}

/**
 * Puts a folder of recorded signature files into a repository, past all checks (the subject's own layers
 * are not in it): subject-manifest.json; manifest.json with bundle.json and the empty config as a
 * referrer, or with config.json and layerN under `sha256-<hex>.sig`. A bundle without manifest is stored
 * only as a blob.
 */
export function seedFolder(store: Store, repository: string, folder: string, options: SeedOptions = {}): Seeded {
  const names = readdirSync(folder);
  const read = (name: string): Uint8Array => readFileSync(join(folder, name));
  const subject = store.putManifest(repository, read('subject-manifest.json'), OCI_MANIFEST);
  for (const name of names)
    if (name === 'bundle.json' || name === 'config.json' || /^layer\d+$/.test(name))
      store.putBlob(repository, read(name));
  if (!names.includes('manifest.json')) return { subject, signature: undefined };
  const bytes = read('manifest.json');
  const signature = store.putManifest(repository, bytes);
  if (names.includes('bundle.json')) {
    store.putBlob(repository, '{}');
    if (options.referrersTag === true) tagReferrers(store, repository, subject);
  } else store.setTag(repository, `${subject.replace(':', '-')}.sig`, signature);
  return { subject, signature };
}

/** Writes the referrers tag (distribution-spec v1.1.1, Referrers Tag Schema) from what the store knows of the subject. */
export function tagReferrers(store: Store, repository: string, subject: string): string {
  const manifests = store.referrers(repository, subject).map(({ mediaType, digest, bytes, json }) => ({
    mediaType,
    digest,
    size: bytes.length,
    ...(json['artifactType'] === undefined ? {} : { artifactType: json['artifactType'] }),
    ...(json['annotations'] === undefined ? {} : { annotations: json['annotations'] }),
  }));
  const index = store.putManifest(
    repository,
    JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }),
    OCI_INDEX,
  );
  store.setTag(repository, subject.replace(':', '-'), index);
  return index;
}

export interface ArtifactOptions {
  /** Also the media type of the one layer. Default `application/vnd.example.note`. */
  readonly artifactType?: string;
  readonly layer: Uint8Array | string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Attaches an artifact with one layer and the empty config to a subject, past all checks; returns its digest. */
export function seedReferrer(store: Store, repository: string, subject: string, options: ArtifactOptions): string {
  const artifactType = options.artifactType ?? 'application/vnd.example.note';
  const layer = Buffer.from(options.layer);
  const stored = store.getManifest(repository, subject);
  const empty = Buffer.from('{}');
  store.putBlob(repository, empty);
  store.putBlob(repository, layer);
  return store.putManifest(
    repository,
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType,
      config: { mediaType: OCI_EMPTY, digest: digestOfBytes(empty), size: empty.length },
      layers: [{ mediaType: artifactType, digest: digestOfBytes(layer), size: layer.length }],
      subject: { mediaType: stored?.mediaType ?? OCI_MANIFEST, digest: subject, size: stored?.bytes.length ?? 1 },
      ...(options.annotations === undefined ? {} : { annotations: options.annotations }),
    }),
    OCI_MANIFEST,
  );
}

/** Attaches `count` different artifacts that are not signatures: the crowd in which a client must find one. */
export function seedReferrers(store: Store, repository: string, subject: string, count: number): void {
  for (let index = 0; index < count; index += 1) seedReferrer(store, repository, subject, { layer: `note ${index}` });
}
