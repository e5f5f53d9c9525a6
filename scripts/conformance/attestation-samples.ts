import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, digestOf } from '../../src/domain/image/digest.ts';
import type { Candidate } from '../../src/usecases/ports.ts';
import { expectThat, type Report } from '../common/report.ts';
import { expectRefused, message } from './bundle-cases.ts';
import { isImageSignature, judgeAttestation, type Signer } from './judge.ts';

interface Sample {
  readonly name: string;
  readonly candidate: Candidate;
  readonly subject: Digest;
  readonly trustedRoot: string;
  readonly signer: Signer;
  readonly predicateType: string;
  /** Fields of the predicate. */
  readonly fields: readonly string[];
}

const GITHUB = 'https://token.actions.githubusercontent.com';
const SLSA_V1 = { predicateType: 'https://slsa.dev/provenance/v1', fields: ['buildDefinition', 'runDetails'] };

/** Checks that each sample is proven with what it says, and that none of its tampered twins is. Returns their number. */
export async function checkAttestationSamples(report: Report, folder: string): Promise<number> {
  const samples = readSamples((file) => readFileSync(join(folder, file)));
  for (const sample of samples) await report.check(`attestation: ${sample.name}`, () => checkSample(sample));
  return samples.length;
}

function readSamples(read: (file: string) => Buffer): readonly Sample[] {
  const publicGood = read('trust/public-good-trusted-root.json').toString('utf8');
  const bundle = (file: string): Candidate => {
    const bytes = read(file);
    return { format: 'bundle', digest: digestOf(bytes), bundle: bytes };
  };
  const manifest: { readonly layers: readonly { readonly annotations: Record<string, string> }[] } = JSON.parse(
    read('slsa-generator-container-att/manifest.json').toString('utf8'),
  );
  const layer = read('slsa-generator-container-att/layer0');
  return [
    {
      name: 'actions-attest-public-good',
      candidate: bundle('actions-attest-public-good/bundle.json'),
      subject: digestOf(read('actions-attest-public-good/artifact')),
      trustedRoot: publicGood,
      signer: {
        identity: 'https://github.com/too-legit/attest/.github/workflows/integration.yml@refs/heads/main',
        issuer: `${GITHUB}/hammer-time`,
      },
      ...SLSA_V1,
    },
    {
      name: 'actions-attest-github-instance',
      candidate: bundle('actions-attest-github-instance/bundle.jsonl'),
      subject: digestOf(read('actions-attest-github-instance/artifact')),
      trustedRoot: read('trust/github-trusted-root.json').toString('utf8'),
      signer: {
        identity: 'https://github.com/actions/attest-demo/.github/workflows/build-python.yml@refs/heads/main',
        issuer: GITHUB,
      },
      ...SLSA_V1,
    },
    {
      name: 'actions-attest-reusable-workflow',
      candidate: bundle('actions-attest-reusable-workflow/bundle.json'),
      subject: digestOf(read('actions-attest-reusable-workflow/artifact')),
      trustedRoot: publicGood,
      signer: {
        identity:
          'https://github.com/github/artifact-attestations-workflows/.github/workflows/attest.yml' +
          '@09b495c3f12c7881b3cc17209a327792065c1a1d',
        issuer: GITHUB,
        source: 'malancas/attest-demo',
      },
      ...SLSA_V1,
    },
    {
      name: 'cosign-attest-custom',
      candidate: bundle('cosign-attest-custom/bundle.json'),
      // The image itself is not public.
      subject: 'sha256:732112270d7e59418a8c080b134b24cabd67d250d0d0147a97ed95ba5c280aa4' as Digest,
      trustedRoot: publicGood,
      signer: { identity: 'cody@soyland.com', issuer: 'https://github.com/login/oauth' },
      predicateType: 'https://cosign.sigstore.dev/attestation/v1',
      fields: ['Data', 'Timestamp'],
    },
    {
      name: 'slsa-generator-container-att',
      candidate: {
        format: 'legacy',
        digest: digestOf(layer),
        payload: layer,
        annotations: manifest.layers[0]?.annotations ?? {},
      },
      subject: digestOf(read('slsa-generator-container-att/subject-manifest.json')),
      trustedRoot: publicGood,
      signer: {
        identity:
          'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml' +
          '@refs/tags/v1.10.0',
        issuer: GITHUB,
        source: 'slsa-framework/example-package',
      },
      predicateType: 'https://slsa.dev/provenance/v0.2',
      fields: ['builder', 'buildType', 'invocation', 'metadata', 'materials'],
    },
  ];
}

async function checkSample(sample: Sample): Promise<void> {
  const { candidate, subject, signer, trustedRoot } = sample;
  const { issuer, identity, source } = signer;
  const verdict = await judgeAttestation(candidate, subject, sample);
  expectThat(verdict.accepted, 'accepted', message(verdict));
  const statement = verdict.accepted ? verdict.facts.statement : undefined;
  const said = { predicateType: statement?.predicateType, fields: Object.keys(statement?.predicate ?? {}) };
  const expected = { predicateType: sample.predicateType, fields: sample.fields };
  expectThat(JSON.stringify(said) === JSON.stringify(expected), JSON.stringify(expected), JSON.stringify(said));
  expectThat(!(await isImageSignature(candidate, subject, trustedRoot)), 'no image signature', 'one');

  const other = digestOf(Buffer.from('another image'));
  expectRefused(await judgeAttestation(candidate, other, sample), 'SUBJECT_DIGEST_MISMATCH');
  const asked = (change: Partial<Signer>) =>
    judgeAttestation(candidate, subject, { ...sample, signer: { ...signer, ...change } });
  expectRefused(await asked({ identity: identity.replace(/[^/]*$/, 'x$&') }), 'IDENTITY_MISMATCH');
  expectRefused(await asked({ issuer: `${issuer}/x` }), 'ISSUER_MISMATCH');
  // The issuer of one enterprise is not GitHub's.
  if (issuer.startsWith(`${GITHUB}/`)) expectRefused(await asked({ issuer: GITHUB }), 'ISSUER_MISMATCH');
  // The signer alone is not enough where another repository called it (identity rule 3).
  if (source !== undefined) {
    const alone = { ...sample, signer: { identity, issuer } };
    expectRefused(await judgeAttestation(candidate, subject, alone), 'CLAIM_MISMATCH');
  }
  expectRefused(await judgeAttestation(withPredicate(candidate), subject, sample), 'SIGNATURE_INVALID');
}

/** The same candidate with one field more in the predicate of its statement. */
function withPredicate(candidate: Candidate): Candidate {
  const bytes = candidate.format === 'bundle' ? candidate.bundle : candidate.payload;
  const document: { dsseEnvelope?: { payload: string }; payload?: string } = JSON.parse(
    Buffer.from(bytes).toString('utf8'),
  );
  const envelope = document.dsseEnvelope ?? document;
  const statement = JSON.parse(Buffer.from(envelope.payload ?? '', 'base64').toString('utf8'));
  const changed = { ...statement, predicate: { ...statement.predicate, slipped: 'in' } };
  envelope.payload = Buffer.from(JSON.stringify(changed)).toString('base64');
  const tampered = Buffer.from(JSON.stringify(document));
  return candidate.format === 'bundle' ? { ...candidate, bundle: tampered } : { ...candidate, payload: tampered };
}
