import { type Digest, digestOf } from '../../domain/image/digest.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import type { UploadSession } from '../../usecases/ports.ts';
import { manifestUrl } from '../manifests.ts';
import { CONFIG_MAX_BYTES } from '../transport/limits.ts';
import { conditionOf, putManifest, toTagWrite } from './put-manifest.ts';
import { appendToConfig, newConfig } from './signature-config.ts';
import { encodeSignatures, mediaTypeOf, type SignatureDraft } from './signature-list.ts';
import { isStale, type TagWrite } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

export interface SignatureWrite {
  readonly repository: Repository;
  readonly tag: string;
  readonly draft: SignatureDraft;
  readonly renew: () => Promise<SignatureDraft>;
  readonly openSession: () => Promise<UploadSession>;
}

/** Most renewals of a draft whose config took long to upload. */
const RENEWALS_MAX = 3;
/** Largest config that is kept between the check and the write, in bytes: that of a thousand signatures. */
const KEPT_CONFIG_MAX_BYTES = 256 * 1024;

/** Writes one draft of a `.sig` or `.att` tag: the config first, then the manifest. Throws RegistryError. */
export async function writeSignatures(
  context: TagWriterContext,
  write: SignatureWrite,
): Promise<{ readonly outcome: TagWrite<unknown>; readonly digest: Digest }> {
  const { repository, tag } = write;
  const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
  const build = async (first: SignatureDraft) => {
    let draft = first;
    let bytes = await buildManifest(context, write, { draft, what });
    // The config goes before the manifest. If that took long, others may have written in the meantime.
    for (let renewals = 0; renewals < RENEWALS_MAX && isStale(draft.state, context); renewals += 1) {
      const { digest } = draft.state;
      draft = await write.renew();
      if (draft.state.digest === digest) break;
      bytes = await buildManifest(context, write, { draft, what });
    }
    return { bytes, headers: conditionOf(draft.state) };
  };
  let built = await build(write.draft);
  const mediaType = mediaTypeOf(write.draft);
  const renew = async () => {
    built = await build(await write.renew());
    return built;
  };
  const put = { repository, reference: tag, mediaType, ...built, renew };
  const outcome = toTagWrite(what, await putManifest(context, put));
  return { outcome, digest: digestOf(built.bytes) };
}

/** Uploads the config for these layers and returns the bytes of the manifest. */
async function buildManifest(
  context: TagWriterContext,
  { repository, openSession }: SignatureWrite,
  { draft, what }: { readonly draft: SignatureDraft; readonly what: string },
): Promise<Uint8Array> {
  const digests = draft.entries.map((entry) => String((entry as { digest?: unknown }).digest));
  const { base } = draft.state;
  const oldConfig = base === undefined ? undefined : await getConfig(context, repository, base.manifest.config.digest);
  const newBytes = oldConfig === undefined ? newConfig(digests) : appendToConfig(oldConfig, digests);
  const config = await context.blobs.upload(await openSession(), newBytes);
  return encodeSignatures(draft, config, { what });
}

/** The config of a list that was found, fetched once: its digest fixes its bytes. */
export async function getConfig(
  { blobs, signatureConfigs }: TagWriterContext,
  repository: Repository,
  digest: Digest,
): Promise<Uint8Array | undefined> {
  const key = `${formatRepository(repository)}@${digest}`;
  const config = signatureConfigs.get(key) ?? (await blobs.get(repository, digest, CONFIG_MAX_BYTES));
  if (config !== undefined && config.length <= KEPT_CONFIG_MAX_BYTES) signatureConfigs.set(key, config);
  return config;
}
