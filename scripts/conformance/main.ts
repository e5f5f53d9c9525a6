/**
 * Judges what others signed, by our verifier and our identity rules: the bundles of the public Sigstore conformance
 * suite, each with the verdict that its name states, and attestations of other tools with tampered twins. The data
 * lies beside the repository and is not part of it; without it this says `skipped`. See docs/conformance.md.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createReport } from '../common/report.ts';
import { checkAttestationSamples } from './attestation-samples.ts';
import { checkBundleCases } from './bundle-cases.ts';

const SHARED = join(import.meta.dirname, '../../../shared');
const report = createReport('conformance');

for (const [name, folder, check] of [
  ['conformance suite', 'conformance', checkBundleCases],
  ['attestation samples', 'attestation-samples', checkAttestationSamples],
] as const) {
  const path = join(SHARED, folder);
  if (!existsSync(path)) report.skip(name, `there is no ../shared/${folder}`);
  // A folder without a case would pass by checking nothing.
  else if ((await check(report, path)) === 0) {
    await report.check(name, () => Promise.reject(new Error(`${folder} holds no case`)));
  }
}
if (!report.finish()) process.exitCode = 1;
