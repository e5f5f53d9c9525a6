/**
 * Holds our strict readers against Go's, which most programs that run or check images are built on: over thousands of
 * documents with changed keys, values and bytes, each of Go's readers must refuse what ours takes, or see exactly the
 * same in it. `--record` writes what Go says of the first few hundred for the tests, which need no Go.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../common/fingerprint.ts';
import { createReport, expectThat } from '../common/report.ts';
import { type DocumentKind, makeDocument, type TestDocument } from './documents.ts';
import { buildGoReader, readInGo } from './go-reader.ts';
import { compare, RECORDED, type Recorded } from './recorded.ts';
import { canonical, type Views } from './views.ts';

/** Documents of one run, a round number of each kind. */
const COUNT = 16_000;
const KINDS: readonly DocumentKind[] = ['image', 'bundle', 'statement', 'trusted root'];

const report = createReport('differential');
const go = await buildGoReader();
if ('missing' in go) {
  for (const kind of KINDS) report.skip(`differential: ${kind}`, go.missing);
} else if (process.argv.includes('--record')) {
  await record(go.path);
} else {
  const documents = Array.from({ length: COUNT }, (_, number) => makeDocument(number));
  const views = await readInGo(go.path, documents);
  for (const kind of KINDS) await report.check(`differential: ${kind}`, () => judge(kind, documents, views));
}
if (!report.finish()) process.exitCode = 1;

async function judge(kind: DocumentKind, documents: readonly TestDocument[], views: readonly Views[]): Promise<void> {
  const counts = { both: 0, 'only ours takes': 0, 'only Go takes': 0, neither: 0 };
  const differences: string[] = [];
  for (const [number, document] of documents.entries()) {
    if (document.kind !== kind) continue;
    const seen = views[number] ?? {};
    const { isTaken, differing } = compare(document, toRecorded(document, seen));
    const isTakenInGo = Object.values(seen).some((view) => view !== null);
    counts[isTaken ? (isTakenInGo ? 'both' : 'only ours takes') : isTakenInGo ? 'only Go takes' : 'neither'] += 1;
    for (const { reader, ours } of differing) {
      differences.push(
        `${number}: ${reader}\n  ours ${ours}\n  Go   ${canonical(seen[reader])}\n  ${document.bytes.toString('utf8').slice(0, 2000)}`,
      );
    }
  }
  console.log(
    `     ${kind}: ${Object.entries(counts)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ')}`,
  );
  // A reader that refuses everything would never differ.
  expectThat(counts.both > 100, 'more than 100 documents that both take', JSON.stringify(counts));
  expectThat(
    differences.length === 0,
    'no difference',
    `${differences.length}:\n${differences.slice(0, 5).join('\n')}`,
  );
}

function toRecorded({ bytes }: TestDocument, views: Views): Recorded {
  const seen = Object.entries(views).map(
    ([reader, view]) => [reader, view === null ? null : fingerprint(canonical(view))] as const,
  );
  return { document: fingerprint(bytes), seen: Object.fromEntries(seen) };
}

async function record(path: string): Promise<void> {
  const documents = Array.from({ length: RECORDED }, (_, number) => makeDocument(number));
  const views = await readInGo(path, documents);
  const lines = documents.map((document, number) => JSON.stringify(toRecorded(document, views[number] ?? {})));
  const target = join(import.meta.dirname, '../../__tests__/fixtures/differential.jsonl');
  writeFileSync(target, `${lines.join('\n')}\n`);
  console.log(`wrote ${target}`);
}
