import { type Descriptor, type Manifest, parseManifest } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { DOCKER_MANIFEST, OCI_CONFIG, OCI_MANIFEST } from '../../domain/image/media-types.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { divideFlaws, flawError } from '../../domain/image/registry-document.ts';
import type { JsonFlaw } from '../../domain/text/strict-json.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { type ManifestAnswer, manifestUrl } from '../manifests.ts';
import { readToExtend, type TagLook } from '../tag-looks.ts';
import { LAYERS_MAX, MANIFEST_MAX_BYTES } from '../transport/limits.ts';
import { RegistryError } from '../transport/registry-error.ts';
import type { TagDraft, TagState } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

/** The manifest under a `.sig` tag as found, with its layers as written. */
export interface SignatureState extends TagState<unknown> {
  readonly base: { readonly answer: ManifestAnswer; readonly manifest: Manifest } | undefined;
}

export type SignatureDraft = TagDraft<unknown, SignatureState>;

/** Reads the list that is under the tag now, or takes the one that an earlier look saw. Throws RegistryError. */
export async function readSignatures(
  context: TagWriterContext,
  tagged: { readonly repository: Repository; readonly tag: string },
  look?: TagLook,
): Promise<SignatureState> {
  const { manifest: answer, readAtMs } = await readToExtend(context, { ...tagged, look });
  if (answer === undefined) return { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
  // A layer that other readers understand differently is kept as it is, like one of another kind.
  const manifest = readAs(
    (value, _, what) => parseManifest(value, what),
    answer,
    manifestUrl(context.fetch, tagged.repository, tagged.tag).href,
  );
  return {
    entries: rawLayers(answer),
    digest: answer.digest,
    etag: answer.etag,
    readAtMs,
    base: { answer, manifest },
  };
}

type Parse<Parsed> = (value: unknown, layerFlaws: ReadonlyMap<number, JsonFlaw>, what: string) => Parsed;

/**
 * Reads the parts of an image manifest that `parse` needs. Throws REGISTRY_INVALID for anything else under the tag,
 * which then stays as it is.
 */
export function readAs<Parsed>(parse: Parse<Parsed>, answer: ManifestAnswer, tag: string): Parsed {
  if (answer.mediaType !== OCI_MANIFEST && answer.mediaType !== DOCKER_MANIFEST) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${tag} has the media type ${answer.mediaType}, not that of a list of signatures`,
      {
        hint: 'Remove that tag if nothing needs it.',
      },
    );
  }
  try {
    const { outside, ofEntry } = divideFlaws(answer.flaws, 'layers');
    const [flaw] = outside;
    if (flaw !== undefined) throw flawError(flaw, tag);
    return parse(answer.json, ofEntry, tag);
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new RegistryError('REGISTRY_INVALID', `${tag} is not a list of signatures: ${cause.message}`, { cause });
  }
}

/** The layers as written, of a manifest that was parsed before. */
export function rawLayers({ json }: ManifestAnswer): readonly unknown[] {
  return json['layers'] as unknown[];
}

/** Layers with equal payloads have equal digests, so the annotations (the signature) are part of the key. */
export function layerKey(layer: unknown): string {
  const { digest, mediaType, annotations } = layer as Partial<Descriptor>;
  const sorted = Object.entries(annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([digest, mediaType, sorted]);
}

/** Signatures with Docker media types (COSIGN_DOCKER_MEDIA_TYPES) keep them. */
export function mediaTypeOf({ state }: SignatureDraft): string {
  return state.base?.answer.mediaType ?? OCI_MANIFEST;
}

/**
 * The manifest with these layers and this config, and every other field that it had. `reserve`: bytes that must stay
 * free. Throws REGISTRY_INVALID for a list that a registry or a verifier would not accept: cosign refuses every
 * signature of a list that is too long (pkg/oci/remote/signatures.go).
 */
export function encodeSignatures(
  draft: SignatureDraft,
  { digest, size }: { readonly digest: Digest; readonly size: number },
  { what, reserve = 0 }: { readonly what: string; readonly reserve?: number },
): Uint8Array {
  const { base } = draft.state;
  const layers = draft.entries;
  const found = base?.answer.json ?? {};
  // `data` would repeat the bytes of the old config (image-spec v1.1.1, descriptor.md).
  const { data: _, ...oldConfig } = { ...(found['config'] as { readonly data?: unknown } | undefined) };
  const config = { mediaType: OCI_CONFIG, ...oldConfig, size, digest };
  const manifest = { schemaVersion: 2, mediaType: mediaTypeOf(draft), ...found, config, layers };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const hint = 'Remove signatures that nothing needs from that tag, or sign with `format: bundle`.';
  if (layers.length > LAYERS_MAX) {
    throw new RegistryError('REGISTRY_INVALID', `${what}: there would be more than ${LAYERS_MAX} signatures`, { hint });
  }
  if (bytes.length + reserve <= MANIFEST_MAX_BYTES) return bytes;
  const message = `${what}: the signatures would exceed ${MANIFEST_MAX_BYTES} bytes`;
  throw new RegistryError('REGISTRY_INVALID', message, { hint });
}
