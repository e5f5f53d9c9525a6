/**
 * Every service made to fail in every way, once, twice and for good, while signing and while verifying: the
 * matrix is generated, each cell runs the product in this process against a world with that one fault, and
 * the table is written to docs/fault-matrix.md. Exits 1 if a cell is red.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../sandbox/world.ts';
import { mapLimited } from '../../src/usecases/map-limited.ts';
import { optionOf } from '../common/arguments.ts';
import type { CellPlan } from './cell-plan.ts';
import { startBase } from './cell-world.ts';
import { runDistSamples } from './dist-samples.ts';
import { faultMatrixDocument } from './document.ts';
import { installFailingLookup } from './failing-lookup.ts';
import { FAULT_KINDS, TIMES } from './fault-kinds.ts';
import { runCell } from './run-cell.ts';
import { targetsFor } from './targets.ts';

const CONCURRENCY = 32;
const started = performance.now();
const only = optionOf('only');
/** A rejection nobody handles ends a real run at once, without outputs and summary. */
const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
const lookup = installFailingLookup();
await using base = await startBase(lookup);
const plans: CellPlan[] = targetsFor(base.image)
  .flatMap((target) =>
    FAULT_KINDS.filter((kind) => target.whole || kind.group !== 'connection').flatMap((kind) =>
      TIMES.map((times): CellPlan => ({ target, kind, times })),
    ),
  )
  .filter(({ target, kind }) => only === undefined || `${target.verb} ${target.name} ${kind.name}`.includes(only));
// A matrix without a cell would pass by checking nothing.
if (plans.length === 0) throw new Error(`--only=${only}: no cell has that in its name, such as "sign CA 503"`);
// The longest first: cells that hang keep no processor busy, and must not come last.
const isLong = ({ target, kind }: CellPlan): boolean => target.service === 'log v2' && kind.name.startsWith('hang');
const inTurn = [...plans].sort((one, other) => Number(isLong(other)) - Number(isLong(one)));
const ended = await mapLimited(inTurn, { limit: CONCURRENCY }, (plan) => runCell(base, lookup, plan));
// A busy machine can use up a budget. Only cells that were safe and merely did not recover get a second try, alone.
for (const [index, { plan, problems, isSafe }] of ended.entries()) {
  if (problems.length === 0 || !isSafe) continue;
  console.log(
    `again, alone: ${plan.target.verb}, ${plan.target.name}, ${plan.kind.name}, ${plan.times}: ${problems.join('; ')}`,
  );
  ended[index] = await runCell(base, lookup, plan);
}
const results = ended.toSorted((one, other) => plans.indexOf(one.plan) - plans.indexOf(other.plan));
const seconds = Math.round((performance.now() - started) / 1000);
const red = results.filter((result) => result.problems.length > 0);
for (const { plan, outcome, problems, message } of red)
  console.log(
    `RED  ${plan.target.verb}, ${plan.target.name}, ${plan.kind.name}, ${plan.times}: ${outcome}: ${problems.join('; ')}\n     ${message}`,
  );
for (const reason of unhandled) console.log('RED  a rejection that nobody handled:', reason);
console.log(`fault matrix: ${results.length} cells, ${red.length} red, ${seconds} s`);
if (only === undefined) {
  writeFileSync(join(ROOT, 'docs', 'fault-matrix.md'), faultMatrixDocument(results));
}
const failedSamples = only === undefined ? await runDistSamples() : 0;
process.exitCode = red.length + unhandled.length + failedSamples === 0 ? 0 : 1;
