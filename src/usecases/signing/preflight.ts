import { CodedError, toCodedError } from '../../coded-error.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { type SignatureRepositories, signatureRepositoryOf } from '../../domain/image/signature-repositories.ts';
import { distinctSources } from '../../domain/image/source.ts';
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
import type { AttestationsRequest } from './attestations-request.ts';
import type { AttestationsPlan, AttestationTarget, AttestedImage } from './plan-attestations.ts';
import { placeError } from './sign-and-upload.ts';
import { readsPlatforms } from './sign-images.ts';
import { formatsOf, placeOf, type SignOptions } from './sign-task.ts';

export interface PreflightOptions {
  readonly images: readonly RequestedImage[];
  readonly format: SignOptions['format'];
  readonly recursive: boolean;
  /** False: the run only reads from the registry, so it needs no push permission. */
  readonly upload: boolean;
  readonly concurrency: number;
  readonly signatureRepositories: SignatureRepositories;
  readonly notFoundHint: string;
  readonly attestations?: AttestationsRequest | undefined;
}

export interface PreflightPorts {
  readonly registry: Registry;
  readonly signer: Signer;
}

/** The findings of a dry run: nothing is signed, logged or written. */
export interface Preflight {
  readonly identity: ExpectedIdentity;
  readonly images: readonly PreflightImage[];
  /** False if the run would write only attestations. */
  readonly signs: boolean;
  /** Problems with attestations that would not stop a run. */
  readonly warnings: readonly string[];
}

/** One image, its resolution, and the repository for its signature. */
export interface PreflightImage {
  readonly resolution: Resolution;
  readonly store: Repository;
  /** Why `store` would not accept a signature of this image; undefined if it would. */
  readonly pushError: CodedError | undefined;
  /** The attestations of this image that a run would write. */
  readonly attestations: readonly AttestationTarget[];
}

/**
 * `dry-run`: requests the id-token, resolves every image, opens and cancels an upload in every repository that a run
 * would write to, and reads the tags that it would extend. Rejects only if there is no id-token, or if the inputs for
 * attestations do not match the images.
 */
export async function preflight(
  call: CallContext,
  options: PreflightOptions,
  ports: PreflightPorts,
): Promise<Preflight> {
  const { registry } = ports;
  const storeOf = (image: RequestedImage): Repository =>
    signatureRepositoryOf(options.signatureRepositories, image.repository);
  const stores = new Map(
    options.images.map((image) => storeOf(image)).map((store) => [formatRepository(store), store]),
  );
  const identity = ports.signer.identity(call);
  // Awaited last: a run without an id-token must not leave behind uploads that are still being opened.
  identity.catch(() => {});
  const [found, pushes] = await Promise.all([
    resolveImages({ ...options, recursive: readsPlatforms(options), call, registry }),
    mapLimited(options.upload ? [...stores] : [], { limit: options.concurrency }, async ([name, store]) => {
      try {
        await registry.cancelUpload(call, await registry.openUpload(call, store));
        return [name, undefined] as const;
      } catch (error) {
        return [name, toCodedError(error)] as const;
      }
    }),
  ]);
  const attested: AttestedImage[] = [];
  const resolutions = found.map((one): Resolution => {
    if (one.kind === 'unresolved') return one;
    const image = options.recursive ? one.image : { ...one.image, platforms: [], skipped: [] };
    attested.push({ image, platforms: one.image.platforms });
    return { ...one, image };
  });
  const plan = await planOf(options, { identity, attested, resolutions });
  const pushErrors = new Map(pushes);
  const limit = { limit: options.concurrency };
  const images = await mapLimited(resolutions, limit, async (resolution): Promise<PreflightImage> => {
    const store = storeOf(resolution.image.first);
    const denied = pushErrors.get(formatRepository(store));
    const attestations = plan.targets.filter(({ image }) => image === resolution.image);
    const isChecked = options.upload && denied === undefined && resolution.kind === 'resolved';
    const pushError = isChecked
      ? await placesError(call, registry, { ...options, store, image: resolution.image, attested: attestations })
      : denied;
    return { resolution, store, pushError, attestations };
  });
  const signs = options.attestations?.only !== true;
  return { identity: await identity, images, signs, warnings: plan.warnings };
}

/** The attestations that a run would write for the images that are there already. */
async function planOf(
  { attestations }: Pick<PreflightOptions, 'attestations'>,
  known: {
    readonly identity: Promise<ExpectedIdentity>;
    readonly attested: readonly AttestedImage[];
    readonly resolutions: readonly Resolution[];
  },
): Promise<AttestationsPlan> {
  if (attestations === undefined) return { targets: [], warnings: [] };
  const { planAttestations } = await import('./plan-attestations.ts');
  const missing = new Set(
    known.resolutions.flatMap((one) =>
      one.kind === 'unresolved' ? [formatRepository(one.image.first.repository)] : [],
    ),
  );
  // A line for an image that is not there yet has nothing to be compared with.
  const sbomLines = attestations.sbomLines.filter(
    ({ repository }) => repository === undefined || !missing.has(formatRepository(repository)),
  );
  return planAttestations({ ...attestations, sbomLines }, known.attested, await known.identity);
}

/** Why a signature of this image, or of one of its platforms, could not be stored. */
async function placesError(
  call: CallContext,
  registry: Registry,
  {
    format: wanted,
    store,
    image,
    attested,
    attestations,
  }: Pick<PreflightOptions, 'format' | 'attestations'> & {
    readonly store: Repository;
    readonly image: ResolvedImage;
    readonly attested: readonly AttestationTarget[];
  },
): Promise<CodedError | undefined> {
  const signed = attestations?.only === true ? [] : [image, ...image.platforms];
  const wanting = [
    ...signed.map(({ digest }) => ({ digest, attestation: undefined })),
    ...attested.map(({ subject: { digest }, attestation }) => ({ digest, attestation })),
  ];
  const places = new Map(
    wanting.flatMap((one) =>
      formatsOf(wanted).map((format) => [`${one.digest} ${placeOf({ ...one, format })}`, { ...one, format }] as const),
    ),
  );
  for (const { digest, attestation, format } of places.values()) {
    // A real run reads these when it looks for existing signatures.
    if (format === 'bundle') {
      const { place } = await registry.listReferrers(call, store, digest);
      if (place.outcome !== 'listed') await registry.listReferrersTag(call, store, digest);
    }
    const error = await placeError(call, registry, { store, digest, format, image, attestation });
    if (error !== undefined) return error;
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
      message: error?.message ?? (found.signs ? 'dry run: would be signed' : 'dry run: would be attested'),
      sources: distinctSources(first.sources),
      signatures: [],
      ...skippedResults(resolved),
    };
  });
  return { schemaVersion: 2, verified: false, images };
}
