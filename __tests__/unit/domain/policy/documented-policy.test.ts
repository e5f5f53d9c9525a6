import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setOf } from './policy-samples.ts';

const README = readFileSync(join(import.meta.dirname, '../../../../verify/README.md'), 'utf8');

test('the policy in the README is valid, and notices say only that a cluster ignores its annotations', () => {
  const [block = ''] = [...README.matchAll(/```yaml\n(.*?)```/gs)]
    .map(([, text = '']) => text)
    .filter((text) => text.includes('kind: ClusterImagePolicy'));
  const { policies, notices } = setOf(block);
  expect(policies).toMatchObject([
    {
      name: 'ours',
      authorities: [
        {
          name: 'release',
          requireSignature: true,
          attestations: [{ line: 'provenance' }, { line: 'sbom max-age=30d' }],
        },
      ],
    },
  ]);
  expect(notices).toEqual([expect.stringContaining('policy-controller ignores countersign/')]);
});
