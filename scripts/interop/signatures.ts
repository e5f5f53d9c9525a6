import type { BuiltImage } from '../../sandbox/registry/image-builder.ts';
import { digestOfBytes } from '../../sandbox/registry/store.ts';
import type { RegistryClient } from './registry-client.ts';

export const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const EMPTY = Buffer.from('{}');

/** A stored signature of either format, with everything its bytes are made of. */
export type StoredSignature =
  | { readonly format: 'bundle'; readonly bundle: Buffer }
  | { readonly format: 'legacy'; readonly manifest: Buffer; readonly config: Buffer; readonly payloads: Buffer[] };

/** The suffix of the tag that holds signatures, or attestations, in the old format. */
export type TagSuffix = 'sig' | 'att';

/** Every bundle referrer and the `.sig` (or `.att`) tag of a digest. */
export async function readSignatures(
  client: RegistryClient,
  digest: string,
  suffix: TagSuffix = 'sig',
): Promise<StoredSignature[]> {
  const found: StoredSignature[] = [];
  for (const referrer of await client.referrers(digest)) {
    const manifest = await client.manifest(referrer.digest);
    const layers = manifest === undefined ? [] : layersOf(manifest.bytes);
    for (const layer of layers.filter(({ mediaType }) => mediaType === BUNDLE_TYPE)) {
      found.push({ format: 'bundle', bundle: await client.blob(layer.digest) });
    }
  }
  const legacy = await client.manifest(`${digest.replace(':', '-')}.${suffix}`);
  if (legacy !== undefined) {
    const { config } = JSON.parse(legacy.bytes.toString('utf8')) as { config: { digest: string } };
    const payloads = await Promise.all(layersOf(legacy.bytes).map((layer) => client.blob(layer.digest)));
    found.push({ format: 'legacy', manifest: legacy.bytes, config: await client.blob(config.digest), payloads });
  }
  return found;
}

interface Layer {
  mediaType: string;
  digest: string;
  size: number;
  annotations?: Record<string, string>;
}

function layersOf(manifest: Buffer): readonly Layer[] {
  return (JSON.parse(manifest.toString('utf8')) as { layers?: Layer[] }).layers ?? [];
}

/** Attaches a signature to an image as its client would have, by referrers API or tag, or as the `.sig` (or `.att`) tag. */
export async function attachSignature(
  client: RegistryClient,
  image: BuiltImage,
  signature: StoredSignature,
  suffix: TagSuffix = 'sig',
): Promise<void> {
  if (signature.format === 'legacy') {
    for (const payload of signature.payloads) await client.putBlob(payload);
    await client.putBlob(signature.config);
    await client.putManifest(signature.manifest, OCI_MANIFEST, `${image.digest.replace(':', '-')}.${suffix}`);
    return;
  }
  const subject = image.manifests.at(-1);
  if (subject === undefined) throw new Error('an image without a manifest');
  await client.putBlob(EMPTY);
  await client.putBlob(signature.bundle);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType: BUNDLE_TYPE,
      config: { mediaType: 'application/vnd.oci.empty.v1+json', size: EMPTY.length, digest: digestOfBytes(EMPTY) },
      layers: [{ mediaType: BUNDLE_TYPE, size: signature.bundle.length, digest: digestOfBytes(signature.bundle) }],
      subject: { mediaType: subject.mediaType, size: subject.bytes.length, digest: subject.digest },
    }),
  );
  const digest = await client.putManifest(manifest, OCI_MANIFEST);
  const listed = await client.referrers(image.digest);
  if (listed.some((one) => one.digest === digest)) return;
  const entry = { mediaType: OCI_MANIFEST, size: manifest.length, digest, artifactType: BUNDLE_TYPE };
  const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [...listed, entry] };
  await client.putManifest(Buffer.from(JSON.stringify(index)), OCI_INDEX, image.digest.replace(':', '-'));
}

/** The signature with another payload than was signed: still about this image, one annotation more. */
export function withTamperedPayload(signature: StoredSignature): StoredSignature {
  if (signature.format === 'bundle') {
    const bundle = JSON.parse(signature.bundle.toString('utf8')) as { dsseEnvelope: { payload: string } };
    const dsseEnvelope = withTamperedEnvelope(bundle.dsseEnvelope);
    return { format: 'bundle', bundle: Buffer.from(JSON.stringify({ ...bundle, dsseEnvelope })) };
  }
  const payloads = signature.payloads.map((payload) => {
    const envelope = JSON.parse(payload.toString('utf8')) as { payload?: string };
    if (envelope.payload !== undefined) return Buffer.from(JSON.stringify(withTamperedEnvelope(envelope)));
    const statement = JSON.parse(payload.toString('utf8')) as { optional: Record<string, string> | null };
    return Buffer.from(JSON.stringify({ ...statement, optional: { ...statement.optional, tampered: 'yes' } }));
  });
  const manifest = JSON.parse(signature.manifest.toString('utf8')) as { layers: Layer[] };
  manifest.layers = manifest.layers.map((layer, index) => {
    const payload = payloads[index] ?? Buffer.alloc(0);
    return { ...layer, digest: digestOfBytes(payload), size: payload.length };
  });
  return { ...signature, manifest: Buffer.from(JSON.stringify(manifest)), payloads };
}

/** An envelope whose statement says more of its subject, and of an attestation's predicate, than was signed. */
function withTamperedEnvelope<T extends { payload?: string }>(envelope: T): T {
  const statement = JSON.parse(Buffer.from(envelope.payload ?? '', 'base64').toString('utf8')) as {
    subject: { annotations?: Record<string, string> }[];
    predicate?: object;
  };
  for (const subject of statement.subject) subject.annotations = { ...subject.annotations, tampered: 'yes' };
  if (typeof statement.predicate === 'object') statement.predicate = { ...statement.predicate, tampered: 'yes' };
  return { ...envelope, payload: Buffer.from(JSON.stringify(statement)).toString('base64') };
}
