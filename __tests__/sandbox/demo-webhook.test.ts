import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../sandbox/world.ts';
import { runProgram } from '../../scripts/common/run-program.ts';

/** What depends on the run: where the stand-in for ghcr.io listens, and the digest of its image. */
const settled = (text: string): string =>
  text.replaceAll(/localhost:\d+\/chrisns/g, 'ghcr.io/chrisns').replaceAll(/sha256:[0-9a-f]{64}/g, 'sha256:…');

test('npm run demo:webhook goes as it says, and docs/cluster.md shows what it prints', async () => {
  const { code, out } = await runProgram(process.execPath, [join(ROOT, 'sandbox/demo-webhook.ts')]);
  expect(`${code}\n${out}`).toMatch(/^0\n/);
  expect(out).toContain('Everything went as it should.');
  const steps = settled(out).split('\n── ');
  const shown = (step: string): string =>
    [...(steps.find((one) => one.startsWith(step)) ?? '').matchAll(/^ {2}\| (.*)$/gm)]
      .map(([, line]) => line)
      .join('\n');
  const document = readFileSync(join(ROOT, 'docs/cluster.md'), 'utf8');
  const blocks = [...document.matchAll(/^```text\n\$ (kubectl apply -f bad-subject\.yaml)\n([\s\S]*?)\n```$/gm)];
  expect(blocks).toHaveLength(1);
  for (const [, command = '', text] of blocks) expect(shown(command)).toBe(text);
});
