import { visibleText } from '../domain/text/visible-text.ts';
import type { Finding, FindingKind } from '../usecases/rejudging/round.ts';

/** The name under which Events and reports are ours. */
export const MANAGER = 'countersign';
export const MANAGED_BY = { 'app.kubernetes.io/managed-by': MANAGER } as const;

const WORDS: Readonly<Record<FindingKind, string>> = {
  refused: 'would be refused today',
  undecided: 'could not be judged, and would be refused for that',
  'other-image': 'is not what runs',
};

/** One line about a finding, of at most so many bytes. */
export function findingText({ kind, field, image, reason, message, policies }: Finding, bytesMax: number): string {
  const named = policies.length === 0 ? '' : ` (policy ${policies.join(', ')})`;
  const subject = image === '' ? field : `${image} in ${field}`;
  return cutBytes(visibleText(`${subject} ${WORDS[kind]}${named}: ${reason}: ${message}`), bytesMax);
}

/** At most so many bytes of UTF-8, cut between characters. */
export function cutBytes(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  let cut = '';
  let left = bytesMax - Buffer.byteLength('…');
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    cut += character;
  }
  return `${cut}…`;
}
