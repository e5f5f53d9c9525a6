import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { WorkflowRun } from '../../sandbox/github/claims.ts';
import { ROOT } from '../../sandbox/world.ts';
import { certifyAs, goodAttestation, SBOM, SPDX } from './attestation-seeds.ts';
import { decision, isOpen, type LabImage, openLab, RELEASE, type RunContext } from './in-process-gate.ts';
import { goodBundle, goodLayer, putSignatureTag } from './signature-seeds.ts';

/* Policies from the input to the outputs: rows of the peers' tests, each with a twin, and the bypasses they met. */

const lab = await openLab();
const OTHER: WorkflowRun = { repository: 'evil-org/octo-repo' };
const SECOND: WorkflowRun = { workflowPath: '.github/workflows/review.yml' };

function signedBy(run: WorkflowRun = {}, image = lab.freshImage()): LabImage {
  lab.attach(
    image.repository,
    image.digest,
    goodBundle(lab.sigstore, image.digest, { certify: certifyAs(lab.sigstore, run) ?? {} }),
  );
  return image;
}

const subjectOf = ({ repository = RELEASE.repository, workflowPath = RELEASE.workflow }: WorkflowRun = {}): string =>
  `https://github.com/${repository}/${workflowPath}@${RELEASE.ref}`;

interface Written {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly globs?: readonly string[];
  readonly mode?: string;
  readonly authorities?: readonly unknown[];
}

const keyless = (run: WorkflowRun = {}, besides: object = {}): object => ({
  keyless: { identities: [{ issuer: lab.sigstore.issuer, subject: subjectOf(run) }] },
  ...besides,
});

/** JSON is YAML: a policy as a literal. */
function policy({ name = 'ours', annotations, globs, mode, authorities }: Written = {}): string {
  return JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1beta1',
    kind: 'ClusterImagePolicy',
    metadata: { name, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      images: (globs ?? [`${lab.host}/**`]).map((glob) => ({ glob })),
      ...(mode === undefined ? {} : { mode }),
      authorities: authorities ?? [keyless()],
    },
  });
}

const all = (...policies: readonly string[]): string => policies.map((one) => `---\n${one}\n`).join('');

async function judge(
  image: Pick<LabImage, 'reference'>,
  policies: string,
  inputs: Readonly<Record<string, string>> = {},
  context: RunContext = {},
) {
  const run = await lab.verify(
    { images: image.reference, policy: policies, 'certificate-oidc-issuer': '', ...inputs },
    context,
  );
  const [result] = run.results.images;
  const decided = decision(run);
  expect(isOpen(run), decided).toBe(decided.startsWith('pass') || decided.startsWith('allowed'));
  expect(run.outputs['verified']).toBe(String(decided === 'pass'));
  return { run, decided, result };
}

const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(ROOT, 'docs/results.schema.json'), 'utf8')),
);

test('a signature that the policy expects passes, by its name and authority; one of another repository is refused', async () => {
  const good = await judge(signedBy(), policy());
  expect(good.decided, good.run.stdout).toBe('pass');
  expect(good.result?.policies).toMatchObject([
    { name: 'ours', authority: 'authority-0', verdict: 'pass', reason: null },
  ]);
  expect(validate(good.run.results), JSON.stringify(validate.errors)).toBe(true);
  expect(good.run.outputs['subject']).toBe(RELEASE.subject);
  const bad = await judge(signedBy(OTHER), policy());
  expect(bad.decided).toBe('fail IDENTITY_MISMATCH');
  expect(bad.result?.message).toContain('policy "ours": authority "authority-0"');
  expect(validate(bad.run.results), JSON.stringify(validate.errors)).toBe(true);
  for (const text of [bad.run.summary, bad.run.log.join('\n')]) expect(text).toContain('authority-0');
});

test('an unsigned image is refused, and nothing but its places is asked', async () => {
  const { decided } = await judge(lab.freshImage(), policy());
  expect(decided).toBe('fail NO_SIGNATURE');
});
