import { digestOfBytes, type Store } from '../../sandbox/registry/store.ts';
import { type HandSigning, signEnvelopeByHand, signLayerByHand } from '../../sandbox/sigstore/hand-signer.ts';
import { imageStatement } from '../../sandbox/sigstore/image-statement.ts';
import type { SigstoreStack } from '../../sandbox/sigstore/sigstore-stack.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import {
  COSIGN_SIGNATURE_ARTIFACT,
  OCI_CONFIG,
  OCI_MANIFEST,
  SIMPLE_SIGNING,
} from '../../src/domain/image/media-types.ts';
import type { Repository } from '../../src/domain/image/reference.ts';
import { simpleSigningPayload } from '../../src/domain/signature/simple-signing.ts';

/** Signatures of both formats and the places where they may lie, made past all checks. */

// biome-ignore lint/suspicious/noExplicitAny: twins are made by reaching into JSON
export type Json = any;

export interface BundleSeed extends Partial<HandSigning> {
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A good bundle about a digest, logged in Rekor v1 unless told otherwise. */
export function goodBundle(sigstore: SigstoreStack, digest: Digest, seed: BundleSeed = {}): Json {
  const { annotations = {}, ...signing } = seed;
  return signEnvelopeByHand(sigstore, { entries: ['dsse'], ...signing, payload: imageStatement(digest, annotations) });
}

/** The same bundle with one annotation slipped into what was signed. */
export function tamperedBundle(sigstore: SigstoreStack, digest: Digest, seed: BundleSeed = {}): Json {
  const bundle = goodBundle(sigstore, digest, seed);
  bundle.dsseEnvelope.payload = Buffer.from(imageStatement(digest, { slipped: 'in' })).toString('base64');
  return bundle;
}

export interface Layer {
  readonly payload: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
  readonly mediaType?: string;
}

export interface LayerSeed extends Partial<Omit<HandSigning, 'entries'>> {
  readonly annotations?: Readonly<Record<string, string>>;
  /** Named in the payload. */
  readonly repository?: Repository;
  readonly logged?: boolean;
}

/** A good legacy layer about a digest. */
export function goodLayer(sigstore: SigstoreStack, digest: Digest, seed: LayerSeed = {}): Layer {
  const { annotations = {}, repository = { registry: 'localhost:5000', path: 'acme/app' }, ...signing } = seed;
  const payload = Buffer.from(simpleSigningPayload(repository, digest, annotations));
  return { payload, annotations: signLayerByHand(sigstore, { ...signing, payload }) };
}

/** The same layer with one byte of its signature flipped. */
export function tamperedLayer(sigstore: SigstoreStack, digest: Digest, seed: LayerSeed = {}): Layer {
  const layer = goodLayer(sigstore, digest, seed);
  const name = 'dev.cosignproject.cosign/signature';
  const signature = Buffer.from(layer.annotations[name] ?? '', 'base64');
  if (signature.length === 0) throw new Error('the signature is empty, so nothing can be changed in it');
  const last = signature.length - 1;
  signature[last] = (signature[last] ?? 0) ^ 1;
  return { ...layer, annotations: { ...layer.annotations, [name]: signature.toString('base64') } };
}

/** The manifest of a `.sig` tag, or of cosign's oci-1-1 experiment if `subject` is given. */
export function putLayers(
  store: Store,
  repository: string,
  layers: readonly Layer[],
  subject: string | undefined = undefined,
): string {
  const config = Buffer.from('{}');
  store.putBlob(repository, config);
  const stored = subject === undefined ? undefined : store.getManifest(repository, subject);
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    ...(subject === undefined ? {} : { artifactType: COSIGN_SIGNATURE_ARTIFACT }),
    config: {
      mediaType: subject === undefined ? OCI_CONFIG : COSIGN_SIGNATURE_ARTIFACT,
      digest: digestOfBytes(config),
      size: config.length,
    },
    layers: layers.map(({ payload, annotations, mediaType = SIMPLE_SIGNING }) => ({
      mediaType,
      size: payload.length,
      digest: store.putBlob(repository, payload),
      annotations,
    })),
    ...(subject === undefined
      ? {}
      : {
          subject: { mediaType: stored?.mediaType ?? OCI_MANIFEST, digest: subject, size: stored?.bytes.length ?? 1 },
        }),
  };
  return store.putManifest(repository, JSON.stringify(manifest), OCI_MANIFEST);
}

/** Writes the `.sig` tag of a digest. */
export function putSignatureTag(store: Store, repository: string, subject: string, layers: readonly Layer[]): string {
  const digest = putLayers(store, repository, layers);
  store.setTag(repository, `${subject.replace(':', '-')}.sig`, digest);
  return digest;
}
