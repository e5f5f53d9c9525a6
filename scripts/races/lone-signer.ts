import { expectThat, type Report } from '../common/report.ts';
import { startBase, startCell } from '../faults/cell-world.ts';
import { installFailingLookup } from '../faults/failing-lookup.ts';

/** Settling time of a tag, in ms. */
const SETTLE_MS = 3000;

/** How long one signer that meets nobody waits of its own will; counted from what it asks the clock for. */
export async function loneSigner(report: Report): Promise<void> {
  const lookup = installFailingLookup();
  await using base = await startBase(lookup);
  for (const [where, template, formats] of [
    ['with the referrers API', base.templates.stranger.api, ['bundle']],
    ['without the referrers API', base.templates.stranger.tags, ['bundle', 'legacy', 'both']],
  ] as const) {
    for (const format of formats) {
      const limitMs = template.hasApi ? 0 : SETTLE_MS;
      await report.check(
        `a lone signer, ${format}, ${where}: waits ${limitMs === 0 ? '0' : 'at most 3'} s`,
        async () => {
          const cell = await startCell({ ...base, lookup, template, id: `lone-${template.hasApi}-${format}` });
          const run = await cell.run('sign', { format });
          await cell.close();
          console.log(`     ${format}, ${where}: waited ${Math.round(run.sleptMs)} ms`);
          expectThat(run.exitCode === 0, 'the step to pass', run.message);
          // Waits that begin together are asked for a moment apart.
          expectThat(run.sleptMs <= limitMs * 1.1, `at most ${limitMs} ms`, String(run.sleptMs));
          expectThat(
            run.log.every((line) => !line.startsWith('warning')),
            'no warning',
            run.log.join('\n'),
          );
        },
      );
    }
  }
}
