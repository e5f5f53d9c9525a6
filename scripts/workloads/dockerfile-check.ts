import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectThat } from '../common/report.ts';
import { askOracle, compareWithRecorded, list, RECORDED, record } from './dockerfile-oracle.ts';
import { makeDockerfile } from './dockerfiles.ts';

/** Dockerfiles of one run. */
const COUNT = 20_000;

/** Our reader against BuildKit's parser, over thousands of Dockerfiles that were made at random. */
export async function checkDockerfiles(oracle: string): Promise<void> {
  const files = Array.from({ length: COUNT }, (_, number) => makeDockerfile(number));
  const answers = await askOracle(oracle, files);
  const counts = { both: 0, 'only ours takes': 0, 'only BuildKit takes': 0, neither: 0 };
  const differences: string[] = [];
  for (const [number, file] of files.entries()) {
    const answer = answers[number] ?? { images: [] };
    const comparison = compareWithRecorded(file, record(file, answer));
    if (typeof comparison === 'string') counts[comparison] += 1;
    else differences.push(`${JSON.stringify(file)}\n  ours     ${comparison.ours}\n  BuildKit ${list(answer.images)}`);
  }
  const shown = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  console.log(`     Dockerfiles: ${shown.join(', ')}`);
  // A reader that refuses everything would never differ.
  expectThat(counts.both > COUNT / 5, 'many files that both take', JSON.stringify(counts));
  expectThat(
    differences.length === 0,
    'no difference',
    `${differences.length}:\n${differences.slice(0, 5).join('\n')}`,
  );
}

/** Writes what BuildKit says of the first files for the tests, which need no Go. */
export async function recordDockerfiles(oracle: string): Promise<void> {
  const files = Array.from({ length: RECORDED }, (_, number) => makeDockerfile(number));
  const answers = await askOracle(oracle, files);
  const lines = files.map((file, number) => JSON.stringify(record(file, answers[number] ?? { images: [] })));
  const target = join(import.meta.dirname, '../../__tests__/fixtures/dockerfiles.jsonl');
  writeFileSync(target, `${lines.join('\n')}\n`);
  console.log(`wrote ${target}`);
}
