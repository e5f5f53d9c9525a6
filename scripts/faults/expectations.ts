import type { Reason } from '../../src/domain/results.ts';
import type { CellPlan } from './cell-plan.ts';
import type { Target } from './targets.ts';

export type Outcome = 'recovers' | Reason;

/** Kinds that are answers: nothing says that they may be gone a moment later. */
const ANSWERS = ['401 loop', '403', '404', 'HTML 200', 'wrong Content-Type', 'bit flip'] as const;
/** What each of them ends in if it stays; several where the place of the damage decides. */
type Always = readonly [
  unauthorized: string,
  denied: string,
  notFound: string,
  html: string,
  contentType: string,
  bitFlip: string,
];

const DENIED = 'REGISTRY_DENIED';
const INVALID = 'REGISTRY_INVALID';
const OK = 'recovers';
const BAD = 'INPUT_INVALID';
/** Writing: the answer has no body that anybody reads. */
const WRITE: Always = [DENIED, DENIED, INVALID, INVALID, OK, OK];
/** Reading a shared tag to write over it. 404 is how a registry says that there is none. */
const READ_TAG: Always = [DENIED, DENIED, OK, INVALID, INVALID, INVALID];
const TOKEN: Always = [DENIED, DENIED, INVALID, INVALID, OK, `${OK} ${DENIED} ${INVALID}`];
const TUF: Always = [
  'TRUST_ROOT_UNAVAILABLE',
  'TRUST_ROOT_UNAVAILABLE',
  'TRUST_ROOT_UNAVAILABLE',
  'TRUST_ROOT_INVALID',
  OK,
  'TRUST_ROOT_INVALID',
];
const NO_TOKEN = 'IDENTITY_TOKEN_UNAVAILABLE';
/** A login page in the place of a listing, or one under another type, is neither a signature nor proof of none. */
const LISTING: Always = [DENIED, DENIED, 'NO_SIGNATURE', INVALID, INVALID, `${OK} ${INVALID} NO_SIGNATURE`];
/** Other bytes than their digest says: refused as malformed. */
const BY_DIGEST: Always = [
  DENIED,
  DENIED,
  'REGISTRY_UNAVAILABLE',
  'SIGNATURE_INVALID',
  'SIGNATURE_INVALID',
  'SIGNATURE_INVALID',
];

const ALWAYS: Readonly<Record<string, Always>> = {
  'sign registry, every request': [DENIED, DENIED, 'IMAGE_NOT_FOUND', INVALID, INVALID, `${OK} ${INVALID}`],
  'sign registry: the image': [DENIED, DENIED, 'IMAGE_NOT_FOUND', INVALID, INVALID, OK],
  // No listing that can be believed: the tag is written as if there were no API (Google AR, GHCR).
  'sign registry: referrers': [DENIED, DENIED, OK, OK, OK, OK],
  'sign registry: open upload': WRITE,
  'sign registry: put blob': WRITE,
  'sign registry: put signature': WRITE,
  'sign registry: read tag': READ_TAG,
  'sign registry: write tag': WRITE,
  'sign registry: read .sig tag': READ_TAG,
  'sign registry: write .sig tag': WRITE,
  'sign token server': TOKEN,
  'sign id-token': [NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, OK, `${NO_TOKEN} CA_REFUSED`],
  'sign CA': ['CA_REFUSED', 'CA_REFUSED', 'CA_REFUSED', 'CA_INVALID', OK, 'CA_INVALID'],
  'sign log (Rekor v1)': ['LOG_INVALID', 'LOG_INVALID', 'LOG_INVALID', 'LOG_INVALID', OK, 'LOG_INVALID'],
  'sign log (Rekor v2)': ['LOG_INVALID', 'LOG_INVALID', 'LOG_INVALID', 'LOG_INVALID', OK, 'LOG_INVALID'],
  'sign TSA': ['TSA_INVALID', 'TSA_INVALID', 'TSA_INVALID', 'TSA_INVALID', OK, 'TSA_INVALID'],
  'sign TUF mirror': TUF,
  // What is not a plain file of the base commit is a bad input; an altered one is a root or config that does not hold.
  'sign GitHub API: files of the base': [BAD, BAD, BAD, BAD, BAD, `${BAD} SELF_VERIFICATION_FAILED`],
  'verify registry, every request': [
    DENIED,
    DENIED,
    'IMAGE_NOT_FOUND',
    INVALID,
    INVALID,
    `${INVALID} SIGNATURE_INVALID NO_SIGNATURE`,
  ],
  'verify registry: the image': [DENIED, DENIED, 'IMAGE_NOT_FOUND', INVALID, INVALID, OK],
  'verify registry: referrers': LISTING,
  'verify registry: signature': BY_DIGEST,
  'verify registry: bundle': [DENIED, DENIED, 'REGISTRY_UNAVAILABLE', 'SIGNATURE_INVALID', OK, 'SIGNATURE_INVALID'],
  'verify registry: read tag': LISTING,
  'verify registry: read .sig tag': [
    DENIED,
    DENIED,
    'NO_SIGNATURE',
    INVALID,
    INVALID,
    `${OK} ${INVALID} SIGNATURE_INVALID`,
  ],
  // Storage knows no login of ours: what it refuses is refused.
  'verify storage of redirected blobs': [
    DENIED,
    DENIED,
    'REGISTRY_UNAVAILABLE',
    'SIGNATURE_INVALID',
    OK,
    'SIGNATURE_INVALID',
  ],
  'verify token server': TOKEN,
  'verify TUF mirror': TUF,
  'verify GitHub API: check run': [OK, OK, OK, OK, OK, OK],
};

/** HEAD and writes: their answers have no body that could hang or be cut. */
const BODILESS = /: (?:the image|open upload|put blob|put signature|write tag|write \.sig tag)$/;
const IN_BODY: readonly string[] = ['hang in body', 'truncated body'];

/**
 * What a cell may end in; anything else is red. An outage that ends is recovered from, one that stays has the
 * code of its service. A wrong answer is not asked again, so once or twice it may be met or survived; if it
 * stays, exactly one code is right, unless the place of the damage decides.
 */
export function expectedOutcomes({
  target,
  kind,
  times,
}: Pick<CellPlan, 'target' | 'kind' | 'times'>): readonly Outcome[] {
  const position = (ANSWERS as readonly string[]).indexOf(kind.name);
  if (position === -1) {
    if (times !== 'always' || (IN_BODY.includes(kind.name) && BODILESS.test(target.name))) return ['recovers'];
    return [target.unavailable];
  }
  const codes = codesOf(target, position);
  return times === 'always' ? codes : [...new Set<Outcome>(['recovers', ...codes])];
}

function codesOf(target: Target, position: number): readonly Outcome[] {
  const row = ALWAYS[`${target.verb} ${target.name}`];
  if (row === undefined) throw new Error(`nothing is expected of ${target.verb} ${target.name}`);
  return (row[position] ?? '').split(' ') as Outcome[];
}

/**
 * True where a registry denies twice in a row that a tag exists: nobody can tell that from a new tag, so what
 * was under it is written over. (A reading before the step and one directly before the write must both lie.)
 */
export function hidesWhatIsThere({ target, kind, times }: Pick<CellPlan, 'target' | 'kind' | 'times'>): boolean {
  return kind.name === '404' && times !== 1 && /: read (?:\.sig )?tag$/.test(target.name) && target.verb === 'sign';
}
