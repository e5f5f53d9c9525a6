import { CodedError, toCodedError } from '../../coded-error.ts';
import { type Evaluation, nearness } from '../../domain/identity/evaluation.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import type { PolicyResult, Reason } from '../../domain/results.ts';
import type { CertificateIdentity, Facts } from '../../domain/signature/facts.ts';
import { type RefusalReason, refusalRank } from '../../domain/signature/refusal.ts';
import type { Examination, ExaminedSignature } from '../examining/examine-image.ts';
import type { ExaminedAttestation } from '../examining/read-attestations.ts';
import type { Place, UnreadableCandidate } from '../ports.ts';

/** One signature and why it counts or does not count. */
export interface JudgedSignature extends ExaminedSignature {
  /** Undefined if it did not verify, or if no identity was given. */
  readonly evaluation: Evaluation | undefined;
}

/** The decision about one digest; only `pass` opens the gate. */
export interface Judgement {
  /** `allowed`: policies let the image through, although nothing about it passed. */
  readonly verdict: 'pass' | 'allowed' | 'fail' | 'error';
  readonly reason: Reason | null;
  readonly message: string;
  readonly hint: string | undefined;
  /** Accepted signatures first, newest first; then refused ones, closest to acceptance first. */
  readonly signatures: readonly JudgedSignature[];
  /** Attestations and other artifacts: listed, but never counted as signatures. */
  readonly others: readonly ExaminedSignature[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
  /** The repository that was searched for signatures, unless it is the image's own. */
  readonly elsewhere: Repository | undefined;
  /** Facts of the newest accepted signature. */
  readonly accepted: Facts | undefined;
  /** Only if attestations are required. */
  readonly attested?: AttestedJudgement;
  /** Only if the run has policies: what those that match the image say. */
  readonly policies?: readonly PolicyResult[];
}

/** The part of a decision that is about attestations. */
export interface AttestedJudgement {
  /** Accepted ones first. */
  readonly attestations: readonly JudgedAttestation[];
  /** One for each requirement, in their order. */
  readonly lines: readonly LineJudgement[];
  /** The signer of all accepted attestations, if no image signature is required and they share one. */
  readonly identity: CertificateIdentity | undefined;
}

/** One attestation and where it was found. */
export interface JudgedAttestation extends ExaminedAttestation {
  /** The platform of the image that it is about; undefined for the requested image itself. */
  readonly platform: string | undefined;
  /** The line that it meets, if any. */
  readonly requirement: string | undefined;
}

/** Whether one requirement is met, and why not. */
export interface LineJudgement {
  readonly line: string;
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly reason: Reason | null;
  readonly message: string;
  readonly hint: string | undefined;
  /** The attestation that came closest, if the requirement is not met. */
  readonly nearest: Extract<Evaluation, { kind: 'mismatch' }> | undefined;
}

/** Whether a verified signature matches the required identity; undefined: no identity was given. */
export type Evaluate = ((facts: Facts) => Evaluation) | undefined;

/**
 * Decides about one digest (contract §3). An accepted signature decides, even if another place failed. Without one, a
 * place that could not be read or a signature that could not be judged is an error, never "unsigned". Otherwise the
 * signature that came closest to acceptance determines the reason.
 */
export function judgeImage(examination: Examination, evaluate: Evaluate, elsewhere?: Repository): Judgement {
  const judged = examination.examined.map((one): JudgedSignature => {
    const { verification } = one;
    const evaluation =
      verification.kind === 'verified' && evaluate !== undefined ? evaluate(verification.facts) : undefined;
    return { ...one, evaluation };
  });
  const signatures = judged.filter((one) => one.verification.kind !== 'not-a-signature');
  const others = judged.filter((one) => one.verification.kind === 'not-a-signature');
  const accepted = signatures.filter(isAccepted).sort((a, b) => newest(b) - newest(a));
  const refused = signatures.filter((one) => !isAccepted(one)).sort((a, b) => rankOf(b) - rankOf(a));
  const base = {
    signatures: [...accepted, ...refused],
    others,
    unreadable: examination.unreadable,
    places: examination.places,
    elsewhere,
    accepted: factsOf(accepted[0]),
  };

  if (base.accepted !== undefined) {
    return { ...base, verdict: 'pass', reason: null, message: acceptedMessage(base.accepted), hint: undefined };
  }
  const failure = failedPlace(examination);
  if (failure !== undefined) {
    return { ...base, verdict: 'error', reason: failure.code, message: failure.message, hint: failure.hint };
  }
  const nearest = refused[0];
  if (nearest !== undefined) {
    const reason = reasonOf(nearest);
    return { ...base, verdict: 'fail', reason, message: refusalMessage(nearest, refused.length), hint: undefined };
  }
  const malformed = examination.unreadable.find((one) => one.outcome === 'malformed');
  if (malformed !== undefined) {
    const message = `an attached signature cannot be read: ${malformed.message}`;
    return { ...base, verdict: 'fail', reason: 'SIGNATURE_INVALID', message, hint: undefined };
  }
  return { ...base, verdict: 'fail', reason: 'NO_SIGNATURE', message: nothingFound(base), hint: undefined };
}

export function isAccepted(one: JudgedSignature): boolean {
  return one.verification.kind === 'verified' && one.evaluation?.kind === 'accepted';
}

/** Why one signature does not count; IDENTITY_MISMATCH also means "no identity was given". */
export function reasonOf(one: JudgedSignature): RefusalReason {
  if (one.verification.kind === 'refused') return one.verification.reason;
  return one.evaluation?.kind === 'mismatch' ? one.evaluation.reason : 'IDENTITY_MISMATCH';
}

export function factsOf(one: JudgedSignature | undefined): Facts | undefined {
  return one?.verification.kind === 'verified' ? one.verification.facts : undefined;
}

export function newest(one: JudgedSignature): number {
  return Math.max(...(factsOf(one)?.provenTimes.map((time) => time.getTime()) ?? [0]));
}

/** Verified signatures rank before others; among those, the one with the fewest unmet rules ranks first. */
export function rankOf(one: JudgedSignature): number {
  return one.evaluation?.kind === 'mismatch' ? nearness(one.evaluation) : refusalRank(reasonOf(one));
}

/** Why the findings about a digest are incomplete; undefined if every place and every listed signature was read. */
export function failedPlace(examination: Examination): CodedError | undefined {
  const place = examination.places.find((one) => one.outcome === 'failed');
  if (place !== undefined) {
    const cause = toCodedError(place.error);
    const code = cause.code === 'INTERNAL_ERROR' ? 'REGISTRY_UNAVAILABLE' : cause.code;
    return new CodedError(code, `could not look for signatures: ${place.request} → ${place.status}: ${cause.message}`, {
      cause,
      hint: cause.hint,
    });
  }
  const [undecided] = examination.undecided;
  if (undecided !== undefined) return toCodedError(undecided.error);
  const unreadable = examination.unreadable.find((one) => one.outcome === 'failed');
  if (unreadable === undefined) return undefined;
  const { digest, message, error: cause } = unreadable;
  return new CodedError(
    cause instanceof CodedError ? cause.code : 'REGISTRY_UNAVAILABLE',
    `a listed signature could not be fetched: ${digest}: ${message}`,
    { cause, hint: cause instanceof CodedError ? cause.hint : undefined },
  );
}

function acceptedMessage(facts: Facts): string {
  const oldest = facts.provenTimes[0]?.toISOString() ?? 'an unknown time';
  return `signed by ${facts.identity.subject} (issuer ${facts.identity.issuer}) at ${oldest}`;
}

function refusalMessage(nearest: JudgedSignature, refused: number): string {
  return `${messageOf(nearest)}${refused > 1 ? ` (closest of ${refused} signatures)` : ''}`;
}

/** Why one signature does not count, as a message. A mismatch lists every unmet rule, expected and found. */
export function messageOf({ verification, evaluation }: JudgedSignature): string {
  if (verification.kind === 'refused') return verification.message;
  return evaluation?.kind === 'mismatch' ? mismatchMessage(evaluation) : 'no identity was given';
}

/** Every unmet rule of a mismatch, expected and found. */
export function mismatchMessage({ findings }: Extract<Evaluation, { kind: 'mismatch' }>): string {
  const unmet = findings.filter((finding) => !finding.ok);
  return unmet
    .map(({ field, expected, found }) => `${field}: expected ${expected}, found ${found ?? 'nothing'}`)
    .join('; ');
}

function nothingFound(found: Pick<Judgement, 'elsewhere' | 'others' | 'places' | 'unreadable'>): string {
  const where = found.elsewhere === undefined ? '' : ` in ${formatRepository(found.elsewhere)}`;
  const places = found.places.map(({ request, status, entries }) => `${request} → ${status}, ${entries} listed`);
  const attestations = found.others.flatMap(({ verification }) =>
    verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : [],
  );
  const artifacts = found.unreadable.map(
    (one) => one.predicateType ?? one.artifactType ?? 'an artifact without a type',
  );
  const others = [...new Set([...attestations, ...artifacts])];
  const seen =
    others.length === 0 ? '' : `; other artifacts found, none an image signature: ${others.slice(0, 10).join(', ')}`;
  return `no signature was found${where}: ${places.join('; ')}${seen}`;
}
