import { CodedError, toCodedError } from '../../coded-error.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { formatSources } from '../../domain/image/source.ts';
import type { ImageResult, Results } from '../../domain/results.ts';
import type { CallContext } from '../call-context.ts';
import {
  type RequestedImage,
  type Resolution,
  type ResolvedImage,
  resolveImages,
} from '../examining/resolve-images.ts';
import { skippedResults } from '../examining/skipped-results.ts';
import { mapLimited } from '../map-limited.ts';
import type { ExpectedIdentity, Registry, Signer } from '../ports.ts';
import { placeError } from './sign-and-upload.ts';
import { formatsOf, type SignOptions } from './sign-task.ts';

export interface PreflightOptions {
  readonly images: readonly RequestedImage[];
  readonly format: SignOptions['format'];
  readonly recursive: boolean;
  /** False: the run only reads from the registry, so it needs no push permission. */
  readonly upload: boolean;
  readonly concurrency: number;
  readonly signatureRepository: Repository | undefined;
  readonly notFoundHint: string;
}

export interface PreflightPorts {
  readonly registry: Registry;
  readonly signer: Signer;
}

/** The findings of a dry run: nothing is signed, logged or written. */
export interface Preflight {
  readonly identity: ExpectedIdentity;
  readonly images: readonly PreflightImage[];
}

/** One image, its resolution, and the repository for its signature. */
export interface PreflightImage {
  readonly resolution: Resolution;
  readonly store: Repository;
  /** Why `store` would not accept a signature of this image; undefined if it would. */
  readonly pushError: CodedError | undefined;
}

/**
 * `dry-run`: requests the id-token, resolves every image, opens and cancels an upload in every repository that a run
 * would write to, and reads the tags that it would extend. Rejects only if there is no id-token.
 */
export async function preflight(
  call: CallContext,
  options: PreflightOptions,
  ports: PreflightPorts,
): Promise<Preflight> {
  const { registry } = ports;
  const storeOf = (image: RequestedImage): Repository => options.signatureRepository ?? image.repository;
  const stores = new Map(
    options.images.map((image) => storeOf(image)).map((store) => [formatRepository(store), store]),
  );
  const identity = ports.signer.identity(call);
  // Awaited last: a run without an id-token must not leave behind uploads that are still being opened.
  identity.catch(() => {});
  const [resolutions, pushes] = await Promise.all([
    resolveImages({ ...options, call, registry }),
    mapLimited(options.upload ? [...stores] : [], { limit: options.concurrency }, async ([name, store]) => {
      try {
        await registry.cancelUpload(call, await registry.openUpload(call, store));
        return [name, undefined] as const;
      } catch (error) {
        return [name, toCodedError(error)] as const;
      }
    }),
  ]);
  const pushErrors = new Map(pushes);
  const limit = { limit: options.concurrency };
  const images = await mapLimited(resolutions, limit, async (resolution): Promise<PreflightImage> => {
    const store = storeOf(resolution.image.first);
    const denied = pushErrors.get(formatRepository(store));
    const isChecked = options.upload && denied === undefined && resolution.kind === 'resolved';
    const pushError = isChecked
      ? await placesError(call, registry, { ...options, store, image: resolution.image })
      : denied;
    return { resolution, store, pushError };
  });
  return { identity: await identity, images };
}

/** Why a signature of this image, or of one of its platforms, could not be stored. */
async function placesError(
  call: CallContext,
  registry: Registry,
  {
    format: wanted,
    store,
    image,
  }: Pick<PreflightOptions, 'format'> & { readonly store: Repository; readonly image: ResolvedImage },
): Promise<CodedError | undefined> {
  for (const { digest } of [image, ...image.platforms]) {
    for (const format of formatsOf(wanted)) {
      // A real run reads these when it looks for existing signatures.
      if (format === 'bundle') {
        const { place } = await registry.listReferrers(call, store, digest);
        if (place.outcome !== 'listed') await registry.listReferrersTag(call, store, digest);
      }
      const error = await placeError(call, registry, { store, digest, format, image });
      if (error !== undefined) return error;
    }
  }
  return undefined;
}

/** The distinct errors that would stop a real run. Excludes images that do not exist yet. */
export function preflightFailures(found: Preflight): CodedError[] {
  const failures = found.images.flatMap((image) => {
    const { resolution, store, pushError } = image;
    const unresolved = stops(resolution) ? [resolution.image.error] : [];
    if (pushError === undefined) return unresolved;
    return [
      ...unresolved,
      new CodedError(pushError.code, `${formatRepository(store)}: ${pushError.message}`, pushError),
    ];
  });
  return [...new Map(failures.map((error) => [error.message, error])).values()];
}

function stops(resolution: Resolution): resolution is Extract<Resolution, { kind: 'unresolved' }> {
  return resolution.kind === 'unresolved' && resolution.image.error.code !== 'IMAGE_NOT_FOUND';
}

/** Results of a dry run: never `verified`. A missing image is `allowed`, because it may be built later. */
export function preflightResults(found: Preflight): Results {
  const images = found.images.map(({ resolution, pushError }): ImageResult => {
    const { first } = resolution.image;
    const resolved = resolution.kind === 'resolved' ? resolution.image : undefined;
    const failure = stops(resolution) ? resolution.image.error : pushError;
    const error = failure ?? (resolution.kind === 'unresolved' ? resolution.image.error : undefined);
    return {
      reference: first.original,
      resolved: resolved === undefined ? null : `${formatRepository(first.repository)}@${resolved.digest}`,
      repository: formatRepository(first.repository),
      tag: first.tag ?? null,
      digest: resolved?.digest ?? first.digest ?? null,
      verdict: failure !== undefined ? 'error' : error === undefined ? 'pass' : 'allowed',
      reason: error?.code ?? null,
      message: error?.message ?? 'dry run: would be signed',
      sources: formatSources(first.sources),
      signatures: [],
      ...skippedResults(resolved),
    };
  });
  return { schemaVersion: 2, verified: false, images };
}
