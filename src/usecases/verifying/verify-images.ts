import { toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { CallContext } from '../call-context.ts';
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
import type { Clock, Registry, SignatureVerifier } from '../ports.ts';
import { createProgress } from '../progress.ts';
import { createSlots } from '../slots.ts';

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
}

/** The ports as one call uses them. */
type CallPorts = VerifyPorts & { readonly call: CallContext };

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
 * held against the identity. Never rejects for what befell an image: that is a value, and not a pass. What is not
 * decided when the call ends is an error with the reason of its signal, TIMEOUT.
 */
export async function verifyImages(
  call: CallContext,
  options: VerifyOptions,
  shared: VerifyPorts,
): Promise<VerifiedImage[]> {
  const ports: CallPorts = { ...shared, call };
  const limit = { limit: options.concurrency };
  const judge = createJudge(options.evaluate, { firstLook: createLooks(options, ports), signal: call.signal });
  const slots = createSlots(options.concurrency);
  const readTree = createTreeReader({ ...options, call, registry: ports.registry, slots });
  const groups = groupRequested(options.images);
  const oneDone = createProgress({ clock: ports.clock, log: call.log }, ['checked', 'images'], groups.length);
  const resolved = await mapLimited(groups, limit, async (group): Promise<Resolution> => {
    const first = group[0] as RequestedImage;
    try {
      // An image and its signatures share one place; what its index leads to takes further ones.
      const root = await slots(() => within(call.signal, () => resolveAndJudge(options, { ...ports, judge }, group)));
      return { kind: 'resolved', image: await within(call.signal, () => withPlatforms(root, readTree)) };
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
  { call, registry, judge }: CallPorts & { readonly judge: Judge },
  group: readonly RequestedImage[],
): Promise<ResolvedRoot> {
  const first = group[0] as RequestedImage;
  const resolving = resolveRoot({ ...options, call, registry }, group);
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
