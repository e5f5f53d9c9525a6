import { type CodedError, toCodedError } from '../coded-error.ts';
import { formatRepository, type Repository } from '../domain/reference.ts';
import type { ImageResult, Results } from '../domain/results.ts';
import { mapLimited } from './map-limited.ts';
import type { ExpectedIdentity, Registry, Signer } from './ports.ts';
import { type RequestedImage, type Resolution, resolveImages } from './resolve-images.ts';

export interface PreflightOptions {
  readonly images: readonly RequestedImage[];
  readonly recursive: boolean;
  readonly concurrency: number;
  readonly signatureRepository: Repository | undefined;
  readonly notFoundHint: string;
}

export interface PreflightPorts {
  readonly registry: Registry;
  readonly signer: Signer;
}

/** What a run would meet: nothing signed, nothing logged, nothing written. */
export interface Preflight {
  readonly identity: ExpectedIdentity;
  readonly resolutions: readonly Resolution[];
  /** Repositories that were asked for the right to push, and got or did not get it. */
  readonly pushes: readonly { readonly repository: string; readonly error: CodedError | undefined }[];
  /** Where all signatures go, if not beside their images. */
  readonly signatureRepository: Repository | undefined;
}

/**
 * `dry-run`: asks for the id-token, resolves every image, opens and cancels an upload in every repository
 * that would be written. Rejects only if there is no id-token.
 */
export async function preflight(options: PreflightOptions, ports: PreflightPorts): Promise<Preflight> {
  const { registry } = ports;
  const stores = new Map(
    options.images
      .map((image) => options.signatureRepository ?? image.repository)
      .map((store) => [formatRepository(store), store]),
  );
  const [identity, resolutions, pushes] = await Promise.all([
    ports.signer.identity(),
    resolveImages({ ...options, registry }),
    mapLimited([...stores], { limit: options.concurrency }, async ([repository, store]) => {
      try {
        await registry.cancelUpload(await registry.openUpload(store));
        return { repository, error: undefined };
      } catch (error) {
        return { repository, error: toCodedError(error) };
      }
    }),
  ]);
  return { identity, resolutions, pushes, signatureRepository: options.signatureRepository };
}

/** Results of a dry run: never `verified`. A missing image is `allowed`, since the build may come first. */
export function preflightResults(found: Preflight): Results {
  const images = found.resolutions.map((one): ImageResult => {
    const { first } = one.image;
    const resolved = one.kind === 'resolved' ? one.image : undefined;
    const store = formatRepository(found.signatureRepository ?? first.repository);
    const push = found.pushes.find(({ repository }) => repository === store)?.error;
    const error = one.kind === 'unresolved' ? one.image.error : push;
    const verdict = error === undefined ? 'pass' : error.code === 'IMAGE_NOT_FOUND' ? 'allowed' : 'error';
    return {
      reference: first.original,
      resolved: resolved === undefined ? null : `${formatRepository(first.repository)}@${resolved.digest}`,
      repository: formatRepository(first.repository),
      tag: first.tag ?? null,
      digest: resolved?.digest ?? first.digest ?? null,
      verdict,
      reason: error?.code ?? null,
      message: error?.message ?? 'dry run: would be signed',
      sources: first.sources,
      signatures: [],
    };
  });
  return { schemaVersion: 1, verified: false, images };
}
