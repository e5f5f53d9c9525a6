import { toCodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { createTreeReader } from '../examining/image-tree.ts';
import { createLooks } from '../examining/looks.ts';
import {
  groupRequested,
  mergeResolved,
  type RequestedImage,
  type Resolution,
  type ResolvedImage,
  type ResolvedRoot,
  resolveRoot,
  withPlatforms,
} from '../examining/resolve-images.ts';
import { createJudge, type Judge, type Outcome } from '../judging/create-judge.ts';
import type { Evaluate } from '../judging/judge-image.ts';
import { mapLimited } from '../map-limited.ts';
import type { Clock, Log, Registry, SignatureVerifier } from '../ports.ts';
import { createProgress } from '../progress.ts';
import { createSlots } from '../slots.ts';
import { within } from '../within.ts';

export interface VerifyOptions {
  readonly images: readonly RequestedImage[];
  /** Undefined: look and tell, accept nothing. */
  readonly evaluate: Evaluate;
  readonly format: 'any' | 'bundle' | 'legacy';
  readonly recursive: boolean;
  /** How long an image that shows no signature at all is looked at again. */
  readonly waitForMs: number;
  readonly concurrency: number;
  readonly signatureRepository: Repository | undefined;
  readonly notFoundHint: string;
}

export interface VerifyPorts {
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  readonly log: Log;
  /** The run's time is up: what is not decided by then is an error with its reason, TIMEOUT. */
  readonly signal: AbortSignal;
}

/** One image and the decision about it, in the order of first mention. */
export interface VerifiedImage extends Outcome {
  readonly first: RequestedImage;
  readonly references: readonly RequestedImage[];
  /** Undefined if it could not be resolved; then `error` says why. */
  readonly image: ResolvedImage | undefined;
  readonly platforms: readonly JudgedPlatform[];
}

export interface JudgedPlatform extends Outcome {
  readonly platform: string;
  readonly digest: Digest;
}

/**
 * Decides about every image: resolved once, signatures looked for in every place, each verified and
 * held against the identity. Never rejects for what befell an image: that is a value, and not a pass.
 */
export async function verifyImages(options: VerifyOptions, ports: VerifyPorts): Promise<VerifiedImage[]> {
  const limit = { limit: options.concurrency };
  const judge = createJudge(options.evaluate, { firstLook: createLooks(options, ports), signal: ports.signal });
  const slots = createSlots(options.concurrency);
  const readTree = createTreeReader({ ...options, registry: ports.registry, slots });
  const groups = groupRequested(options.images);
  const oneDone = createProgress(ports, ['checked', 'images'], groups.length);
  const resolved = await mapLimited(groups, limit, async (group): Promise<Resolution> => {
    const first = group[0] as RequestedImage;
    try {
      // An image and its signatures share one place; what its index leads to takes further ones.
      const root = await slots(() => within(ports.signal, () => resolveAndJudge(options, ports, judge, group)));
      return { kind: 'resolved', image: await within(ports.signal, () => withPlatforms(root, readTree)) };
    } catch (error) {
      return { kind: 'unresolved', image: { first, error: toCodedError(error) } };
    } finally {
      oneDone();
    }
  });
  const merged = mergeResolved(resolved);
  // One list for the run: a list for each image would multiply the limit by itself.
  const children = merged.flatMap((one) =>
    one.kind === 'unresolved'
      ? []
      : one.image.platforms.map(({ digest }) => ({ repository: one.image.repository, digest })),
  );
  await mapLimited(children, limit, ({ repository, digest }) => judge({ repository, digest }));
  return mapLimited(merged, limit, async (one): Promise<VerifiedImage> => {
    if (one.kind === 'unresolved') {
      const { first, error } = one.image;
      return { first, references: [first], image: undefined, judgement: undefined, error, platforms: [] };
    }
    const { image } = one;
    const outcome = await judge(image);
    const platforms: JudgedPlatform[] = [];
    for (const { platform, digest } of image.platforms) {
      platforms.push({ platform, digest, ...(await judge({ repository: image.repository, digest })) });
    }
    return { first: image.first, references: image.references, image, ...outcome, platforms };
  });
}

async function resolveAndJudge(
  options: VerifyOptions,
  ports: VerifyPorts,
  judge: Judge,
  group: readonly RequestedImage[],
): Promise<ResolvedRoot> {
  const first = group[0] as RequestedImage;
  const resolving = resolveRoot({ ...options, registry: ports.registry }, group);
  if (first.digest === undefined) {
    const root = await resolving;
    await judge(root.image);
    return root;
  }
  // A digest needs no answer before its signatures can be looked for, only before they are waited for.
  const isThere = resolving.then(
    () => true,
    () => false,
  );
  // Both, so that a place is not given away while one of them is still under way.
  await judge({ repository: first.repository, digest: first.digest }, isThere);
  return resolving;
}
