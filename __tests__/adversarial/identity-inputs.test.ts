import { describe, expect, test } from 'vitest';
import type { WorkflowRun } from '../../sandbox/github/claims.ts';
import { workflowClaims } from '../../sandbox/github/claims.ts';
import { on } from '../../sandbox/http/faults.ts';
import { checkOut } from '../../sandbox/runner/checkout.ts';
import { workflowPrincipal } from '../../sandbox/sigstore/fulcio-extensions.ts';
import { OCI_INDEX } from '../../src/domain/image/media-types.ts';
import { decision, isOpen, type LabImage, openLab, RELEASE, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle } from './signature-seeds.ts';

/* The identity rules of contract §2.5 from the inputs to the outputs: for each one that accepts and one that refuses. */

const lab = await openLab();

interface Signer extends WorkflowRun {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly issuer?: string;
  readonly email?: string;
}

/** An image of its own, signed as a workflow run or a person would. */
function signedBy(signer: Signer = {}): LabImage {
  const image = lab.freshImage();
  const { annotations, issuer = lab.sigstore.issuer, email, ...run } = signer;
  const principal = workflowPrincipal({ ...workflowClaims(run), iss: issuer }, 'https://github.com');
  const certify =
    email === undefined
      ? { names: [principal.subject], extensions: principal.extensions, onlyTheseExtensions: true }
      : { names: [{ email }], extensions: { 1: issuer, 8: issuer }, onlyTheseExtensions: true };
  const bundle = goodBundle(lab.sigstore, image.digest, { certify, ...(annotations ? { annotations } : {}) });
  lab.attach(image.repository, image.digest, bundle);
  return image;
}

const source = { 'source-repository': RELEASE.repository } as const;
const subject = { 'certificate-identity': RELEASE.subject } as const;
const CALLED = 'octo-org/shared/.github/workflows/sign.yml';
const reusable: Signer = { reusableWorkflow: `${CALLED}@refs/tags/v3` };

interface Row {
  readonly rule: string;
  readonly signer?: Signer;
  readonly accepts: Readonly<Record<string, string>>;
  readonly refuses: Readonly<Record<string, string>>;
  readonly reason: string;
}

const ROWS: readonly Row[] = [
  {
    rule: 'certificate-identity compares the whole subject, exactly',
    accepts: subject,
    refuses: { 'certificate-identity': RELEASE.subject.slice(0, -1) },
    reason: 'fail IDENTITY_MISMATCH',
  },
  {
    rule: 'certificate-identity-regexp must match the whole subject (cosign’s is unanchored)',
    accepts: { 'certificate-identity-regexp': 'https://github\\.com/octo-org/octo-repo/.*' },
    refuses: { 'certificate-identity-regexp': 'github\\.com/octo-org/octo-repo' },
    reason: 'fail IDENTITY_MISMATCH',
  },
  {
    rule: 'certificate-oidc-issuer compares exactly',
    accepts: subject,
    refuses: { ...subject, 'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com' },
    reason: 'fail ISSUER_MISMATCH',
  },
  {
    rule: 'source-repository compares the claim, ASCII case ignored',
    accepts: { 'source-repository': 'Octo-Org/OCTO-repo' },
    refuses: { 'source-repository': 'octo-org/octo-repo2' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'workflow compares the path of the top-level workflow',
    accepts: { ...source, workflow: RELEASE.workflow },
    refuses: { ...source, workflow: '.github/workflows/other.yml' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'source-ref is a glob whose * stays within a segment',
    signer: { ref: 'refs/heads/release/1' },
    accepts: { ...source, 'source-ref': 'refs/heads/**' },
    refuses: { ...source, 'source-ref': 'refs/heads/*' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 3: a stranger who calls your reusable workflow does not pass by its subject',
    signer: { ...reusable, repository: 'stranger/evil' },
    accepts: { 'source-repository': 'stranger/evil', 'signer-workflow': CALLED },
    refuses: { 'certificate-identity': `https://github.com/${CALLED}@refs/tags/v3` },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 3: a foreign workflow that yours calls does not pass by your repository',
    signer: reusable,
    accepts: { ...source, 'signer-workflow': `${CALLED}@refs/tags/v3` },
    refuses: source,
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 4: pull-request code needs refs/pull/ spelled out',
    signer: { pullRequest: 7 },
    accepts: { ...source, 'source-ref': 'refs/pull/*/merge' },
    refuses: { ...source, 'source-ref': '**' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 4: a trigger that any account can fire needs a claims line',
    signer: { eventName: 'pull_request_target' },
    accepts: { ...source, claims: 'build-trigger=pull_request_target' },
    refuses: source,
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 5: values of one input are alternatives',
    accepts: { 'source-repository': 'acme/other\nocto-org/octo-repo' },
    refuses: { 'source-repository': 'acme/other\nacme/another' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 5: different inputs must all hold',
    accepts: { ...source, ...subject },
    refuses: { ...source, 'certificate-identity': RELEASE.subject.replace('main', 'other') },
    reason: 'fail IDENTITY_MISMATCH',
  },
  {
    rule: 'rule 5: claims of different names must all hold, of one name are alternatives',
    accepts: {
      ...source,
      claims: 'runner-environment=self-hosted\nrunner-environment=github-hosted\nbuild-trigger=push',
    },
    refuses: { ...source, claims: 'runner-environment=github-hosted\nbuild-trigger=schedule' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 6: a claim the certificate lacks equals nothing',
    signer: { environment: 'production' },
    accepts: { ...source, claims: 'deployment-environment=production' },
    refuses: { ...source, claims: 'deployment-environment=Production' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'rule 1: a numeric repository id names a signer',
    accepts: { claims: 'source-repository-identifier=456789' },
    refuses: { claims: 'source-repository-identifier=456780' },
    reason: 'fail CLAIM_MISMATCH',
  },
  {
    rule: 'annotations must be among the signed ones',
    signer: { annotations: { team: 'red', tag: '1.2' } },
    accepts: { ...source, annotations: 'team=red' },
    refuses: { ...source, annotations: 'team=red\ntag=1.3' },
    reason: 'fail ANNOTATION_MISMATCH',
  },
  {
    rule: 'an e-mail identity passes by its address and issuer',
    signer: { email: 'jane@example.com' },
    accepts: { 'certificate-identity': 'jane@example.com' },
    refuses: { 'certificate-identity': 'jane@example.co' },
    reason: 'fail IDENTITY_MISMATCH',
  },
  {
    rule: 'rule 7: a match-all pattern needs allow-any-identity',
    accepts: { 'certificate-identity-regexp': '.*', 'allow-any-identity': 'true' },
    refuses: { 'certificate-identity-regexp': '.*' },
    reason: 'stopped INPUT_INVALID',
  },
];

describe('each identity rule accepts and refuses', () => {
  test.each(ROWS)('$rule', async ({ signer, accepts, refuses, reason }) => {
    const { reference } = signedBy(signer);
    const accepted = await lab.verify({ images: reference, ...accepts });
    expect(decision(accepted)).toBe('pass');
    expect(accepted.outputs).toMatchObject({ verified: 'true', images: reference });
    const refused = await lab.verify({ images: reference, ...refuses });
    expect(decision(refused)).toBe(reason);
    expect(refused.outputs).toMatchObject({ verified: 'false', images: '', issuer: '', subject: '' });
    expect(refused.exitCode).toBe(1);
  });

  test('rule 5: inputs are not met by two signatures together', async () => {
    const { repository, digest, reference } = signedBy({ ref: 'refs/heads/one', annotations: { a: '1' } });
    const other = workflowPrincipal(
      { ...workflowClaims({ ref: 'refs/heads/two' }), iss: lab.sigstore.issuer },
      'https://github.com',
    );
    const certify = { names: [other.subject], extensions: other.extensions };
    lab.attach(repository, digest, goodBundle(lab.sigstore, digest, { certify, annotations: { b: '2' } }));
    const both = { ...source, annotations: 'a=1' };
    expect(decision(await lab.verify({ images: reference, ...both, 'source-ref': 'refs/heads/one' }))).toBe('pass');
    const run = await lab.verify({ images: reference, ...both, 'source-ref': 'refs/heads/two' });
    expect(decision(run)).toBe('fail ANNOTATION_MISMATCH');
    // The nearest first, each with its own expected and found.
    expect(run.results.images[0]?.signatures.map(({ reason, message }) => `${reason} ${message}`)).toEqual([
      'ANNOTATION_MISMATCH annotations a: expected 1, found nothing',
      'CLAIM_MISMATCH source-ref: expected refs/heads/two, found refs/heads/one',
    ]);
  });

  test('rule 2: a source-repository claim is no identity for a certificate of another issuer', async () => {
    const { reference } = signedBy({ issuer: 'https://evil.example' });
    expect(decision(await lab.verify({ images: reference, ...source }))).toBe('fail ISSUER_MISMATCH');
  });

  test('max-age counts from the oldest proven time to the runner’s clock, and the future is refused', async () => {
    const { reference } = signedBy();
    const inputs = { images: reference, ...source, 'max-age': '12h' };
    const hour = 3_600_000;
    expect(decision(await lab.verify(inputs, { clockAheadMs: 11 * hour }))).toBe('pass');
    expect(decision(await lab.verify(inputs, { clockAheadMs: 13 * hour }))).toBe('fail TOO_OLD');
    expect(decision(await lab.verify(inputs, { clockAheadMs: -hour }))).toBe('fail TOO_OLD');
  });
});

describe('without an identity the gate refuses, in either mode, and shows who signed', () => {
  test.each(['enforce', 'warn'])('mode %s', async (mode) => {
    const { reference } = signedBy();
    const run = await lab.verify({ images: reference, mode });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ verified: 'false', images: '', reason: 'INPUT_INVALID', verdict: 'error' });
    expect(run.summary).toContain(`source-repository: ${RELEASE.repository}`);
    expect(run.summary).toContain(`workflow: ${RELEASE.workflow}`);
    const bare = await lab.verify({ images: reference, mode, summary: 'false' });
    expect(bare.summary).toBe('');
    expect(bare.log).toEqual(
      expect.arrayContaining([
        '  Inputs that would accept this signer; pasting them means trusting it:',
        `    source-repository: ${RELEASE.repository}`,
        `    workflow: ${RELEASE.workflow}`,
        `    source-ref: ${RELEASE.ref}`,
      ]),
    );
  });

  test('a signature that does not verify is not offered', async () => {
    const { repository, digest, reference } = lab.freshImage();
    lab.attach(repository, digest, goodBundle(lab.sigstore, digest, { entries: [] }));
    const run = await lab.verify({ images: reference });
    expect(isOpen(run)).toBe(false);
    expect(run.summary).not.toContain(`source-repository: ${RELEASE.repository}`);
    expect(run.log.join('\n')).not.toContain(`source-repository: ${RELEASE.repository}`);
  });

  test.each([
    { what: 'source-ref', inputs: { 'source-ref': 'refs/heads/main' } },
    { what: 'workflow', inputs: { workflow: RELEASE.workflow } },
    { what: 'annotations', inputs: { annotations: 'a=b' } },
    { what: 'max-age', inputs: { 'max-age': '1h' } },
    { what: 'another claim', inputs: { claims: 'runner-environment=github-hosted' } },
  ])('$what only narrows and alone is refused', async ({ inputs }) => {
    const { reference } = signedBy({ annotations: { a: 'b' } });
    const run = await lab.verify({ images: reference, ...inputs });
    expect(isOpen(run)).toBe(false);
    expect(run.outputs['reason']).toBe('INPUT_INVALID');
  });
});

describe('inputs that a dropped job output leaves empty stop the run before any call', () => {
  test.each([
    { what: 'no images', inputs: { images: '', ...source } },
    { what: 'an empty item in images', inputs: { images: 'IMAGE\n\n', ...source } },
    { what: 'an empty item between commas', inputs: { images: 'IMAGE,,IMAGE', ...source } },
    {
      what: 'an empty line in source-repository',
      inputs: { images: 'IMAGE', 'source-repository': 'octo-org/octo-repo\n\nacme/x' },
    },
    {
      what: 'only blanks in certificate-identity',
      inputs: { images: 'IMAGE', ...source, 'certificate-identity': ' ' },
    },
    { what: 'an empty value in claims', inputs: { images: 'IMAGE', ...source, claims: 'runner-environment=' } },
    { what: 'an unknown claim', inputs: { images: 'IMAGE', ...source, claims: 'runner-enviroment=github-hosted' } },
    { what: 'an unknown mode', inputs: { images: 'IMAGE', ...source, mode: 'off' } },
    { what: 'a boolean that is none', inputs: { images: 'IMAGE', ...source, recursive: 'yes' } },
    { what: 'a repeated annotation', inputs: { images: 'IMAGE', ...source, annotations: 'a=1\na=2' } },
    { what: 'a pattern RE2 does not know', inputs: { images: 'IMAGE', 'certificate-identity-regexp': '(?=a).*' } },
    {
      what: 'trusted-root and instance',
      inputs: { images: 'IMAGE', ...source, instance: 'github', 'trusted-root': '{}' },
    },
    { what: 'offline without trusted-root', inputs: { images: 'IMAGE', ...source, offline: 'true', instance: 'auto' } },
  ])('$what', async ({ inputs }) => {
    const { reference } = signedBy();
    for (const mode of ['mode' in inputs ? inputs.mode : 'enforce', 'mode' in inputs ? inputs.mode : 'warn']) {
      const images = inputs.images.replaceAll('IMAGE', reference);
      const run = await lab.verify({ ...inputs, images, mode });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ verified: 'false', images: '', verdict: 'error', reason: 'INPUT_INVALID' });
      expect(run.outputOrder[0]).toEqual(['verified', 'false']);
      expect(run.requests).toEqual([]);
    }
  });
});

test.each(['enforce', 'warn'])('an input that nobody reads stops the run before any call, mode %s', async (mode) => {
  const { reference } = signedBy();
  const variables = [
    'INPUT_FILES',
    'INPUT_POLICIES',
    'INPUT_SOURCE-REFF',
    'INPUT_SOURCE_REF',
    'INPUT_REF',
    'INPUT_CLAIM',
  ];
  for (const [variable, value] of variables.flatMap((name) => ['x', ''].map((text) => [name, text] as const))) {
    const run = await lab.verify({ images: reference, ...source, mode }, { env: { [variable]: value } });
    expect(isOpen(run), variable).toBe(false);
    expect(run.outputs).toMatchObject({ verdict: 'error', reason: 'INPUT_INVALID' });
    expect(run.requests).toEqual([]);
  }
});

describe('mode: warn', () => {
  test('lets refusals and outages through as allowed, reason kept, verified never true', async () => {
    const good = signedBy();
    const unsigned = lab.putImage('acme/unsigned');
    const reference = `${lab.host}/acme/unsigned@${unsigned}`;
    const run = await lab.verify({ images: `${good.reference}\n${reference}`, ...source, mode: 'warn' });
    expect(run.exitCode).toBe(0);
    expect(run.results.images.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([
      'pass null',
      'allowed NO_SIGNATURE',
    ]);
    expect(run.outputs).toMatchObject({
      verified: 'false',
      verdict: 'allowed',
      reason: 'NO_SIGNATURE',
      images: `${good.reference}\n${reference}`,
      issuer: '',
      subject: '',
    });
    expect(run.commands.filter(({ name }) => name === 'warning')).toHaveLength(1);
  });

  test('an image that is not there is allowed, but then nobody gets a list to deploy', async () => {
    const good = signedBy();
    const run = await lab.verify({ images: `${good.reference}\n${lab.host}/acme/nowhere:1`, ...source, mode: 'warn' });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ verified: 'false', images: '', reason: 'IMAGE_NOT_FOUND' });
  });
});

describe('many images', () => {
  test('come back in the order asked, one fetch a digest however many names lead to it', async () => {
    const first = signedBy();
    const second = signedBy();
    for (const tag of ['1', '1.0', 'latest']) lab.registry.store.setTag(second.repository, tag, second.digest);
    const name = `${lab.host}/${second.repository}`;
    const images = [`${name}:1.0`, first.reference, `${name}:1`, `${name}:latest`, second.reference];
    const run = await lab.verify({ images: images.join('\n'), ...RIGHT_SIGNER });
    expect(run.exitCode).toBe(0);
    expect(run.outputs['images']).toBe(`${second.reference}\n${first.reference}`);
    const listings = run.requests.filter(({ path }) => path.includes(`/referrers/${second.digest}`));
    expect(listings).toHaveLength(1);
    const blobs = run.requests.filter(({ path }) => path.includes('/blobs/')).map(({ path }) => path);
    expect(new Set(blobs).size).toBe(blobs.length);
  });

  test('of different signers leave issuer and subject empty, though verified', async () => {
    const one = signedBy();
    const other = signedBy({ ref: 'refs/tags/v1' });
    const run = await lab.verify({ images: `${one.reference},${other.reference}`, ...source });
    expect(run.outputs).toMatchObject({ verified: 'true', issuer: '', subject: '' });
    const same = await lab.verify({ images: one.reference, ...source });
    expect(same.outputs).toMatchObject({ verified: 'true', issuer: lab.sigstore.issuer, subject: RELEASE.subject });
  });

  test('the same digest twenty times at once is verified once', async () => {
    const { repository, digest } = signedBy();
    const tags = Array.from({ length: 20 }, (_, index) => `t${index}`);
    for (const tag of tags) lab.registry.store.setTag(repository, tag, digest);
    const images = tags.map((tag) => `${lab.host}/${repository}:${tag}`).join('\n');
    const run = await lab.verify({ images, ...source });
    expect(run.outputs['verified']).toBe('true');
    expect(run.requests.filter(({ path }) => path.includes('/referrers/'))).toHaveLength(1);
  });
});

describe('wait-for', () => {
  test('looks again only while nothing at all is there, and finds what shows up', async () => {
    const { reference } = signedBy();
    const late = signedBy();
    // Google AR, ACR: a new referrer is missing from the first listings.
    const empty = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] });
    lab.setFaults([
      {
        match: on('GET', /\/referrers\//),
        times: 2,
        action: { reply: { status: 200, headers: [['Content-Type', OCI_INDEX]], body: empty } },
      },
    ]);
    const run = await lab.verify({ images: late.reference, ...source, 'wait-for': '30s' });
    lab.setFaults([]);
    expect(decision(run)).toBe('pass');
    expect(run.waitedMs).toBeGreaterThanOrEqual(1_000);
    expect(run.log.join('\n')).toContain('waiting');
    const wrong = await lab.verify({ images: reference, 'source-repository': 'acme/other', 'wait-for': '30s' });
    expect(decision(wrong)).toBe('fail CLAIM_MISMATCH');
    expect(wrong.waitedMs).toBe(0);
  });

  test('a signature made while it waits is not from the future', async () => {
    const late = signedBy();
    const empty = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] });
    // The run starts ten minutes before the signature is made, and sees it after six.
    lab.setFaults([
      {
        match: on('GET', /\/referrers\//),
        times: 50,
        action: { reply: { status: 200, headers: [['Content-Type', OCI_INDEX]], body: empty } },
      },
    ]);
    const inputs = { images: late.reference, ...source, 'max-age': '1h' };
    const run = await lab.verify({ ...inputs, 'wait-for': '15m' }, { clockAheadMs: -600_000 });
    lab.setFaults([]);
    expect(run.waitedMs).toBeGreaterThan(360_000);
    expect(decision(run)).toBe('pass');
    expect(decision(await lab.verify(inputs, { clockAheadMs: -600_000 }))).toBe('fail TOO_OLD');
  });

  test('does not wait for the signature of an image that is not there', async () => {
    const images = `${lab.host}/acme/no-such-image@sha256:${'0'.repeat(64)}`;
    const run = await lab.verify({ images, ...source, 'wait-for': '30s' });
    expect(decision(run)).toBe('error IMAGE_NOT_FOUND');
    // Whatever still waits in the background would show by now.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 4));
    const later = await lab.verify({ images, ...source, 'wait-for': '30s' });
    expect(later.log.join('\n')).not.toContain('waiting');
    expect([run.waitedMs, later.waitedMs]).toEqual([0, 0]);
  });

  test('gives up after its time, 30s unless told otherwise, 0s on pull requests', async () => {
    const digest = lab.putImage('acme/never-signed');
    const images = `${lab.host}/acme/never-signed@${digest}`;
    const start = performance.now();
    const patient = await lab.verify({ images, ...source, 'wait-for': '' });
    const elapsedMs = performance.now() - start;
    expect(decision(patient)).toBe('fail NO_SIGNATURE');
    // The time that the looks take counts as well.
    expect(patient.waitedMs + elapsedMs).toBeGreaterThanOrEqual(29_000);
    expect(patient.waitedMs).toBeLessThanOrEqual(31_000);
    const pull = await lab.verify(
      { images, ...source, 'wait-for': '' },
      { env: { GITHUB_EVENT_NAME: 'pull_request' } },
    );
    expect(pull.waitedMs).toBe(0);
  });
});

describe('where signatures are looked for, and what is called', () => {
  test('signature-repository: there and nowhere else', async () => {
    const digest = lab.putImage('acme/app-elsewhere');
    lab.putImage('acme/signatures');
    lab.attach('acme/signatures', digest, goodBundle(lab.sigstore, digest));
    const images = `${lab.host}/acme/app-elsewhere@${digest}`;
    const there = await lab.verify({ images, ...source, 'signature-repository': `${lab.host}/acme/signatures` });
    expect(decision(there)).toBe('pass');
    expect(there.outputs['images']).toBe(images);
    expect(decision(await lab.verify({ images, ...source }))).toBe('fail NO_SIGNATURE');
    const own = signedBy();
    const elsewhere = await lab.verify({
      images: own.reference,
      ...source,
      'signature-repository': `${lab.host}/acme/signatures`,
    });
    expect(decision(elsewhere)).toBe('fail NO_SIGNATURE');
  });

  test('offline calls the registry alone', async () => {
    const { reference } = signedBy();
    const run = await lab.verify({ images: reference, ...source, offline: 'true' });
    expect(decision(run)).toBe('pass');
    expect(new Set(run.requests.map(({ server }) => server))).toEqual(new Set(['registry']));
  });

  test('on a GHES server its own issuer is expected unless one is given', async () => {
    const issuer = 'https://ghes.example.com/_services/token';
    const own = signedBy({ issuer });
    const env = { GITHUB_SERVER_URL: 'https://ghes.example.com' };
    const inputs = { images: own.reference, 'certificate-identity': RELEASE.subject, 'certificate-oidc-issuer': '' };
    expect(decision(await lab.verify(inputs, { env }))).toBe('pass');
    expect(decision(await lab.verify(inputs))).toBe('fail ISSUER_MISMATCH');
  });

  test('on a pull request the trusted root in the workspace is not read from the checked-out files', async () => {
    const { reference } = signedBy();
    await checkOut(lab.directory, { 'root.json': lab.sigstore.trustedRootJson('all') });
    const inputs = { images: reference, ...source, 'trusted-root': 'root.json' };
    expect(decision(await lab.verify(inputs))).toBe('pass');
    const event = {
      pull_request: {
        base: { sha: '1'.repeat(40), repo: { full_name: 'acme/app' } },
        head: { repo: { full_name: 'stranger/app' } },
      },
    };
    const run = await lab.verify({ ...inputs, offline: 'true' }, { env: { GITHUB_EVENT_NAME: 'pull_request' }, event });
    expect(isOpen(run)).toBe(false);
    expect(run.outputs['reason']).toBe('INPUT_INVALID');
    expect(run.stdout).toContain('base commit');
  });
});

test('a report that cannot be written closes the gate and names its input', async () => {
  const { reference } = signedBy();
  const { writeFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  await writeFile(join(lab.directory, 'a-file'), '');
  const run = await lab.verify({ images: reference, ...source, report: 'a-file/results.json' });
  expect(isOpen(run)).toBe(false);
  expect(run.outputs).toMatchObject({ verdict: 'error', reason: 'INPUT_INVALID' });
  expect(run.outputs['report-path']).toMatch(/results\.json$/);
  expect(run.stdout).toMatch(/input report: .*a-file/);
});
