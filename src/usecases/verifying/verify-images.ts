import { type CodedError, toCodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import type { CallContext } from '../call-context.ts';
import { type Examination, examineImage, REFERRERS_IN_HAND } from '../examining/examine-image.ts';
import { createTreeReader } from '../examining/image-tree.ts';
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
import { type Evaluate, type Judgement, judgeImage } from '../judging/judge-image.ts';
import { mapLimited } from '../map-limited.ts';
import type { Clock, Registry, SignatureVerifier } from '../ports.ts';
import { createProgress } from '../progress.ts';
import { createSlots, type Slots } from '../slots.ts';
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
}

/** The ports as one call uses them. */
type CallPorts = VerifyPorts & { readonly call: CallContext };

/** One image and the decision about it, in the order of first mention. */
export interface VerifiedImage {
  readonly first: RequestedImage;
  readonly references: readonly RequestedImage[];
  readonly image: ResolvedImage | undefined;
  /** Undefined if it could not be resolved or judged; then `error` says why. */
  readonly judgement: Judgement | undefined;
  readonly error: CodedError | undefined;
  readonly platforms: readonly JudgedPlatform[];
}

export interface JudgedPlatform {
  readonly platform: string;
  readonly digest: Digest;
  readonly judgement: Judgement | undefined;
  readonly error: CodedError | undefined;
}

type Outcome = Pick<JudgedPlatform, 'judgement' | 'error'>;

/** First pause of `wait-for`; doubles up to WAIT_MAX_MS. */
const WAIT_FIRST_MS = 1000;
const WAIT_MAX_MS = 8000;

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
  const judge = createJudge(options, ports);
  const slots = createSlots(options.concurrency);
  const readTree = createTreeReader({ ...options, call, registry: ports.registry, slots });
  const groups = groupRequested(options.images);
  const oneDone = createProgress({ clock: ports.clock, log: call.log }, ['checked', 'images'], groups.length);
  const resolved = await mapLimited(groups, limit, async (group): Promise<Resolution> => {
    const first = group[0] as RequestedImage;
    try {
      // An image and its signatures share one place; what its index leads to takes further ones.
      const root = await slots(() => within(call.signal, () => resolveAndJudge(options, ports, judge, group)));
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
  await mapLimited(children, limit, ({ repository, digest }) => judge(repository, digest));
  return mapLimited(merged, limit, async (one): Promise<VerifiedImage> => {
    if (one.kind === 'unresolved') {
      const { first, error } = one.image;
      return { first, references: [first], image: undefined, judgement: undefined, error, platforms: [] };
    }
    const { image } = one;
    const outcome = await judge(image.repository, image.digest);
    const platforms: JudgedPlatform[] = [];
    for (const { platform, digest } of image.platforms) {
      platforms.push({ platform, digest, ...(await judge(image.repository, digest)) });
    }
    return { first: image.first, references: image.references, image, ...outcome, platforms };
  });
}

type Judge = (repository: Repository, digest: Digest, isThere?: Promise<boolean>) => Promise<Outcome>;

async function resolveAndJudge(
  options: VerifyOptions,
  ports: CallPorts,
  judge: Judge,
  group: readonly RequestedImage[],
): Promise<ResolvedRoot> {
  const first = group[0] as RequestedImage;
  const resolving = resolveRoot({ ...options, call: ports.call, registry: ports.registry }, group);
  if (first.digest === undefined) {
    const root = await resolving;
    await judge(root.image.repository, root.image.digest);
    return root;
  }
  // A digest needs no answer before its signatures can be looked for, only before they are waited for.
  const isThere = resolving.then(
    () => true,
    () => false,
  );
  // Both, so that a place is not given away while one of them is still under way.
  await judge(first.repository, first.digest, isThere);
  return resolving;
}

/** A judge that looks at each digest of a repository once, however many names lead to it; never rejects. */
function createJudge(options: VerifyOptions, ports: CallPorts): Judge {
  const outcomes = new Map<string, Promise<Outcome>>();
  const slots = createSlots(REFERRERS_IN_HAND);
  return (repository, digest, isThere = Promise.resolve(true)) => {
    const store = options.signatureRepository ?? repository;
    const key = formatPinned(store, digest);
    const known = outcomes.get(key);
    if (known !== undefined) return known;
    const judging = within(ports.call.signal, () => judgeDigest(options, { ...ports, slots }, store, digest, isThere));
    const outcome = judging.then(
      (judgement): Outcome => ({ judgement, error: undefined }),
      (error: unknown): Outcome => ({ judgement: undefined, error: toCodedError(error) }),
    );
    outcomes.set(key, outcome);
    return outcome;
  };
}

async function judgeDigest(
  options: VerifyOptions,
  ports: CallPorts & { readonly slots: Slots },
  repository: Repository,
  digest: Digest,
  isThere: Promise<boolean>,
): Promise<Judgement> {
  const { evaluate, format } = options;
  const accepts = (facts: Parameters<NonNullable<Evaluate>>[0]): boolean => evaluate?.(facts).kind === 'accepted';
  const look = (): Promise<Examination> => examineImage({ ...ports, repository, digest, format, accepts });
  const end = ports.clock.now().getTime() + options.waitForMs;
  let pauseMs = WAIT_FIRST_MS;
  for (;;) {
    const judgement = judgeImage(await look(), evaluate);
    // Registries lag behind their writes, so only "nothing there" may change by waiting.
    const leftMs = end - ports.clock.now().getTime();
    if (judgement.reason !== 'NO_SIGNATURE' || leftMs <= 0) return judgement;
    if (!(await isThere)) return judgement;
    const waitMs = Math.min(pauseMs, leftMs);
    ports.call.log.info(
      `waiting ${Math.ceil(waitMs / 1000)} s for a signature of ${formatPinned(repository, digest)} to show (wait-for)`,
    );
    await ports.clock.sleep(waitMs, ports.call.signal);
    pauseMs = Math.min(pauseMs * 2, WAIT_MAX_MS);
  }
}
