import { markdownTable } from '../common/markdown-table.ts';
import { hidesWhatIsThere } from './expectations.ts';
import { TIMES, timesWord } from './fault-kinds.ts';
import type { CellResult } from './run-cell.ts';

/** The text of docs/fault-matrix.md: a table for each verb, a row for each target, a column for each fault. */
export function faultMatrixDocument(results: readonly CellResult[]): string {
  const red = results.filter(({ problems }) => problems.length > 0).length;
  const parts = [
    '# Fault matrix',
    '',
    'Written by `npm run faults`. Every service fails in every way, for the first request it is asked (once), the first two (twice), or all (always), while an image is signed and while it is verified; the whole product runs in each cell, against the sandbox, over real connections. Before each cell another workflow has signed the image in both formats.',
    '',
    `${results.length} cells, ${red} red. A cell is red unless`,
    '',
    '- it recovers, or ends in a code that is right for that fault (scripts/faults/expectations.ts), within its budget (`retry-for`);',
    '- nothing in the registry names what is not there, and the other signature can still be found;',
    '- a run that says it signed has left what it says; one that verified says so of the image that the right workflow signed, and never of its twin, which only a stranger has signed;',
    '- the fault was really met, and no rejection went unhandled.',
    '',
    'Each cell reads once / twice / always; one word where all three are the same. ✓ = recovers. Connection faults are those of a whole service, so rows of single requests have none (–).',
    '',
  ];
  for (const verb of ['sign', 'verify'] as const) {
    const ofVerb = results.filter(({ plan }) => plan.target.verb === verb);
    const kinds = [...new Set(ofVerb.map(({ plan }) => plan.kind.name))];
    const targets = [...new Set(ofVerb.map(({ plan }) => plan.target.name))];
    parts.push(`## ${verb === 'sign' ? 'Signing' : 'Verifying'}`, '');
    // Faults are many and targets few, so faults are rows.
    const rows = kinds.map((kind) => [
      kind,
      ...targets.map((target) =>
        cellText(ofVerb.filter(({ plan }) => plan.target.name === target && plan.kind.name === kind)),
      ),
    ]);
    parts.push(...markdownTable(['', ...targets], rows), '');
  }
  parts.push(
    '† The registry denied twice in a row that the tag exists, once when it was looked at first and once directly before it was written. That cannot be told from a new tag: what was under it is written over, and only a registry that looks at `If-None-Match` would refuse. One such answer is survived where the image was looked at before (`if-signed: skip`) or anything was seen under the tag.',
    '',
    'Rekor v2 answers with its next checkpoint, so an attempt gets at least 20 s there; its cells that hang have a budget of 75 s, all others one of 12 s.',
    '',
  );
  return parts.join('\n');
}

function cellText(results: readonly CellResult[]): string {
  if (results.length === 0) return '–';
  const words = TIMES.map((times) => {
    const found = results.find(({ plan }) => plan.times === times);
    if (found === undefined) return '–';
    const word = found.outcome === 'recovers' ? '✓' : found.outcome;
    const mark = hidesWhatIsThere(found.plan) ? '†' : '';
    return found.problems.length > 0 ? `**RED ${timesWord(times)}: ${word}**` : `${word}${mark}`;
  });
  return new Set(words).size === 1 ? (words[0] ?? '') : words.join(' / ');
}
