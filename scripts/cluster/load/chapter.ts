import { join } from 'node:path';
import { ROOT } from '../../../sandbox/world.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { mustRun } from '../../common/run-program.ts';
import type { Kube } from '../../peers/kube.ts';
import { hasProgram } from '../webhook/program.ts';
import { ordinaryPod } from '../webhook/reviews.ts';
import { openStage, SHOP, type Stage } from '../webhook/stage.ts';
import { denialsOf, distributionOf } from './distribution.ts';
import { sendAtRate, type Target } from './open-loop.ts';
import { RATIO_MAX, runLoad } from './run-load.ts';
import { SHORT } from './sizes.ts';

/** The short form of `npm run load`, and Pods at the same rate by way of the API server. */
export async function checkLoad(report: Report, kube: Kube, directory: string): Promise<void> {
  if (!hasProgram()) return report.skip('load', 'there is no dist/webhook/index.js; run npm run build');
  await report.check('load: no good Pod is kept out and no request dropped', async () => {
    const { failures, ratio } = await runLoad(SHORT);
    console.log(`     warm p99 is ${ratio.toFixed(1)} times that of an HTTPS echo (goal: at most ${RATIO_MAX})`);
    expectThat(failures.length === 0, 'no failure', failures.join('\n'));
  });
  await report.check('load: the memory of verdicts stays flat over 60,000 digests', async () => {
    const out = await mustRun(process.execPath, ['--expose-gc', join(ROOT, 'scripts/growth/admission-memory.ts')]);
    console.log(out.trimEnd().replace(/^/gm, '     '));
  });
  const stage = await openStage(kube, join(directory, 'load'));
  try {
    await report.check('load: the same through the API server', () => checkThroughServer(stage));
  } finally {
    await stage.close();
  }
}

async function checkThroughServer({ kube, images, apiCa }: Stage): Promise<void> {
  const headers = { authorization: `Bearer ${kube.token}` };
  const send = async (namespace: string, image: string) => {
    const target: Target = {
      ...{ ca: apiCa, headers },
      url: `${kube.url}/api/v1/namespaces/${namespace}/pods?dryRun=All`,
    };
    const bodies = Array.from({ length: SHORT.pods }, (_, index) =>
      JSON.stringify(ordinaryPod(image, `load-${index}`, namespace)),
    );
    return sendAtRate(target, bodies, { perSecond: SHORT.perSecond, timeoutMs: 10_000 });
  };
  // An excluded namespace shows what the API server itself takes.
  for (const namespace of ['kube-public', SHOP]) {
    const sent = await send(namespace, images.app.pinned);
    const { p50, p99, max } = distributionOf(sent);
    console.log(`     ${namespace}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${max.toFixed(1)} ms`);
    expectThat(denialsOf(sent).length === 0, 'no denial', denialsOf(sent).join('\n'));
  }
  const bad = await send(SHOP, images.unsigned.pinned);
  const count = bad.filter(({ failed }) => failed?.includes('NO_SIGNATURE')).length;
  expectThat(
    count === SHORT.pods,
    `${SHORT.pods} refusals of an unsigned image`,
    `${count}: ${denialsOf(bad).join('\n')}`,
  );
}
