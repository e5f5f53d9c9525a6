import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDocument } from '../../scripts/differential/documents.ts';
import { compare, RECORDED, type Recorded } from '../../scripts/differential/recorded.ts';

/*
 * What Go's readers said of the first documents of `npm run differential`, recorded with `-- --record`, so that this
 * needs no Go.
 */

const lines = readFileSync(join(import.meta.dirname, '../fixtures/differential.jsonl'), 'utf8')
  .trim()
  .split('\n');
const recorded = lines.map((line) => JSON.parse(line) as Recorded);
const documents = recorded.map((_, number) => makeDocument(number));

test('the recorded documents are those that are made', async () => {
  const { fingerprint } = await import('../../scripts/common/fingerprint.ts');
  expect(recorded).toHaveLength(RECORDED);
  expect(documents.map(({ bytes }) => fingerprint(bytes))).toEqual(recorded.map(({ document }) => document));
});

test.each(['image', 'bundle', 'statement', 'trusted root'] as const)(
  'what our reader takes of a changed %s, Go refuses or reads the same way',
  (kind) => {
    const numbers = [...documents.keys()].filter((number) => documents[number]?.kind === kind);
    const compared = numbers.flatMap((number) => {
      const [document, verdict] = [documents[number], recorded[number]];
      return document === undefined || verdict === undefined
        ? []
        : [{ number, verdict, ...compare(document, verdict) }];
    });
    expect(compared.filter(({ differing }) => differing.length > 0)).toEqual([]);
    const taken = compared.filter(({ isTaken }) => isTaken);
    const takenByBoth = taken.filter(({ verdict }) => Object.values(verdict.seen).some((view) => view !== null));
    // A reader that refuses everything would pass, and so would one of Go's.
    expect(takenByBoth.length).toBeGreaterThan(10);
    expect(compared.length - taken.length).toBeGreaterThan(10);
  },
);
