import { toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { SignatureRepositories } from '../../domain/image/signature-repositories.ts';
import type { CallContext } from '../call-context.ts';
import { explainHubName } from '../examining/hub-name.ts';
import { createTreeReader } from '../examining/image-tree.ts';
import { createLooks, type FirstLook } from '../examining/looks.ts';
import type { OtherRoots } from '../examining/other-roots.ts';
import type { StoredAttestations } from '../examining/read-attestations.ts';
import {
  createLookahead,
  groupRequested,
  mergeResolved,
  type RequestedImage,
  type Resolution,
  type ResolvedImage,
  type ResolvedRoot,
  resolveRoot,
  withPlatforms,
} from '../examining/resolve-images.ts';
import type { AttestationRules } from '../judging/attested-judge.ts';
import { createJudge, type Judge, type NamedDigest, type Outcome } from '../judging/create-judge.ts';
import type { Evaluate, Judgement } from '../judging/judge-image.ts';
import type { PolicyRules } from '../judging/policy-judge.ts';
import { mapLimited } from '../map-limited.ts';
import type { Clock, ReadStatement, Registry, SignatureVerifier } from '../ports.ts';
import { createProgress } from '../progress.ts';
import { createSlots } from '../slots.ts';

export interface VerifyOptions {
  readonly images: readonly RequestedImage[];
  /** Undefined: only report signatures, accept none. */
  readonly evaluate: Evaluate;
  readonly format: 'any' | 'bundle' | 'legacy';
  readonly recursive: boolean;
  /** How long to wait for a first signature of an image to appear. */
  readonly waitForMs: number;
  readonly concurrency: number;
  readonly signatureRepositories: SignatureRepositories;
  readonly notFoundHint: string;
  /** Undefined: no attestation is required, and none is proven. */
  readonly attestations?: AttestationRules | undefined;
  /** Decide instead of `evaluate` and `attestations`. */
  readonly policies?: PolicyRules | undefined;
}

export interface VerifyPorts {
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  /** Only if attestations are required. */
  readonly statements?: StatementPorts;
  /** Verifiers with the trusted roots that policies name. */
  readonly otherRoots?: OtherRoots;
}

interface StatementPorts {
  /** Stores the statement of an accepted attestation, and returns the path of the file. */
  readonly keepStatement: (statement: Uint8Array) => Promise<string>;
  readonly readStatement: ReadStatement;
  /** Undefined if only the registry is asked. */
  readonly stored: StoredAttestations | undefined;
}

/** The ports as one call uses them. */
type CallPorts = VerifyPorts & { readonly call: CallContext };

/** One image and the decision about it, in the order of first mention. */
export interface VerifiedImage extends Outcome {
  readonly first: RequestedImage;
  readonly references: readonly RequestedImage[];
  /** Undefined if it could not be resolved; `error` then states why. */
  readonly image: ResolvedImage | undefined;
  readonly platforms: readonly JudgedPlatform[];
}

export interface JudgedPlatform extends Outcome {
  readonly platform: string;
  readonly digest: Digest;
}

/**
 * Decides about every image: resolves it once, looks for signatures in every place, verifies each one and compares it
 * with the required identity. A failing image is a returned value, never a rejection, and never a pass. An image that
 * is undecided when the call ends is an error with the reason of the call's signal, TIMEOUT.
 */
export async function verifyImages(
  call: CallContext,
  options: VerifyOptions,
  shared: VerifyPorts,
): Promise<VerifiedImage[]> {
  const ports: CallPorts = { ...shared, call };
  const limit = { limit: options.concurrency };
  const { judge, refuseUnasked } = await createRunJudge(options, ports);
  const slots = createSlots(options.concurrency);
  const readTree = createTreeReader({ ...options, call, registry: ports.registry, slots });
  const groups = groupRequested(options.images);
  const isAsked = (group: readonly RequestedImage[]): boolean =>
    refuseUnasked?.(group[0] as RequestedImage, usesOf(group)) === undefined;
  const prepareLater = createLookahead({ ...options, call, registry: ports.registry, isAsked }, groups);
  const oneDone = createProgress({ clock: ports.clock, log: call.log }, ['checked', 'images'], groups.length);
  const resolved = await mapLimited(groups, limit, async (group, at): Promise<Resolution | Unasked> => {
    const first = group[0] as RequestedImage;
    try {
      prepareLater(at);
      const unasked = refuseUnasked?.(first, usesOf(group));
      if (unasked !== undefined) return { kind: 'unasked', first, references: group, judgement: unasked };
      // An image and its signatures share one slot; the children of an index take further slots.
      const root = await slots(() => within(call.signal, () => resolveAndJudge(options, { ...ports, judge }, group)));
      return { kind: 'resolved', image: await within(call.signal, () => withPlatforms(root, readTree)) };
    } catch (error) {
      return { kind: 'unresolved', image: { first, error: explainHubName(toCodedError(error), first) } };
    } finally {
      oneDone();
    }
  });
  const merged = mergeResolved(resolved);
  // One list for the whole run: one list per image would square the limit.
  const children = merged.flatMap((one) =>
    one.kind === 'resolved' ? one.image.platforms.map(({ digest }) => namedDigest(one.image, digest)) : [],
  );
  await mapLimited(children, limit, (child) => judge(child));
  return mapLimited(merged, limit, async (one): Promise<VerifiedImage> => {
    if (one.kind === 'unasked') {
      const { first, references, judgement } = one;
      return { first, references, image: undefined, judgement, error: undefined, platforms: [] };
    }
    if (one.kind === 'unresolved') {
      const { first, error } = one.image;
      return { first, references: [first], image: undefined, judgement: undefined, error, platforms: [] };
    }
    const { image } = one;
    const outcome = await judge(namedDigest(image, image.digest));
    const platforms: JudgedPlatform[] = [];
    for (const { platform, digest } of image.platforms) {
      platforms.push({ platform, digest, ...(await judge(namedDigest(image, digest))) });
    }
    return { first: image.first, references: image.references, image, ...outcome, platforms };
  });
}

/** An image that is refused without a request. */
interface Unasked {
  readonly kind: 'unasked';
  readonly first: RequestedImage;
  readonly references: readonly RequestedImage[];
  readonly judgement: Judgement;
}

/** Everything that deployment files say about these references. */
function usesOf(references: readonly RequestedImage[]): Pick<NamedDigest, 'uses'> {
  const uses = references.flatMap((one) => one.uses ?? []);
  return uses.length === 0 ? {} : { uses };
}

/** The image, or one of its platform images, as a judge asks for it. */
function namedDigest({ repository, references }: ResolvedImage, digest: Digest): NamedDigest {
  return { repository, digest, ...usesOf(references) };
}

interface RunJudge {
  readonly judge: Judge;
  /** The judgement about an image of which nothing needs to be asked; undefined if something does. */
  readonly refuseUnasked?: (image: RequestedImage, uses: Pick<NamedDigest, 'uses'>) => Judgement | undefined;
}

/** The judge of this run. The code for attestations, policies and annotations is loaded only if it is needed. */
async function createRunJudge(options: VerifyOptions, ports: CallPorts): Promise<RunJudge> {
  const { evaluate, attestations: _, policies, ...rest } = options;
  const { statements, otherRoots = new Map() } = ports;
  if (policies !== undefined) {
    const [{ createPolicyGate }, { refuseUncovered }] = await Promise.all([
      import('../judging/policy-gate.ts'),
      import('../judging/policy-judge.ts'),
    ]);
    return {
      judge: createPolicyGate({ ...rest, rules: policies, otherRoots, statements }, ports),
      refuseUnasked: ({ repository, digest }, uses) => refuseUncovered(policies, { repository, digest, ...uses }),
    };
  }
  const made = await createRuleJudge(options, ports);
  if (!options.images.some(({ uses }) => uses?.some(({ annotated }) => annotated !== undefined))) return made;
  const { createAnnotatedJudge } = await import('../judging/annotated-judge.ts');
  return { judge: createAnnotatedJudge({ ...made, evaluate, signal: ports.call.signal }) };
}

/** The judge for one required identity and, if there are any, requirements for attestations. */
async function createRuleJudge(
  { evaluate, attestations: rules, ...rest }: VerifyOptions,
  ports: CallPorts,
): Promise<{ readonly judge: Judge; readonly firstLook: FirstLook }> {
  if (rules === undefined) {
    const firstLook = createLooks(rest, ports);
    return { judge: createJudge(evaluate, { firstLook, signal: ports.call.signal }), firstLook };
  }
  const { statements } = ports;
  if (statements === undefined) throw new TypeError('there is no place for accepted statements');
  const { createAttestationGate } = await import('../judging/attestation-gate.ts');
  return createAttestationGate({ ...rest, evaluate, rules, ...statements }, ports);
}

async function resolveAndJudge(
  options: VerifyOptions,
  { call, registry, judge }: CallPorts & { readonly judge: Judge },
  group: readonly RequestedImage[],
): Promise<ResolvedRoot> {
  const first = group[0] as RequestedImage;
  const uses = usesOf(group);
  const resolving = resolveRoot({ ...options, call, registry }, group);
  if (first.digest === undefined) {
    const root = await resolving;
    await judge({ repository: root.image.repository, digest: root.image.digest, ...uses });
    return root;
  }
  // With a digest, the search for signatures can start right away. Only waiting for them needs an existing image.
  const isThere = resolving.then(
    () => true,
    () => false,
  );
  // Awaits both, so that the slot is not released while one of them is still in progress.
  await judge({ repository: first.repository, digest: first.digest, ...uses }, isThere);
  return resolving;
}
