import { toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { SignatureRepositories } from '../../domain/image/signature-repositories.ts';
import type { CallContext } from '../call-context.ts';
import { explainHubName } from '../examining/hub-name.ts';
import { createTreeReader } from '../examining/image-tree.ts';
import { createLooks } from '../examining/looks.ts';
import type { StoredAttestations } from '../examining/read-attestations.ts';
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
import type { AttestationRules } from '../judging/attested-judge.ts';
import { createJudge, type Judge, type Outcome } from '../judging/create-judge.ts';
import type { Evaluate } from '../judging/judge-image.ts';
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
}

export interface VerifyPorts {
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  /** Only if attestations are required. */
  readonly statements?: StatementPorts;
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
  const judge = await createRunJudge(options, ports);
  const slots = createSlots(options.concurrency);
  const readTree = createTreeReader({ ...options, call, registry: ports.registry, slots });
  const groups = groupRequested(options.images);
  const oneDone = createProgress({ clock: ports.clock, log: call.log }, ['checked', 'images'], groups.length);
  const resolved = await mapLimited(groups, limit, async (group): Promise<Resolution> => {
    const first = group[0] as RequestedImage;
    try {
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

/** The judge of this run. The code that judges attestations is loaded only if they are required. */
async function createRunJudge(options: VerifyOptions, ports: CallPorts): Promise<Judge> {
  const { evaluate, attestations: rules, ...rest } = options;
  if (rules === undefined) {
    return createJudge(evaluate, { firstLook: createLooks(rest, ports), signal: ports.call.signal });
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
  const resolving = resolveRoot({ ...options, call, registry }, group);
  if (first.digest === undefined) {
    const root = await resolving;
    await judge(root.image);
    return root;
  }
  // With a digest, the search for signatures can start right away. Only waiting for them needs an existing image.
  const isThere = resolving.then(
    () => true,
    () => false,
  );
  // Awaits both, so that the slot is not released while one of them is still in progress.
  await judge({ repository: first.repository, digest: first.digest }, isThere);
  return resolving;
}
