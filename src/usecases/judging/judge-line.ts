import { CodedError } from '../../coded-error.ts';
import { type Evaluation, nearness } from '../../domain/identity/evaluation.ts';
import { type RefusalReason, refusalRank } from '../../domain/signature/refusal.ts';
import type { Examination } from '../examining/examine-image.ts';
import type { ExaminedAttestation, RootedRequirement } from '../examining/read-attestations.ts';
import { failedPlace, type LineJudgement, mismatchMessage } from './judge-image.ts';

type Mismatch = Extract<Evaluation, { kind: 'mismatch' }>;

/** A requirement and its place in the list of requirements. */
export interface NumberedRequirement {
  readonly requirement: RootedRequirement;
  readonly index: number;
}

/** True if one of the attestations meets the requirement. */
export function meets(attestations: readonly ExaminedAttestation[], index: number): boolean {
  return attestations.some(
    ({ verification }) => verification.kind === 'verified' && verification.evaluations[index]?.kind === 'accepted',
  );
}

/**
 * Decides whether a requirement is met by the attestations about one digest. An accepted one decides, even if another place
 * failed. Without one, a place that could not be read, or an attestation that exceeds a limit, is an error, because it
 * could have met the requirement. Otherwise the attestation that came closest determines the reason.
 */
export function judgeLine(examination: Examination, { requirement, index }: NumberedRequirement): LineJudgement {
  const { line } = requirement;
  const base = { line, hint: undefined, nearest: undefined };
  if (meets(examination.attestations, index)) return { ...base, verdict: 'pass', reason: null, message: 'met' };
  const failure = failedPlace(examination) ?? tooLarge(examination) ?? unread(examination);
  if (failure !== undefined) {
    return { ...base, verdict: 'error', reason: failure.code, message: failure.message, hint: failure.hint };
  }
  const near = examination.attestations
    .flatMap((one) => shortfall(one, { requirement, index }))
    .sort((a, b) => b.rank - a.rank);
  const [nearest] = near;
  if (nearest !== undefined) {
    const { reason, mismatch } = nearest;
    const message = `${nearest.message}${near.length > 1 ? ` (closest of ${near.length} attestations)` : ''}`;
    return { ...base, verdict: 'fail', reason, message, nearest: mismatch };
  }
  return { ...base, verdict: 'fail', reason: 'NO_ATTESTATION', message: nothingFound(examination) };
}

interface Shortfall {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly rank: number;
  readonly mismatch: Mismatch | undefined;
}

/** Why an attestation of the required type does not meet the requirement. */
function shortfall({ predicateType, verification }: ExaminedAttestation, wanted: NumberedRequirement): Shortfall[] {
  if (verification.kind === 'refused') {
    const { reason, message } = verification;
    const isOfType = wanted.requirement.type.accepts(predicateType);
    return isOfType ? [{ reason, message, rank: refusalRank(reason), mismatch: undefined }] : [];
  }
  const evaluation = verification.evaluations[wanted.index];
  if (evaluation?.kind !== 'mismatch') return [];
  const { reason } = evaluation;
  return [{ reason, message: mismatchMessage(evaluation), rank: nearness(evaluation), mismatch: evaluation }];
}

function tooLarge({ unreadable }: Examination): CodedError | undefined {
  const one = unreadable.find(({ isTooLarge }) => isTooLarge === true);
  if (one === undefined) return undefined;
  return new CodedError(
    'REGISTRY_INVALID',
    `an attached artifact is too large to be read: ${one.digest}: ${one.message}`,
    {
      hint: 'Attach a smaller attestation; bundles may have 24 MiB. Delete the large one if nothing needs it.',
    },
  );
}

function unread({ unreadable }: Examination): CodedError | undefined {
  const one = unreadable.find(({ isUnread }) => isUnread === true);
  if (one === undefined) return undefined;
  const cause = one.error instanceof CodedError ? one.error : undefined;
  return new CodedError(
    cause?.code ?? 'REGISTRY_UNAVAILABLE',
    `an attestation that is attached could not be read: ${one.digest}: ${one.message}`,
    { cause: one.error, hint: cause?.hint },
  );
}

/** The maximum number of artifacts that a message names. */
const NAMED_MAX = 10;

/** The places that were asked, and what was found instead. */
function nothingFound({ examined, attestations, unreadable, places }: Examination): string {
  const asked = places.map(({ request, status, entries }) => `${request} → ${status}, ${entries} listed`);
  const found = [
    ...examined.map(({ verification }) => {
      if (verification.kind === 'not-a-signature') return verification.predicateType ?? verification.what;
      const isUnread = verification.kind === 'refused' && verification.reason === 'SIGNATURE_INVALID';
      return isUnread ? `an artifact that cannot be read (${verification.message})` : 'an image signature';
    }),
    ...attestations.map(({ predicateType }) => predicateType),
    ...unreadable.map(({ artifactType }) => artifactType ?? 'an artifact without a type'),
  ];
  const named = [...new Set(found)].slice(0, NAMED_MAX);
  const instead = named.length === 0 ? 'nothing is attached' : `found instead: ${named.join(', ')}`;
  return `no attestation of this type was found: ${asked.join('; ')}; ${instead}`;
}
