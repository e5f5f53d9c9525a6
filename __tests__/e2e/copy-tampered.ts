import { seedReferrer } from '../../sandbox/registry/seed.ts';
import type { World } from '../../sandbox/world.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';

/** Copies a signed image into another repository, one byte of each signature flipped. Throws if there is not any. */
export function copyTampered(world: World, from: string, to: string, digest: string): void {
  const { store } = world.registry;
  for (const one of store.manifests(from)) {
    if (one.json['subject'] === undefined) store.putManifest(to, one.bytes, one.mediaType);
  }
  const referrers = store.referrers(from, digest);
  for (const referrer of referrers) {
    const layers = referrer.json['layers'] as { digest: string }[];
    const bundle = JSON.parse(Buffer.from(store.getBlob(from, layers[0]?.digest ?? '') ?? '').toString('utf8')) as {
      dsseEnvelope: { signatures: { sig: string }[] };
    };
    for (const signature of bundle.dsseEnvelope.signatures) signature.sig = flipLastByte(signature.sig);
    seedReferrer(store, to, digest, { artifactType: BUNDLE_V03, layer: JSON.stringify(bundle) });
  }
  const tag = `${digest.replace(':', '-')}.sig`;
  const signed = store.getTag(from, tag);
  if (signed === undefined) {
    if (referrers.length === 0) throw new Error(`${from}@${digest} is not signed`);
    return;
  }
  const manifest = store.getManifest(from, signed)?.json as {
    layers: { digest: string; annotations: Record<string, string> }[];
  };
  const layers = manifest.layers.map((layer) => {
    store.putBlob(to, store.getBlob(from, layer.digest) ?? '');
    const name = 'dev.cosignproject.cosign/signature';
    return { ...layer, annotations: { ...layer.annotations, [name]: flipLastByte(layer.annotations[name] ?? '') } };
  });
  store.setTag(to, tag, store.putManifest(to, JSON.stringify({ ...manifest, layers })));
}

function flipLastByte(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0) throw new Error('the signature is empty, so nothing can be changed in it');
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return bytes.toString('base64');
}
