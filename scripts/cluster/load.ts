/**
 * What the webhook costs under load, on this machine: Pods at a fixed rate by HTTPS to the built bundle, cold and warm,
 * with a registry that is busy, while certificates and policies change, and its memory. Beside it a bare HTTPS echo in the
 * same run. Fails if a good Pod is kept out or a request is dropped; with `--strict` also if a goal for speed or memory is
 * missed. `--short` measures less; `--pods=N`, `--images=N`, `--rate=N`, `--reload-seconds=N`, `--digests=N`.
 */
import { join } from 'node:path';
import { ROOT } from '../../sandbox/world.ts';
import { countOf, hasFlag } from '../common/arguments.ts';
import { markdownTable } from '../common/markdown-table.ts';
import { runProgram } from '../common/run-program.ts';
import { cellsOf, RATIO_MAX, runLoad } from './load/run-load.ts';
import { SHORT, USUAL_LOAD } from './load/sizes.ts';

const usual = hasFlag('short') ? SHORT : USUAL_LOAD;
const result = await runLoad({
  pods: countOf('pods', usual.pods),
  images: countOf('images', usual.images),
  perSecond: countOf('rate', usual.perSecond),
  reloadSeconds: countOf('reload-seconds', usual.reloadSeconds),
  digests: countOf('digests', usual.digests),
});
const { rows, failures, ratio, residentMb, reloads } = result;
const head = [
  '',
  'requests',
  'p50 (ms)',
  'p90 (ms)',
  'p99 (ms)',
  'longest (ms)',
  'sent late, p99 (ms)',
  'CPU each (ms)',
  'kinds of denials',
];
console.log('');
console.log(markdownTable(head, rows.map(cellsOf), { rightAligned: [1, 2, 3, 4, 5, 6, 7, 8] }).join('\n'));
console.log('');
let isMissed = false;
const goal = (what: string, holds: boolean): void => {
  console.log(`${holds ? 'met   ' : 'MISSED'} ${what}`);
  if (!holds) isMissed = true;
};
goal(`warm p99 is ${ratio.toFixed(1)} times that of the echo (goal: at most ${RATIO_MAX})`, ratio <= RATIO_MAX);
console.log(
  `       ${reloads.certificates} certificates and ${reloads.policies} sets of policies in the run with changes`,
);
console.log(
  `       resident memory over the distinct images: ${residentMb.map((one) => one.toFixed(0)).join(', ')} MB`,
);
if (!hasFlag('short')) {
  // 60,000 digests, in process and with a stand-in registry: the limit of the memory is reached, and held.
  const heap = await runProgram(process.execPath, ['--expose-gc', join(ROOT, 'scripts/growth/admission-memory.ts')]);
  console.log(heap.out.trim().replace(/^/gm, '       '));
  goal('the heap stays flat once the memory of verdicts is full', heap.code === 0);
}
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length > 0 || (isMissed && hasFlag('strict')) ? 1 : 0;
