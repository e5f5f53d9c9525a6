import { nearness } from '../../domain/identity/evaluation.ts';
import { formatPinned, formatRepository } from '../../domain/image/reference.ts';
import { distinctSources } from '../../domain/image/source.ts';
import type {
  AttestationResult,
  ImageResult,
  PlatformResult,
  Reason,
  Results,
  SignatureResult,
  Verdict,
} from '../../domain/results.ts';
import type { CertificateIdentity } from '../../domain/signature/facts.ts';
import { skippedResults } from '../examining/skipped-results.ts';
import {
  isAccepted,
  type JudgedAttestation,
  type JudgedSignature,
  type Judgement,
  messageOf,
  mismatchMessage,
  reasonOf,
} from '../judging/judge-image.ts';
import type { JudgedPlatform, VerifiedImage } from './verify-images.ts';

/** Verdicts from best to worst. An image gets the worst verdict of its platforms. */
const WORSE: readonly Verdict[] = ['pass', 'allowed', 'fail', 'error'];

/** The results JSON of a verify run (contract §4). `verified` only if there is at least one image and all passed. */
export function verifyResults(images: readonly ImageResult[]): Results {
  return { schemaVersion: 2, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}

/** The worst verdict of a run; a run without images is an error. */
export function worstVerdict(results: Results): Verdict {
  return results.images.reduce<Verdict>(
    (worst, { verdict }) => (WORSE.indexOf(verdict) > WORSE.indexOf(worst) ? verdict : worst),
    results.images.length === 0 ? 'error' : 'pass',
  );
}

/**
 * The results of one image: the worst verdict among it and its platforms. `warn` turns `fail` and `error` into
 * `allowed` and keeps the reason, except for INPUT_INVALID.
 */
export function imageResult(one: VerifiedImage, mode: 'enforce' | 'warn'): ImageResult {
  const own = decide(one);
  const worst = decidingPlatform(one);
  const decided =
    worst === undefined ? own : { ...decide(worst), message: `platform ${worst.platform}: ${decide(worst).message}` };
  const inMode =
    mode === 'warn' ? allow : <Kept extends { verdict: Verdict; reason: Reason | null }>(kept: Kept) => kept;
  const { repository, tag } = one.first;
  return {
    reference: one.first.original,
    resolved: one.image === undefined ? null : formatPinned(one.image.repository, one.image.digest),
    repository: formatRepository(repository),
    tag: tag ?? null,
    digest: one.image?.digest ?? one.first.digest ?? null,
    ...inMode(decided),
    sources: distinctSources(one.references.flatMap((reference) => reference.sources)),
    ...(one.judgement?.policies === undefined ? {} : { policies: one.judgement.policies }),
    signatures: one.judgement?.signatures.map(signatureResult) ?? [],
    ...(one.judgement?.attested === undefined
      ? {}
      : { attestations: one.judgement.attested.attestations.map(attestationResult) }),
    ...(one.platforms.length === 0
      ? {}
      : { platforms: one.platforms.map((platform) => inMode(platformResult(platform))) }),
    ...skippedResults(one.image),
  };
}

/** The platform image that decides about the image: the first one with a verdict worse than all before and the image's own. */
export function decidingPlatform(one: VerifiedImage): JudgedPlatform | undefined {
  const rank = (of: Pick<JudgedPlatform, 'judgement' | 'error'>): number => WORSE.indexOf(decide(of).verdict);
  return one.platforms.reduce<JudgedPlatform | undefined>(
    (before, platform) => (rank(platform) > rank(before ?? one) ? platform : before),
    undefined,
  );
}

function platformResult(one: JudgedPlatform): PlatformResult {
  const { verdict, reason } = decide(one);
  return { platform: one.platform, digest: one.digest, verdict, reason };
}

function decide(one: Pick<JudgedPlatform, 'judgement' | 'error'>): {
  verdict: Verdict;
  reason: Reason | null;
  message: string;
} {
  if (one.error !== undefined) return { verdict: 'error', reason: one.error.code, message: one.error.message };
  if (one.judgement === undefined) {
    return { verdict: 'error', reason: 'INTERNAL_ERROR', message: 'the image was not judged' };
  }
  const { verdict, reason, message } = one.judgement;
  return { verdict, reason, message };
}

/** Applies `mode: warn` to a verdict. */
function allow<Kept extends { readonly verdict: Verdict; readonly reason: Reason | null }>(kept: Kept): Kept {
  const lets = (kept.verdict === 'fail' || kept.verdict === 'error') && kept.reason !== 'INPUT_INVALID';
  return lets ? { ...kept, verdict: 'allowed' } : kept;
}

function signatureResult(one: JudgedSignature): SignatureResult {
  const { candidate, verification } = one;
  const verified = verification.kind === 'verified' ? verification.facts : undefined;
  const identity = verified?.identity ?? (verification.kind === 'refused' ? verification.unverified : undefined);
  const accepted = isAccepted(one);
  return {
    format: candidate.format,
    digest: candidate.digest,
    verdict: accepted ? 'accepted' : 'rejected',
    reason: accepted ? null : reasonOf(one),
    issuer: identity?.issuer ?? null,
    subject: identity?.subject ?? null,
    claims: { ...identity?.claims },
    annotations: { ...verified?.annotations },
    signedAt: verified?.provenTimes[0]?.toISOString() ?? null,
    log: verified?.log === undefined ? null : { url: verified.log.url, index: verified.log.index },
    ...(verified === undefined && identity !== undefined ? { unverified: true } : {}),
    ...(accepted ? {} : { message: messageOf(one) }),
  };
}

function attestationResult({ verification, ...one }: JudgedAttestation): AttestationResult {
  const { format, digest, predicateType, requirement, platform } = one;
  const verified = verification.kind === 'verified' ? verification : undefined;
  const identity = verified?.facts.identity ?? (verification.kind === 'refused' ? verification.unverified : undefined);
  const problem = requirement === undefined ? shortfallOf({ verification }) : undefined;
  const { provenTimes, log } = verified?.facts ?? {};
  return {
    format,
    digest,
    verdict: requirement === undefined ? 'rejected' : 'accepted',
    reason: problem?.reason ?? null,
    predicateType,
    requirement: requirement ?? null,
    statementPath: verified?.statementPath ?? null,
    issuer: identity?.issuer ?? null,
    subject: identity?.subject ?? null,
    claims: { ...identity?.claims },
    annotations: {},
    signedAt: provenTimes?.[0]?.toISOString() ?? null,
    log: log === undefined ? null : { url: log.url, index: log.index },
    ...(verified === undefined && identity !== undefined ? { unverified: true } : {}),
    ...(problem === undefined ? {} : { message: problem.message }),
    ...(platform === undefined ? {} : { platform }),
  };
}

/** Why an attestation does not count: the line that it comes closest to decides. */
function shortfallOf({ verification }: Pick<JudgedAttestation, 'verification'>): {
  readonly reason: Reason | null;
  readonly message: string;
} {
  if (verification.kind === 'refused') return verification;
  const mismatches = verification.evaluations.filter((one) => one?.kind === 'mismatch');
  const [nearest] = mismatches.toSorted((a, b) => nearness(b) - nearness(a));
  if (nearest === undefined) return { reason: null, message: 'no line of `attestations` counts it here' };
  return { reason: nearest.reason, message: mismatchMessage(nearest) };
}

/** Issuer and subject of the newest accepted signatures, if they are the same for all images. */
export function sharedIdentity(images: readonly VerifiedImage[]): { issuer: string; subject: string } | undefined {
  const identities = images.map(({ judgement }) => acceptedIdentity(judgement));
  const [first] = identities;
  if (first === undefined) return undefined;
  const same = identities.every((one) => one?.issuer === first.issuer && one.subject === first.subject);
  return same ? { issuer: first.issuer, subject: first.subject } : undefined;
}

function acceptedIdentity(judgement: Judgement | undefined): CertificateIdentity | undefined {
  return judgement?.accepted?.identity ?? judgement?.attested?.identity;
}
