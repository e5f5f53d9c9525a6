import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { createGithubApi, type GithubApiOptions, type Tree } from '../../sandbox/github/api.ts';
import type { WorkflowRun } from '../../sandbox/github/claims.ts';
import { type FaultAction, on } from '../../sandbox/http/faults.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { buildIndex } from '../../sandbox/registry/image-builder.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { ROOT } from '../../sandbox/world.ts';
import { certifyAs, goodAttestation, SBOM, SPDX } from './attestation-seeds.ts';
import { decision, isOpen, type LabImage, openLab, RELEASE, RIGHT_SIGNER, type RunContext } from './in-process-gate.ts';
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

const absent = 'fail NO_SIGNATURE';

/** Number of requests to the registry, and of those to one path. */
const asked = (
  run: { readonly requests: readonly { readonly server: string; readonly path: string }[] },
  part = '',
): number => run.requests.filter(({ server, path }) => server === 'registry' && path.includes(part)).length;

const stat = (action: 'pass' | 'fail', name: string = action): object => ({ name, static: { action } });
const other = (name = 'other', run: WorkflowRun = OTHER): object => keyless(run, { name });

describe('policies and authorities', () => {
  test.each([
    ['deny', 'fail POLICY_NO_MATCH'],
    ['warn', 'allowed POLICY_NO_MATCH'],
    ['allow', 'allowed POLICY_NO_MATCH'],
  ])('row 4: no policy matches, no-match-policy %s', async (noMatch, wanted) => {
    const image = signedBy();
    const inputs = { 'no-match-policy': noMatch };
    const policies = policy({ globs: ['ghcr.io/acme/**'] });
    const { decided, run, result } = await judge(image, policies, inputs);
    expect(decided).toBe(wanted);
    expect(result?.policies).toEqual([]);
    expect(run.outputs['images']).toBe(noMatch === 'deny' ? '' : image.reference);
    // Whether it exists is all that is asked of a host that no policy selects; with deny not even that.
    expect(asked(run)).toBe(noMatch === 'deny' ? 0 : 1);
    expect(run.summary).toContain(noMatch === 'deny' ? `glob: ${lab.host}/${image.repository}@*` : 'POLICY_NO_MATCH');
    // Twin: one that matches has its say.
    expect((await judge(image, all(policies, policy({ name: 'two', authorities: [other()] })), inputs)).decided).toBe(
      'fail IDENTITY_MISMATCH',
    );
  });

  test('deny is the default, and a tag is not resolved either', async () => {
    const image = lab.freshImage(undefined, '1.0');
    const { decided, run } = await judge({ reference: `${image.name}:1.0` }, policy({ globs: ['ghcr.io/acme/**'] }));
    expect(decided).toBe('fail POLICY_NO_MATCH');
    expect(run.requests).toEqual([]);
  });

  test('row 5: a policy that passes beside one with static: fail', async () => {
    const denied = policy({ name: 'denied', authorities: [{ static: { action: 'fail', message: 'retired' } }] });
    const { decided, result, run } = await judge(signedBy(), all(policy(), denied));
    expect(decided).toBe('fail POLICY_DENIED');
    expect(result?.message).toBe('policy "denied": authority "authority-0": static: fail: retired');
    expect(run.log.join('\n')).toContain('Policy "denied", authority "authority-0"');
    // Twin: in one policy, another authority may pass.
    expect((await judge(signedBy(), policy({ authorities: [stat('fail'), keyless()] }))).decided).toBe('pass');
  });

  test('row 6: static: pass lets through and never verifies', async () => {
    expect(
      (await judge(signedBy(), all(policy(), policy({ name: 'open', authorities: [stat('pass')] })))).decided,
    ).toBe('allowed');
    const { decided, result, run } = await judge(lab.freshImage(), policy({ authorities: [stat('pass')] }));
    expect(decided).toBe('allowed');
    expect(result?.message).toContain('static: pass');
    expect(run.summary).toContain('let through');
    // Nothing needs to be looked for.
    expect(asked(run, 'referrers')).toBe(0);
    // Twins: a signer beats it, and a policy beside it that fails decides.
    expect((await judge(signedBy(), policy({ authorities: [stat('pass'), keyless()] }))).decided).toBe('pass');
    expect(
      (await judge(lab.freshImage(), all(policy(), policy({ name: 'open', authorities: [stat('pass')] })))).decided,
    ).toBe(absent);
  });

  test('row 7: any authority is enough', async () => {
    const policies = policy({ authorities: [other(), keyless({}, { name: 'right' })] });
    const { decided, result } = await judge(signedBy(), policies);
    expect(decided).toBe('pass');
    expect(result?.policies).toMatchObject([{ authority: 'right', verdict: 'pass' }]);
    expect((await judge(signedBy(SECOND), policies)).decided).toBe('fail IDENTITY_MISMATCH');
  });

  test('row 8: every policy must hold', async () => {
    const review = policy({ name: 'review', authorities: [keyless(SECOND, { name: 'review' })] });
    const image = signedBy();
    for (const policies of [all(policy(), review), all(review, policy())]) {
      const { decided, result } = await judge(image, policies);
      expect(decided).toBe('fail IDENTITY_MISMATCH');
      expect(result?.message).toContain('policy "review"');
    }
    // Twin: both have signed.
    signedBy(SECOND, image);
    expect((await judge(image, all(policy(), review))).decided).toBe('pass');
  });

  test('row 9: mode warn lets through, beside a failing policy in whatever order it does not', async () => {
    const warn = policy({ name: 'warned', mode: 'warn', authorities: [other()] });
    const { decided, result } = await judge(signedBy(), warn);
    expect(decided).toBe('allowed IDENTITY_MISMATCH');
    expect(result?.policies).toMatchObject([{ name: 'warned', verdict: 'allowed', reason: 'IDENTITY_MISMATCH' }]);
    expect((await judge(lab.freshImage(), warn)).decided).toBe('allowed NO_SIGNATURE');
    for (const policies of [all(warn, policy()), all(policy(), warn)]) {
      expect((await judge(lab.freshImage(), policies)).decided).toBe(absent);
    }
    expect((await judge(signedBy(), all(warn, policy()))).decided).toBe('allowed IDENTITY_MISMATCH');
  });

  test('an outage is an error, also in a policy of mode warn; the input mode: warn lets it through', async () => {
    for (const mode of ['enforce', 'warn']) {
      lab.setFaults([{ match: on('GET', /\/referrers\//), times: 'always', action: { reply: { status: 503 } } }]);
      const { decided } = await judge(lab.freshImage(), policy({ mode }));
      expect(decided).toBe('error REGISTRY_UNAVAILABLE');
    }
    const { decided } = await judge(lab.freshImage(), policy(), { mode: 'warn' });
    expect(decided).toBe('allowed REGISTRY_UNAVAILABLE');
  });
});

describe('attestations instead of the image signature', () => {
  const asking = (...types: readonly string[]): string =>
    policy({
      authorities: [
        keyless({}, { attestations: types.map((predicateType, index) => ({ name: `a${index}`, predicateType })) }),
      ],
    });
  const attest = (image: LabImage, seed: Parameters<typeof goodAttestation>[2]): LabImage => {
    lab.attach(image.repository, image.digest, goodAttestation(lab.sigstore, image.digest, seed));
    return image;
  };
  const sbom = { predicateType: SPDX, predicate: SBOM };
  const custom = { predicateType: 'https://example.com/p/v1', predicate: {} };

  test('rows 10, 12: absent, of another type, present without any image signature', async () => {
    expect((await judge(signedBy(), asking(SPDX))).decided).toBe('fail NO_ATTESTATION');
    const { decided, result } = await judge(attest(lab.freshImage(), custom), asking(SPDX));
    expect(decided).toBe('fail NO_ATTESTATION');
    expect(result?.message).toContain('https://example.com/p/v1');
    const image = attest(lab.freshImage(), sbom);
    const { decided: passed, run } = await judge(image, asking(SPDX));
    expect(passed, run.stdout).toBe('pass');
    expect(run.outputs['attestations-path']).not.toBe('');
    expect(run.outputs['subject']).toBe(RELEASE.subject);
    // Twin: the same by another signer, and about another image.
    expect((await judge(attest(lab.freshImage(), { ...sbom, run: OTHER }), asking(SPDX))).decided).toBe(
      'fail IDENTITY_MISMATCH',
    );
    const foreign = lab.freshImage();
    lab.attach(foreign.repository, foreign.digest, goodAttestation(lab.sigstore, image.digest, sbom));
    expect((await judge(foreign, asking(SPDX))).decided).toBe('fail SUBJECT_DIGEST_MISMATCH');
  });

  test('rows 11, 13: two types are both needed, of two attestations of one type one', async () => {
    const image = attest(lab.freshImage(), sbom);
    expect((await judge(image, asking(SPDX, custom.predicateType))).decided).toBe('fail NO_ATTESTATION');
    attest(image, { ...custom, run: OTHER });
    expect((await judge(image, asking(SPDX, custom.predicateType))).decided).toBe('fail IDENTITY_MISMATCH');
    attest(image, custom);
    expect((await judge(image, asking(SPDX, custom.predicateType))).decided).toBe('pass');
  });

  test('countersign/attestations asks in addition to the signature', async () => {
    const policies = policy({ annotations: { 'countersign/attestations': 'spdx' } });
    const image = signedBy();
    expect((await judge(image, policies)).decided).toBe('fail NO_ATTESTATION');
    attest(image, { ...sbom, run: OTHER });
    expect((await judge(image, policies)).decided).toBe('fail IDENTITY_MISMATCH');
    attest(image, sbom);
    expect((await judge(image, policies)).decided).toBe('pass');
    expect((await judge(attest(lab.freshImage(), sbom), policies)).decided).toBe(absent);
  });
});

describe('thresholds', () => {
  const both = (count: string): string =>
    policy({
      annotations: { 'countersign/require': count },
      authorities: [keyless({}, { name: 'build' }), keyless(SECOND, { name: 'review' })],
    });

  test('two authorities need two signers', async () => {
    const image = signedBy();
    expect((await judge(image, both('1'))).decided).toBe('pass');
    const { decided, result } = await judge(image, both('2'));
    expect(decided).toBe('fail IDENTITY_MISMATCH');
    expect(result?.message).toContain('1 of 2 required authorities');
    signedBy({}, image);
    expect((await judge(image, both('2'))).decided).toBe('fail IDENTITY_MISMATCH');
    signedBy(SECOND, image);
    expect((await judge(image, both('2'))).decided).toBe('pass');
  });

  test('one signer that two authorities accept counts once', async () => {
    const policies = policy({
      annotations: { 'countersign/require': '2' },
      authorities: [keyless({}, { name: 'a' }), keyless({}, { name: 'b' })],
    });
    expect((await judge(signedBy({}, signedBy()), policies)).decided).toBe('fail IDENTITY_MISMATCH');
  });
});

describe('where and how signatures are stored', () => {
  test('row 16: source names the repository that counts', async () => {
    const image = lab.freshImage();
    const policies = policy({ authorities: [keyless({}, { source: [{ oci: `${lab.host}/signatures/here` }] })] });
    expect((await judge(signedBy({}, image), policies)).decided).toBe(absent);
    lab.attach('signatures/here', image.digest, goodBundle(lab.sigstore, image.digest));
    expect((await judge(image, policies)).decided).toBe('pass');
    const wrong = policy({ authorities: [keyless({}, { source: [{ oci: `${lab.host}/signatures/there` }] })] });
    expect((await judge(image, wrong)).decided).toBe(absent);
  });

  test('signatureFormat counts only its own, and reads both if it is unset', async () => {
    const of = (signatureFormat: string): string => policy({ authorities: [keyless({}, { signatureFormat })] });
    const bundle = signedBy();
    const legacy = lab.freshImage();
    putSignatureTag(lab.registry.store, legacy.repository, legacy.digest, [
      goodLayer(lab.sigstore, legacy.digest, { certify: certifyAs(lab.sigstore, {}) ?? {} }),
    ]);
    for (const image of [bundle, legacy]) expect((await judge(image, policy())).decided).toBe('pass');
    expect((await judge(bundle, of('bundle'))).decided).toBe('pass');
    expect((await judge(bundle, of('legacy'))).decided).toBe(absent);
    expect((await judge(legacy, of('legacy'))).decided).toBe('pass');
    expect((await judge(legacy, of('bundle'))).decided).toBe(absent);
  });

  test('row 15: rfc3161timestamp needs a timestamp of the root besides the log', async () => {
    const name = 'lab';
    const policies = all(
      trustRoot(name),
      policy({
        authorities: [
          {
            keyless: {
              identities: [{ issuer: lab.sigstore.issuer, subject: subjectOf() }],
              trustRootRef: name,
            },
            ctlog: { trustRootRef: name, url: lab.sigstore.urls.rekorV1 },
            rfc3161timestamp: { trustRootRef: name },
          },
        ],
      }),
    );
    const stamped = lab.freshImage();
    const certify = certifyAs(lab.sigstore, {}) ?? {};
    lab.attach(
      stamped.repository,
      stamped.digest,
      goodBundle(lab.sigstore, stamped.digest, { certify, timestamps: [{}] }),
    );
    const good = await judge(stamped, policies);
    expect(good.decided, good.run.stdout).toBe('pass');
    expect((await judge(signedBy(), policies)).decided).toBe('fail TIMESTAMP_INVALID');
  });
});

const pem = (kind: string, der: Uint8Array): string =>
  `-----BEGIN ${kind}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})(?=.)/g, '$1\n')}\n-----END ${kind}-----\n`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The trusted root of the lab as the resource that policy-controller reads. */
function trustRoot(name: string, content = lab.sigstore.trustedRootContent('v1')): string {
  const log = (one: (typeof content.logs)[number]): object => ({
    baseURL: one.baseUrl,
    hashAlgorithm: 'sha-256',
    publicKey: base64(pem('PUBLIC KEY', one.key.spki)),
  });
  const authority = (one: (typeof content.certificateAuthorities)[number]): object => ({
    subject: { organization: one.name.organization, commonName: one.name.commonName },
    uri: one.uri,
    certChain: base64(one.chain.map((der) => pem('CERTIFICATE', der)).join('')),
  });
  return JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1alpha1',
    kind: 'TrustRoot',
    metadata: { name },
    spec: {
      sigstoreKeys: {
        certificateAuthorities: content.certificateAuthorities.map(authority),
        tLogs: content.logs.map(log),
        ctLogs: content.ctLogs.map(log),
        timestampAuthorities: content.timestampAuthorities.map(authority),
      },
    },
  });
}

describe('trusted roots that policies name', () => {
  const named = (besides: object = {}): string =>
    policy({
      authorities: [
        {
          name: 'rooted',
          keyless: {
            identities: [{ issuer: lab.sigstore.issuer, subject: subjectOf() }],
            trustRootRef: 'lab',
            ...besides,
          },
          ctlog: { trustRootRef: 'lab', url: lab.sigstore.urls.rekorV1 },
        },
      ],
    });

  test('a signature counts by the root of its authority alone', async () => {
    await using strangers = await startSigstore();
    const foreign = { 'trusted-root': strangers.trustedRootJson('all') };
    const image = signedBy();
    const good = await judge(image, all(trustRoot('lab'), named()), foreign);
    expect(good.decided, good.run.stdout).toBe('pass');
    // Twins: without the reference the root of the run decides, and a reference to another root does not help.
    expect((await judge(image, policy(), foreign)).decided).toBe('fail CERTIFICATE_UNTRUSTED');
    const wrong = all(trustRoot('lab', strangers.trustedRootContent('v1')), named());
    expect((await judge(image, wrong)).decided).toMatch(/^(?:fail CERTIFICATE_UNTRUSTED|stopped INPUT_INVALID)$/);
  });

  test('both roots together read and fetch everything once', async () => {
    const image = signedBy();
    const one = await judge(image, policy());
    const two = await judge(image, all(trustRoot('lab'), named(), policy({ name: 'second' })));
    expect(two.decided).toBe('pass');
    expect(asked(two.run)).toBe(asked(one.run));
  });

  test('a CA or log that the root of the run does not list is refused before anything is asked', async () => {
    const { decided, run } = await judge(
      signedBy(),
      policy({
        authorities: [
          {
            keyless: {
              url: 'https://fulcio.acme.example',
              identities: [{ issuer: lab.sigstore.issuer, subject: subjectOf() }],
            },
          },
        ],
      }),
    );
    expect(decided).toBe('stopped INPUT_INVALID');
    expect(run.failure?.message).toContain('https://fulcio.acme.example');
    expect(asked(run)).toBe(0);
  });
});

test('wait-for waits for a signature that a policy needs, and for nothing that no policy covers', async () => {
  const inputs = { 'wait-for': '5s', 'no-match-policy': 'warn' };
  const missing = await judge(lab.freshImage(), policy(), inputs);
  expect([missing.decided, missing.run.waitedMs > 4000]).toEqual([absent, true]);
  const elsewhere = await judge(lab.freshImage(), policy({ globs: ['ghcr.io/acme/**'] }), inputs);
  expect([elsewhere.decided, elsewhere.run.waitedMs]).toEqual(['allowed POLICY_NO_MATCH', 0]);
  const wrong = await judge(signedBy(OTHER), policy(), inputs);
  expect([wrong.decided, wrong.run.waitedMs]).toEqual(['fail IDENTITY_MISMATCH', 0]);
});

describe('one examination', () => {
  test('for several policies, authorities and names of one digest', async () => {
    const image = lab.freshImage(undefined, '1');
    signedBy({}, image);
    lab.putImage(image.repository, undefined, '2');
    const single = await judge(image, policy());
    const policies = all(
      ...['a', 'b', 'c'].map((name) => policy({ name, authorities: [other(), keyless({}, { name: 'right' })] })),
    );
    const names = { reference: [image.reference, `${image.name}:x@${image.digest}`].join('\n') };
    const several = await judge(names, policies);
    expect(several.decided).toBe('pass');
    expect(asked(several.run)).toBe(asked(single.run));
  });

  test('and a refusal reads no more than one policy would', async () => {
    const image = signedBy(OTHER);
    const single = await judge(image, policy());
    const several = await judge(image, all(...['a', 'b', 'c'].map((name) => policy({ name }))));
    expect([single.decided, several.decided]).toEqual(['fail IDENTITY_MISMATCH', 'fail IDENTITY_MISMATCH']);
    expect(asked(several.run)).toBe(asked(single.run));
  });
});

const OTHER_BYTES: FaultAction = {
  reply: {
    status: 200,
    headers: [['content-type', 'application/vnd.oci.image.manifest.v1+json']],
    body: '{"schemaVersion":2,"config":{},"layers":[]}',
  },
};

describe('what is verified is what was resolved', () => {
  test('row 23: a tag alone, a tag beside a digest, a digest; malformed references are refused', async () => {
    const image = signedBy({}, lab.freshImage(undefined, 'v1'));
    for (const reference of [`${image.name}:v1`, `${image.name}:moved@${image.digest}`, image.reference]) {
      const { decided, run } = await judge({ reference }, policy());
      expect(decided).toBe('pass');
      expect(run.outputs['images']).toBe(image.reference);
    }
    for (const reference of [`${image.name}@sha256:abc`, `${image.name}:v1:v2`, `${lab.host}/../evil`]) {
      expect((await judge({ reference }, policy())).decided).toBe('stopped INPUT_INVALID');
    }
  });

  test('row 25: other bytes under the digest', async () => {
    const image = signedBy({}, lab.freshImage(undefined, 'v1'));
    lab.setFaults([
      {
        match: on('GET', /\/manifests\/v1$/),
        times: 'always',
        action: OTHER_BYTES,
      },
    ]);
    // The bytes say what the tag means, and they are not what was signed.
    expect((await judge({ reference: `${image.name}:v1` }, policy())).decided).toBe(absent);
    const [rule] = [
      { match: on('GET', new RegExp(`/manifests/${image.digest}$`)), times: 'always', action: OTHER_BYTES },
    ] as const;
    lab.setFaults([rule]);
    expect((await judge(image, policy(), { recursive: 'true' })).decided).toBe('error REGISTRY_INVALID');
  });

  test('row 26: a signature of the index is none of its platform images', async () => {
    const index = lab.freshImage(buildIndex({ content: 'row 26' }));
    signedBy({}, index);
    const [child = ''] = JSON.parse(
      Buffer.from(lab.registry.store.getManifest(index.repository, index.digest)?.bytes ?? '').toString(),
    ).manifests.map(({ digest }: { readonly digest: string }) => digest);
    expect((await judge(index, policy())).decided).toBe('pass');
    expect((await judge({ reference: `${index.name}@${child}` }, policy())).decided).toBe(absent);
    expect((await judge(index, policy(), { recursive: 'true' })).decided).toBe(absent);
  });

  test('rows 27, 28: every spelling of a name meets the same policy', async () => {
    const port = lab.host.split(':')[1];
    const denied = policy({ globs: [`localhost:${port}/acme/**`], authorities: [stat('fail')] });
    const image = signedBy();
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `LocalHost:0${port}`]) {
      const reference = `${host}/${image.repository}@${image.digest}`;
      expect((await judge({ reference }, denied, { 'no-match-policy': 'allow' })).decided, host).not.toMatch(
        /^(?:pass|allowed)/,
      );
    }
    for (const reference of ['nginx', 'library/nginx', 'docker.io/nginx', 'index.docker.io/library/nginx']) {
      const pinned = { reference: `${reference}@${image.digest}` };
      const { decided, run } = await judge(pinned, policy());
      expect(decided).toBe('fail POLICY_NO_MATCH');
      expect(run.summary).toContain('glob: index.docker.io/library/nginx@*');
    }
  });
});

describe('identity rules hold for policies', () => {
  test('rule 3: a stranger who calls the reusable workflow is refused, unless the source is named', async () => {
    const called: WorkflowRun = { reusableWorkflow: 'octo-org/shared/.github/workflows/sign.yml@refs/tags/v3' };
    const subject = 'https://github.com/octo-org/shared/.github/workflows/sign.yml@refs/tags/v3';
    const authorities = [{ keyless: { identities: [{ issuer: lab.sigstore.issuer, subject }] } }];
    expect((await judge(signedBy(called), policy({ authorities }))).decided).toBe('fail CLAIM_MISMATCH');
    const annotations = { 'countersign/source-repository': RELEASE.repository };
    expect((await judge(signedBy(called), policy({ authorities, annotations }))).decided).toBe('pass');
    const stranger = { ...called, repository: 'evil-org/octo-repo' };
    expect((await judge(signedBy(stranger), policy({ authorities, annotations }))).decided).toBe('fail CLAIM_MISMATCH');
  });

  test('rule 4: pull-request code is refused', async () => {
    const pull: WorkflowRun = { ref: 'refs/pull/7/merge', eventName: 'pull_request' };
    const identities = [{ issuer: lab.sigstore.issuer, subjectRegExp: '^https://github\\.com/octo-org/octo-repo/.*$' }];
    const authorities = [{ keyless: { identities } }];
    expect((await judge(signedBy(), policy({ authorities }))).decided).toBe('pass');
    expect((await judge(signedBy(pull), policy({ authorities }))).decided).toBe('fail CLAIM_MISMATCH');
  });

  test.each([
    ['annotations', { 'countersign/annotations': 'stage=prod' }, 'fail ANNOTATION_MISMATCH'],
    ['max-age', { 'countersign/max-age': '1h' }, 'fail TOO_OLD'],
    ['claims', { 'countersign/claims': 'runner-environment=self-hosted' }, 'fail CLAIM_MISMATCH'],
    ['source-ref', { 'countersign/source-ref': 'refs/tags/v*' }, 'fail CLAIM_MISMATCH'],
    ['workflow', { 'countersign/workflow': '.github/workflows/other.yml' }, 'fail CLAIM_MISMATCH'],
  ])('countersign/%s narrows', async (_name, annotations, refused) => {
    const image = signedBy();
    const late = { clockAheadMs: 2 * 3_600_000 };
    expect((await judge(image, policy(), {}, late)).decided).toBe('pass');
    expect((await judge(image, policy({ annotations }), {}, late)).decided).toBe(refused);
  });
});

describe('inputs', () => {
  test.each([
    ['certificate-identity', RELEASE.subject],
    ['certificate-identity-regexp', 'https://github.com/a/.*'],
    ['certificate-oidc-issuer', 'https://issuer.example'],
    ['certificate-oidc-issuer-regexp', 'https://issuer\\.example'],
    ['source-repository', 'acme/app'],
    ['workflow', '.github/workflows/a.yml'],
    ['source-ref', 'refs/heads/main'],
    ['signer-workflow', 'acme/app/.github/workflows/a.yml'],
    ['claims', 'runner-environment=github-hosted'],
    ['annotations', 'a=b'],
    ['max-age', '1h'],
    ['allow-any-identity', 'true'],
    ['attestations', 'provenance'],
    ['require-signature', 'false'],
  ])('%s beside policy is refused before anything is asked', async (input, value) => {
    const { decided, run } = await judge(signedBy(), policy(), { [input]: value });
    expect(decided).toBe('stopped INPUT_INVALID');
    expect(run.failure?.message).toContain(`input ${input}: it cannot be combined with \`policy\``);
    expect(run.requests).toEqual([]);
  });

  test.each([
    [
      'a match-all pattern',
      policy({ authorities: [{ keyless: { identities: [{ issuer: 'https://a.example', subjectRegExp: '^.*$' }] } }] }),
      'subjectRegExp',
    ],
    [
      'an unanchored pattern',
      policy({
        authorities: [
          { keyless: { identities: [{ issuer: 'https://a.example', subjectRegExp: 'https://github.com/acme/.*' }] } },
        ],
      }),
      '^',
    ],
    [
      'no subject',
      policy({ authorities: [{ keyless: { identities: [{ issuer: 'https://a.example' }] } }] }),
      'subject',
    ],
    ['no authority', policy({ authorities: [] }), 'authorities'],
    ['an unknown field', policy().replace('"spec":{', '"spec":{"signatureFormat":"bundle",'), 'signatureFormat'],
    ['a repeated name', all(policy(), policy()), 'ours'],
    ['a repeated key', policy().replace('"metadata":', '"metadata":{"name":"x"},"metadata":'), 'metadata'],
    [
      'match, where no object names images',
      policy().replace('"spec":{', '"spec":{"match":[{"group":"apps","version":"v1","resource":"deployments"}],'),
      'match',
    ],
    ['another kind', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }), 'ClusterImagePolicy'],
    ['an empty document', '---\n', 'policy'],
  ])('rows 30, 31: %s is refused with place and cure, before anything is asked', async (_what, policies, part) => {
    const { decided, run } = await judge(signedBy(), policies);
    expect(decided).toBe('stopped INPUT_INVALID');
    expect(run.failure?.message).toContain('input policy: ');
    expect(`${run.failure?.message} ${run.failure?.hint}`).toContain(part);
    expect(run.requests).toEqual([]);
  });

  test('no-match-policy without policy, and with a word that it does not know', async () => {
    const alone = await lab.verify({ images: signedBy().reference, ...RIGHT_SIGNER, 'no-match-policy': 'allow' });
    expect(alone.failure?.message).toContain('input no-match-policy: ');
    const odd = await judge(signedBy(), policy(), { 'no-match-policy': 'ignore' });
    expect(odd.decided).toBe('stopped INPUT_INVALID');
  });
});

describe('a pull request cannot change what it is checked against', () => {
  const BASE = '1'.repeat(40);
  const files = (tree: Tree): GithubApiOptions => ({
    tokens: { ghs_lab: { contents: 'read' } },
    repositories: { 'acme/app': { refs: { [BASE]: tree } }, 'acme/policies': { refs: { 'refs/tags/v1': tree } } },
  });
  const event = { pull_request: { base: { sha: BASE, repo: { full_name: 'acme/app' } } } };

  async function onPullRequest(input: string, tree: Tree, image: LabImage) {
    await using api = await serve(createGithubApi(files(tree)));
    const env = { GITHUB_API_URL: api.url, GITHUB_EVENT_NAME: 'pull_request' };
    // Awaited here, because the API closes with this function.
    return await judge(image, input, {}, { env, event });
  }

  test('the base commit decides for files and patterns, and a full ref for another repository', async () => {
    const image = signedBy();
    const tree = {
      'policies/a.yaml': policy(),
      'policies/deep/b.yaml': policy({ name: 'deep' }),
      'policies/x.txt': '?',
    };
    for (const input of [
      'policies/a.yaml',
      'policies/*.yaml',
      'policies/**/*.yaml',
      'acme/policies/policies/a.yaml@refs/tags/v1',
    ]) {
      const { decided, run } = await onPullRequest(input, tree, image);
      expect(decided, `${input}\n${run.failure?.message}\n${run.stdout}`).toBe('pass');
    }
    // Twins: the policies of base refuse; one of several files is enough.
    const strict = { ...tree, 'policies/deep/b.yaml': policy({ name: 'deep', authorities: [other()] }) };
    expect((await onPullRequest('policies/*.yaml', strict, image)).decided).toBe('pass');
    expect((await onPullRequest('policies/**/*.yaml', strict, image)).decided).toBe('fail IDENTITY_MISMATCH');
  });

  test.each([
    ['policies/none.yaml', 'has no file "policies/none.yaml"'],
    ['policies/*.yml', 'matches no file'],
    ['policies/[ab].yaml/*', 'contains one of'],
    ['acme/policies/policies/none.yaml@refs/tags/v1', 'has no file'],
    ['acme/other/policies/a.yaml@refs/heads/main', 'has no file'],
    ['policies/a.yaml\n\npolicies/a.yaml', 'line 2 of 3 is empty'],
  ])('%j is refused', async (input, part) => {
    const { decided, run } = await onPullRequest(input, { 'policies/a.yaml': policy() }, signedBy());
    expect(decided).toBe('stopped INPUT_INVALID');
    expect(run.failure?.message).toContain(part);
    expect(asked(run)).toBe(0);
  });
});

test('text of a policy is data in every report', async () => {
  const hostile = '::error::x <img src=x> [a](b) `c` @me';
  const authorities = [{ name: 'h', static: { action: 'fail', message: hostile } }];
  const { run } = await judge(signedBy(), policy({ authorities }));
  expect(run.commands.filter(({ name }) => name === 'error')).toHaveLength(1);
  expect(run.summary).not.toContain('<img');
  expect(run.summary).not.toContain('[a](b)');
  expect(run.outputs['results']).not.toContain('<img');
});
