import { CodedError, toCodedError } from '../../coded-error.ts';
import type { AttestationRequirement } from '../../domain/attestation/evaluate-attestation.ts';
import { within } from '../../domain/calls/within.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import type { CertificateIdentity } from '../../domain/signature/facts.ts';
import type { Examination, ExaminedSignature } from '../examining/examine-image.ts';
import type { FirstLook, Look } from '../examining/looks.ts';
import type { Platforms, ReadPlatforms } from '../examining/platform-reader.ts';
import type { ExaminedAttestation } from '../examining/read-attestations.ts';
import type { FoundStatements, ReadStatements } from './buildkit-statements.ts';
import type { Judge, NamedDigest, Outcome } from './create-judge.ts';
import {
  type AttestedJudgement,
  type Evaluate,
  type JudgedAttestation,
  type Judgement,
  judgeImage,
  type LineJudgement,
} from './judge-image.ts';
import { judgeLine, meets, type NumberedRequirement } from './judge-line.ts';

/** What an image needs besides, or instead of, an image signature (contract §2.6). */
export interface AttestationRules {
  /** At least one; all must be met. */
  readonly requirements: readonly AttestationRequirement[];
  readonly requireSignature: boolean;
}

interface AttestedJudgeOptions extends Omit<LineOptions, 'view'> {
  readonly evaluate: Evaluate;
  /** Those by which the looks judge attestations. */
  readonly rules: AttestationRules;
  readonly signal: AbortSignal;
}

/** One rule with requirements, and what applying it to an image needs. */
export interface AttestedRule extends LineOptions {
  readonly evaluate: Evaluate;
  readonly requireSignature: boolean;
  readonly numbered: readonly NumberedRequirement[];
  /** True if everything must be read, because every signer counts. */
  readonly readAll?: boolean;
}

/**
 * Creates a judge for one rule with requirements for attestations. It remembers its decision for each image name, like the
 * judge for signatures alone.
 */
export function createAttestedJudge(options: AttestedJudgeOptions): Judge {
  // An empty list would be met by everything.
  if (options.rules.requirements.length === 0) throw new TypeError('no attestation is required');
  const outcomes = new Map<string, Promise<Outcome>>();
  return (image, isThere = Promise.resolve(true)) => {
    const name = formatPinned(image.repository, image.digest);
    const known = outcomes.get(name);
    if (known !== undefined) return known;
    const outcome = within(options.signal, () => judgeLooks(options, image, isThere)).then(
      (judgement): Outcome => ({ judgement, error: undefined }),
      (error: unknown): Outcome => ({ judgement: undefined, error: toCodedError(error) }),
    );
    outcomes.set(name, outcome);
    return outcome;
  };
}

/** The current looks at an image and its platforms, in one signature store. */
export type Looks = Map<Digest, Look>;

async function judgeLooks(
  options: AttestedJudgeOptions,
  image: NamedDigest,
  isThere: Promise<boolean>,
): Promise<Judgement> {
  const looks: Looks = new Map([[image.digest, options.firstLook(image.repository, image.digest)]]);
  const { requirements, requireSignature } = options.rules;
  const numbered = requirements.map((requirement, index) => ({ requirement, index }));
  for (;;) {
    const judgement = await judgeOnce({ ...options, requireSignature, numbered }, image, looks);
    // Waiting can change only what was not found.
    if (judgement.reason !== 'NO_SIGNATURE' && judgement.reason !== 'NO_ATTESTATION') return judgement;
    const next = await Promise.all(
      [...looks].map(async ([digest, look]) => [digest, await look.next(isThere)] as const),
    );
    if (next.some(([, look]) => look === undefined)) return judgement;
    for (const [digest, look] of next) if (look !== undefined) looks.set(digest, look);
  }
}

/** Applies the rule to what the current looks find. */
export async function judgeOnce(rule: AttestedRule, image: NamedDigest, looks: Looks): Promise<Judgement> {
  const { evaluate, requireSignature, numbered, readAll = false } = rule;
  const accepts = ({ verification }: ExaminedSignature): boolean =>
    verification.kind === 'verified' && evaluate?.(verification.facts).kind === 'accepted';
  const own = await examine(rule, { ...image, looks }, ({ examined, attestations }) => {
    const isSigned = !requireSignature || examined.some(accepts);
    return !readAll && isSigned && numbered.every(({ index }) => meets(attestations, index));
  });
  const signature = judgeImage(own, evaluate);
  const { lines, found } = await judgeLines(rule, { image, looks, own, numbered });
  const attested: AttestedJudgement = {
    attestations: found.toSorted((a, b) => Number(a.requirement === undefined) - Number(b.requirement === undefined)),
    lines,
    identity: requireSignature ? undefined : sharedSigner(found),
  };
  return combine(signature, attested, { requireSignature });
}

/** Examines a digest until the part that may count is enough, and returns that part. */
async function examine(
  { firstLook, view = (all) => all }: Pick<LineOptions, 'firstLook' | 'view'>,
  { repository, digest, looks }: { readonly repository: Repository; readonly digest: Digest; readonly looks: Looks },
  isEnough: (found: Examination) => boolean,
): Promise<Examination> {
  const look = looks.get(digest) ?? firstLook(repository, digest);
  looks.set(digest, look);
  return view(await look.examination.until((found) => isEnough(view(found))));
}

/** What judging requirements needs. */
interface LineOptions {
  readonly firstLook: FirstLook;
  readonly readPlatforms: ReadPlatforms;
  readonly readStatements: ReadStatements;
  /** The part of what was found that may count. Default: all of it. */
  readonly view?: (examination: Examination) => Examination;
}

interface LinesToJudge {
  readonly image: NamedDigest;
  readonly looks: Looks;
  /** The part that may count of the examination of the image itself. */
  readonly own: Examination;
  readonly numbered: readonly NumberedRequirement[];
}

interface JudgedLines {
  readonly lines: readonly LineJudgement[];
  /** Those of the image itself, then those of its platform images, if they were read. */
  readonly found: readonly JudgedAttestation[];
}

/**
 * A requirement is met at the image itself or, for an index, at every one of its platform images. The index is read only
 * if a requirement is not met before.
 */
async function judgeLines(options: LineOptions, { image, looks, own, numbered }: LinesToJudge): Promise<JudgedLines> {
  const direct = numbered.map((one) => judgeLine(own, one));
  const open = numbered.filter(
    // The types that policies ask for as upstream does are met at the digest itself or not at all.
    ({ requirement }, at) =>
      requirement.anyContent !== true && (requirement.perPlatform || direct[at]?.verdict !== 'pass'),
  );
  const platforms = open.length === 0 ? undefined : await readPlatforms(options, image);
  const ownFound = label(own.attestations, undefined, numbered);
  if (platforms === undefined) return { lines: direct, found: ownFound };
  if (platforms instanceof CodedError) {
    const lines = numbered.map((one, at) =>
      unreadable(direct[at] ?? judgeLine(own, one), platforms, open.includes(one)),
    );
    return { lines, found: ownFound };
  }
  const embedded = open.filter(({ requirement }) => requirement.buildkit);
  const examined = await Promise.all(
    platforms.images.map(async ({ digest, platform }) => {
      const where = { repository: image.repository, digest, looks };
      const examination = await examine(options, where, ({ attestations }) =>
        open.every(({ index }) => meets(attestations, index)),
      );
      const { repository } = image;
      const { entries } = platforms;
      const about = { repository, index: own, entries, platform: digest, requirements: embedded };
      return { platform, examination: withStatements(examination, await options.readStatements(about)) };
    }),
  );
  const atIndex = numbered.filter(({ requirement }) => !requirement.perPlatform);
  const found = [
    ...label(own.attestations, undefined, atIndex),
    ...examined.flatMap(({ platform, examination }) => label(examination.attestations, platform, open)),
  ];
  const lines = numbered.map((one) => {
    const line = judgeLine(own, one);
    if (!open.includes(one)) return line;
    const each = examined.map(({ platform, examination }) => ({ platform, line: judgeLine(examination, one) }));
    return judgePlatforms(line, each, one.requirement);
  });
  return { lines, found };
}

function withStatements(examination: Examination, found: FoundStatements): Examination {
  return {
    ...examination,
    attestations: [...examination.attestations, ...found.attestations],
    undecided: [...examination.undecided, ...found.undecided],
  };
}

async function readPlatforms(
  options: LineOptions,
  { repository, digest }: NamedDigest,
): Promise<Platforms | CodedError | undefined> {
  try {
    return await options.readPlatforms(repository, digest);
  } catch (error) {
    return toCodedError(error);
  }
}

/** A line that platform images could have met, if they could have been read. */
function unreadable(line: LineJudgement, error: CodedError, isOpen: boolean): LineJudgement {
  if (!isOpen) return line;
  const message = `its platform images could not be read: ${error.message}; for the image itself: ${line.message}`;
  return { ...line, verdict: 'error', reason: error.code, message, hint: error.hint };
}

interface PlatformLine {
  readonly platform: string;
  readonly line: LineJudgement;
}

/** Joins what was found at the index and at its platform images. */
function judgePlatforms(
  atIndex: LineJudgement,
  each: readonly PlatformLine[],
  { perPlatform, buildkit }: AttestationRequirement,
): LineJudgement {
  if (each.length > 0 && each.every(({ line }) => line.verdict === 'pass')) return each[0]?.line ?? atIndex;
  const missing = each.filter(({ line }) => line.verdict !== 'pass');
  const worst = missing.find(({ line }) => line.verdict === 'error') ?? missing[0];
  if (worst === undefined) {
    const message = 'the index has no platform image to look for attestations of';
    return { ...atIndex, verdict: 'fail', reason: 'NO_ATTESTATION', message };
  }
  // Where no platform has anything, the index is what people mean.
  const isOnlyIndex =
    !perPlatform && missing.every(({ line }) => line.reason === 'NO_ATTESTATION') && missing.length === each.length;
  if (isOnlyIndex || (!perPlatform && atIndex.verdict === 'error')) {
    const also = isOnlyIndex ? `; nor at any of its ${each.length} platform images` : '';
    const hint = buildkit && isOnlyIndex ? UNSIGNED_INDEX : atIndex.hint;
    return { ...atIndex, message: `${atIndex.message}${also}`, hint };
  }
  const hint = buildkit && worst.line.reason === 'NO_ATTESTATION' ? UNSIGNED_INDEX : worst.line.hint;
  const message = `platform ${worst.platform} (${missing.length} of ${each.length} platform images do not meet it): ${worst.line.message}`;
  return { ...worst.line, message, hint };
}

/** The attestations with the first line that each meets. */
function label(
  attestations: readonly ExaminedAttestation[],
  platform: string | undefined,
  numbered: readonly NumberedRequirement[],
): JudgedAttestation[] {
  return attestations.map((one) => {
    const met = numbered.find(({ index }) => meets([one], index));
    return { ...one, platform, requirement: met?.requirement.line };
  });
}

function sharedSigner(attestations: readonly JudgedAttestation[]): CertificateIdentity | undefined {
  const signers = attestations.flatMap(({ requirement, verification }) =>
    requirement !== undefined && verification.kind === 'verified' ? [verification.facts.identity] : [],
  );
  const [first] = signers;
  const isOne = signers.every((one) => one.issuer === first?.issuer && one.subject === first.subject);
  return isOne ? first : undefined;
}

function combine(
  signature: Judgement,
  attested: AttestedJudgement,
  { requireSignature }: Pick<AttestationRules, 'requireSignature'>,
): Judgement {
  const unmet = attested.lines.filter(({ verdict }) => verdict !== 'pass');
  if (requireSignature && signature.verdict !== 'pass') {
    const hint = signature.reason === 'NO_SIGNATURE' && unmet.length === 0 ? WITHOUT_SIGNATURE : signature.hint;
    return { ...signature, hint, attested };
  }
  const base = requireSignature ? signature : { ...signature, accepted: undefined };
  const worst = unmet.find(({ verdict }) => verdict === 'error') ?? unmet[0];
  if (worst !== undefined) {
    const more = unmet.length > 1 ? ` (and ${unmet.length - 1} more lines are not met)` : '';
    const message = `attestations line \`${worst.line}\`: ${worst.message}${more}`;
    return { ...base, verdict: worst.verdict, reason: worst.reason, message, hint: worst.hint, attested };
  }
  const count = attested.lines.length;
  const lines = count === 1 ? 'the required attestation is there' : `all ${count} required attestations are there`;
  const { identity } = attested;
  const signer = identity === undefined ? '' : `attested by ${identity.subject} (issuer ${identity.issuer}); `;
  const message = requireSignature ? `${signature.message}; ${lines}` : `${signer}${lines}`;
  return { ...base, verdict: 'pass', reason: null, message, hint: undefined, attested };
}

const WITHOUT_SIGNATURE =
  'Every line of `attestations` is met, only the image signature is missing. To do without it, add:\nrequire-signature: false';

const UNSIGNED_INDEX =
  "BuildKit's statements are not signed. They count only if the index itself carries an image signature that the line accepts, and if there is one for every platform image.";
