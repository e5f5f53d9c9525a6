import { digestOf } from '../../domain/image/digest.ts';
import { formatPinned, formatRepository } from '../../domain/image/reference.ts';
import { distinctSources } from '../../domain/image/source.ts';
import type { AttestationResult, ImageResult, PlatformResult, Results, SignatureResult } from '../../domain/results.ts';
import { skippedResults } from '../examining/skipped-results.ts';
import { failureOf, type SignedImage, type SignOutcome } from './sign-images.ts';
import type { TaskOutcome } from './sign-task.ts';

/**
 * The results JSON of a sign run (contract §4): `pass` = signed now or already signed. `annotations` are the ones that
 * the run signed.
 */
export function signResults(outcome: SignOutcome, annotations: Readonly<Record<string, string>>): Results {
  const images = outcome.images.map((one) => signedResult(one, annotations));
  return { schemaVersion: 2, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}

/** The results of one image. */
export function signedResult(one: SignedImage, annotations: Readonly<Record<string, string>>): ImageResult {
  const failure = failureOf(one);
  const { first, image } = one;
  const platforms = platformResults(one);
  return {
    reference: first.original,
    resolved: image === undefined ? null : formatPinned(image.repository, image.digest),
    repository: formatRepository(first.repository),
    tag: first.tag ?? null,
    digest: image?.digest ?? first.digest ?? null,
    verdict: failure === undefined ? 'pass' : 'error',
    reason: failure?.reason ?? null,
    message: failure?.error.message ?? doneMessage(one),
    sources: distinctSources((image?.references ?? [first]).flatMap((reference) => reference.sources)),
    signatures: one.outcomes
      .filter(({ task }) => task.platform === undefined && task.attestation === undefined)
      .flatMap((one) => signatureResult(one, annotations)),
    ...attestationResults(one),
    ...(platforms.length === 0 ? {} : { platforms }),
    ...skippedResults(image),
  };
}

function doneMessage(one: SignedImage): string {
  const signatures = one.outcomes.filter(({ task }) => task.attestation === undefined);
  const attestations = one.outcomes.filter(({ task }) => task.attestation !== undefined);
  const parts = [
    ...(signatures.length === 0 ? [] : [doneText(signatures, SIGNATURES)]),
    ...(attestations.length === 0 ? [] : [doneText(attestations, ATTESTATIONS)]),
  ];
  return parts.join('; ');
}

const SIGNATURES = {
  done: 'signed',
  before: 'already signed with the same identity and annotations',
  noun: 'signatures',
};
const ATTESTATIONS = {
  done: 'attested',
  before: 'already attested with the same identity and content',
  noun: 'attestations',
};

function doneText(outcomes: readonly TaskOutcome[], words: typeof SIGNATURES): string {
  const made = outcomes.filter((outcome) => outcome.kind === 'signed').length;
  const present = outcomes.length - made;
  if (made === 0) return words.before;
  return present === 0 ? words.done : `${words.done}; ${present} of ${outcomes.length} ${words.noun} already existed`;
}

/** Also those about images of an index, which the platforms do not list. */
function attestationResults(one: SignedImage): Pick<ImageResult, 'attestations'> {
  const outcomes = one.outcomes.filter(({ task }) => task.attestation !== undefined);
  if (outcomes.length === 0) return {};
  const attestations = outcomes.flatMap((outcome) =>
    signatureResult(outcome, {}).map(
      (result): AttestationResult => ({
        ...result,
        predicateType: outcome.task.attestation?.predicateType ?? '',
        requirement: null,
        statementPath: null,
        ...(outcome.kind === 'failed' || outcome.github === undefined ? {} : { github: outcome.github }),
        ...(outcome.task.platform === undefined ? {} : { platform: outcome.task.platform }),
      }),
    ),
  );
  return { attestations };
}

function platformResults(one: SignedImage): PlatformResult[] {
  return (one.image?.platforms ?? []).map(({ platform, digest }): PlatformResult => {
    const mine = one.outcomes.filter(
      (outcome) => outcome.task.digest === digest && outcome.task.platform !== undefined,
    );
    const failed = mine.find((outcome) => outcome.kind === 'failed');
    const error = failed?.kind === 'failed' ? failed.error : one.error;
    const done = error === undefined && mine.length > 0;
    return {
      platform,
      digest,
      verdict: done ? 'pass' : 'error',
      reason: error?.code ?? (done ? null : 'INTERNAL_ERROR'),
    };
  });
}

function signatureResult(outcome: TaskOutcome, annotations: Readonly<Record<string, string>>): SignatureResult[] {
  switch (outcome.kind) {
    case 'failed':
      return [];
    case 'present': {
      const { facts, candidate } = outcome.own;
      return [
        {
          format: candidate.format,
          digest: candidate.digest,
          verdict: 'accepted',
          reason: null,
          issuer: facts.identity.issuer,
          subject: facts.identity.subject,
          claims: { ...facts.identity.claims },
          annotations: { ...facts.annotations },
          signedAt: facts.provenTimes[0]?.toISOString() ?? null,
          log: facts.log === undefined ? null : { url: facts.log.url, index: facts.log.index },
          written: false,
        },
      ];
    }
    case 'signed': {
      const { made, task, storedAs } = outcome;
      return [
        {
          format: task.format,
          digest: storedAs ?? digestOf(made.bundle),
          verdict: 'accepted',
          reason: null,
          issuer: made.identity.issuer,
          subject: made.identity.subject,
          claims: { ...made.identity.claims },
          annotations: { ...annotations },
          signedAt: made.signedAt.toISOString(),
          log: made.log ?? null,
          written: storedAs !== undefined,
        },
      ];
    }
  }
}
