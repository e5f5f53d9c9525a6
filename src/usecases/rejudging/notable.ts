import type { Finding, Round } from './round.ts';

/** Identifies what an Event says: the same Pod, image and reason are one. */
export function findingKey({ pod, image, reason }: Finding): string {
  return JSON.stringify([pod.uid, image, reason]);
}

/**
 * The findings of each round that are worth an Event, each Pod, image and reason once. What could not be decided is one
 * only if the round before could not decide it either: an outage of a registry ends by itself, and is in the metric at
 * once.
 */
export function createNotable(): (round: Pick<Round, 'findings'>) => Finding[] {
  let undecidedBefore: ReadonlySet<string> = new Set();
  return ({ findings }) => {
    const undecided = new Set<string>();
    const notable = new Map<string, Finding>();
    for (const finding of findings) {
      const key = findingKey(finding);
      // Outages change their names from one attempt to the next.
      const image = JSON.stringify([finding.pod.uid, finding.image]);
      if (finding.kind === 'undecided') undecided.add(image);
      if (finding.kind === 'undecided' && !undecidedBefore.has(image)) continue;
      if (!notable.has(key)) notable.set(key, finding);
    }
    undecidedBefore = undecided;
    return [...notable.values()];
  };
}
