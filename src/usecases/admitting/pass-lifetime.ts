import type { Policy } from '../../domain/policy/policy.ts';
import { isAccepted, type Judgement } from '../judging/judge-image.ts';

/**
 * When a pass ends because of a `max-age` of these policies, in ms since the epoch; Infinity if none has one. The earliest
 * end of any accepted signature or attestation under any of the ages counts: it may not be the one that the pass rests on,
 * and then the image is only judged again earlier. An end that had passed when the image was judged is nobody's reason to
 * pass, so it does not count; a time that is none counts as the end.
 */
export function endOfPass(judgement: Judgement, policies: readonly Policy[], judgedAtMs: number): number {
  const ages = agesOf(policies);
  const ends = oldestTimes(judgement).flatMap((oldestMs) => ages.map((ageMs) => oldestMs + ageMs));
  return Math.min(Number.POSITIVE_INFINITY, ...new Set(ends.filter((endMs) => !(endMs < judgedAtMs))));
}

function agesOf(policies: readonly Policy[]): number[] {
  const keyless = policies.flatMap(({ authorities }) =>
    authorities.flatMap((one) => (one.kind === 'keyless' ? [one] : [])),
  );
  const requirements = keyless.flatMap(({ requirement, attestations }) => [
    requirement,
    ...attestations.flatMap(({ signers }) => signers),
  ]);
  return [...new Set(requirements.flatMap(({ maxAgeMs }) => maxAgeMs ?? []))];
}

/** The time from which `max-age` counts, of each signature and attestation that was accepted by some rule; in ms. */
function oldestTimes({ signatures, attested }: Judgement): number[] {
  const times = [
    ...signatures
      .filter(isAccepted)
      .flatMap(({ verification }) => (verification.kind === 'verified' ? [verification.facts.provenTimes] : [])),
    ...(attested?.attestations ?? []).flatMap(({ verification }) =>
      verification.kind === 'verified' && verification.evaluations.some((one) => one?.kind === 'accepted')
        ? [verification.facts.provenTimes]
        : [],
    ),
  ];
  return [...new Set(times.map((list) => Math.min(...list.map((time) => time.getTime()))))];
}
