import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CodedError } from '../../../src/coded-error.ts';
import type { CertificateIdentity } from '../../../src/domain/signature/facts.ts';
import { cosignCommandBlock, verifyStepBlock } from '../../../src/report/paste-blocks.ts';
import { signSummary } from '../../../src/report/sign-summary.ts';
import { DIGEST, HOSTILE, HOSTILE_IDENTITY, IDENTITY, image, signature, signed, signReport } from './report-samples.ts';

const NEW = signature({ written: true });
const FOUND = signature({ written: false });

test.each([
  [{}, '## ✅ Signed <code>ghcr.io/acme/app:1.2</code>\n', 'one new'],
  [
    { images: signed(image({ signatures: [FOUND] })) },
    '## ✅ <code>ghcr.io/acme/app:1.2</code> was already signed\n',
    'nothing to do',
  ],
  [
    { images: signed(image({ signatures: [NEW] }), image({ signatures: [FOUND] })) },
    '## ✅ Signed 1 image; 1 already signed\n',
    'one of two new',
  ],
  [
    { images: signed(image({ signatures: [FOUND] }), image({ signatures: [] })) },
    '2 images were already signed',
    'two',
  ],
  [
    { upload: false, images: signed(image()) },
    '## ✅ Signed <code>ghcr.io/acme/app:1.2</code>, not uploaded\n',
    'without upload',
  ],
  [
    { images: signed(image({ verdict: 'error', reason: 'REGISTRY_DENIED', signatures: [] }), image()) },
    '## ❌ Not signed: 1 of 2 images\n',
    'one failed',
  ],
  [{ images: signed() }, '## ❌ Nothing was signed\n', 'none at all'],
  [{ images: signed(image()), errors: [new CodedError('CA_REFUSED', 'm')] }, '## ❌ Nothing was signed', 'stopped'],
] as const)('the heading says what happened (%#: %s)', (over, heading, _why) => {
  expect(signSummary(signReport(over))).toContain(heading);
});

test('shows image, digest, identity, commit, run, log entry, readers and both ways to check', () => {
  const text = signSummary(signReport());
  for (const part of [
    '<code>ghcr.io/acme/app:1.2</code>',
    DIGEST,
    '(https://search.sigstore.dev/?logIndex=123456)',
    '(https://github.com/acme/app/commit/0123456789abcdef0123456789abcdef01234567)',
    '(https://github.com/acme/app/actions/runs/9001/attempts/1)',
    '| Sigstore bundle | cosign 3',
    '- uses: acme/countersign/verify@v1',
    'source-ref: refs/heads/main',
    'cosign verify \\\n  --certificate-identity https://github.com/acme/app/',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('Countersign | policy-controller, podman, Harbor, gh |');
  expect(text).not.toContain('legacy `.sig` tag');
});

test('tells by whom the images were signed that were signed before another failed', () => {
  const error = new CodedError('REGISTRY_DENIED', 'no');
  const failed = image({ verdict: 'error', reason: 'REGISTRY_DENIED', message: 'no', signatures: [] });
  const partly = signSummary(signReport({ images: signed(failed, image()), errors: [error] }));
  expect(partly).toContain(`By <code>${IDENTITY.subject.replace('://', ':<wbr>//').replace('@', '&#64;<wbr>')}</code>`);
  expect(partly).toContain('| Commit |');
  expect(signSummary(signReport({ images: signed(failed), errors: [error] }))).not.toContain('| Commit |');
});

test('names another log by its address, and no log as none', () => {
  const log = { url: 'https://log.example', index: 5 };
  expect(signSummary(signReport({ images: signed(image({ signatures: [signature({ log })] })) }))).toContain(
    '5 in <code>log.example</code>',
  );
  expect(
    signSummary(signReport({ images: signed(image({ signatures: [signature({ log: null, signedAt: null })] })) })),
  ).toContain('| – | – |');
});

test.each([
  [
    'github',
    'legacy',
    '--insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps',
    "need GitHub's trusted root",
  ],
  ['custom', 'both', '--trusted-root trusted_root.json', 'Every verifier needs the trusted root'],
] as const)('says what verifiers need for trust %s', (trust, format, command, limit) => {
  const text = signSummary(signReport({ trust, format }));
  expect(text).toContain(command);
  expect(text).toContain(limit);
  expect(text).toContain('| legacy `.sig` tag | cosign 2 and 3');
});

test.each([
  ['ghcr.io/acme/app', ['ghcr.io/acme/app']],
  ['docker.io/acme/app', ['docker.io/acme/app', 'acme/app', 'index.docker.io/acme/app']],
  [
    'docker.io/library/nginx',
    ['docker.io/library/nginx', 'library/nginx', 'index.docker.io/library/nginx', 'nginx', 'docker.io/nginx'],
  ],
])('the policy for a cluster takes %s by each of its names, and nothing else', (repository, names) => {
  const text = signSummary(signReport({ images: signed(image({ resolved: `${repository}@${DIGEST}` })) }));
  const [, block] = /Kyverno 1\.17 or newer:\n\n```yaml\n([\s\S]*?)\n```/.exec(text) ?? [];
  const policy: unknown = parse(block ?? '');
  expect(policy).toMatchObject({
    kind: 'ImageValidatingPolicy',
    spec: {
      failurePolicy: 'Fail',
      matchImageReferences: names.flatMap((name) => [{ glob: name }, { glob: `${name}:*` }, { glob: `${name}@*` }]),
      attestors: [{ cosign: { keyless: { identities: [{ issuer: IDENTITY.issuer, subject: IDENTITY.subject }] } } }],
    },
  });
});

test.each([
  [{ trust: 'custom' }, 'a private root'],
  [{ trust: 'github' }, "GitHub's root"],
  [{ images: stored(['ghcr.io/acme/app', 'ghcr.io/acme/signatures']) }, 'signatures elsewhere'],
] as const)('offers no policy for a cluster that would not hold (%#: %s)', (over, _why) => {
  expect(signSummary(signReport(over))).not.toContain('in a cluster');
});

/** Signed images with the repository of their signatures, and the line of the input that says so. */
function stored(...images: readonly (readonly [name: string, store: string | undefined, rule?: string | undefined])[]) {
  return images.map(([repository, store, rule = store]) => ({
    result: image({ repository, resolved: `${repository}@${DIGEST}`, signatures: [signature({ written: true })] }),
    tags: [],
    store,
    storeRules: rule === undefined ? [] : [rule],
  }));
}

test('offers no policy for a name that is not safe in YAML, and says so', () => {
  const text = signSummary(signReport({ identity: HOSTILE_IDENTITY, format: 'both' }));
  expect(text).not.toMatch(/kind: (?:ImageValidating|ClusterImage)Policy/);
  expect(text).toContain('contains characters that a policy could misread');
});

test('names the repository that holds the signatures in both ways to check', () => {
  const text = signSummary(signReport({ images: stored(['ghcr.io/acme/app', 'ghcr.io/acme/signatures']) }));
  expect(text).toContain('COSIGN_REPOSITORY=ghcr.io/acme/signatures cosign verify');
  expect(text).toContain('signature-repository: ghcr.io/acme/signatures');
  expect(text).toContain('stored in <code>ghcr.io/acme/<wbr>signatures</code>');
});

test('names each repository with the images whose signatures it holds, and offers a policy for the others only', () => {
  const images = stored(
    ['ghcr.io/acme/app', 'ghcr.io/acme/signatures', 'ghcr.io/acme/app=ghcr.io/acme/signatures'],
    ['quay.io/acme/app', 'quay.io/acme/sigs', 'quay.io/acme=quay.io/acme/sigs'],
    ['ghcr.io/acme/plain', undefined, undefined],
  );
  const text = signSummary(signReport({ images }));
  expect(text).toContain(
    [
      '    signature-repository: |',
      '      ghcr.io/acme/app=ghcr.io/acme/signatures',
      '      quay.io/acme=quay.io/acme/sigs',
      '',
    ].join('\n'),
  );
  const commands = text.slice(text.indexOf('COSIGN_REPOSITORY'), text.indexOf('in a cluster'));
  expect(commands.match(/^.*cosign verify/gm)).toEqual([
    'COSIGN_REPOSITORY=ghcr.io/acme/signatures cosign verify',
    'COSIGN_REPOSITORY=quay.io/acme/sigs cosign verify',
    'cosign verify',
  ]);
  for (const [store, image] of [
    ['ghcr.io/acme/signatures', 'ghcr.io/acme/app'],
    ['quay.io/acme/sigs', 'quay.io/acme/app'],
  ]) {
    const command = commands.slice(commands.indexOf(`COSIGN_REPOSITORY=${store}`)).split('cosign verify')[1];
    expect(command).toContain(`  ${image}@sha256:`);
    expect(command?.match(/@sha256:/g)).toHaveLength(1);
  }
  const policies = text.slice(text.indexOf('in a cluster'));
  expect(policies).toContain("glob: 'ghcr.io/acme/plain'");
  expect(policies).not.toMatch(/glob: '(?:ghcr|quay)\.io\/acme\/app/);
});

describe('what is offered for pasting names as much as the gate asks for', () => {
  const called = (claims: CertificateIdentity['claims'] = { 'github-workflow-repository': 'acme/app' }) =>
    signReport({
      format: 'both',
      identity: {
        ...IDENTITY,
        subject: 'https://github.com/shared/flows/.github/workflows/sign.yml@refs/tags/v3',
        claims: { ...IDENTITY.claims, ...claims },
      },
    });

  test('a workflow that calls nothing is told by its subject, to every verifier', () => {
    const text = signSummary(signReport({ format: 'both' }));
    expect(text).toContain('kind: ImageValidatingPolicy');
    expect(text).toContain('kind: ClusterImagePolicy');
    expect(text).not.toContain('--certificate-github-workflow');
  });

  test('the subject of a called workflow is shared by all its callers, so that cosign gets the caller', () => {
    const text = signSummary(called());
    expect(text).toContain(' \\\n  --certificate-github-workflow-repository acme/app \\\n');
    expect(text).toContain('    source-repository: acme/app\n');
    expect(text).not.toMatch(/kind: (?:ImageValidating|ClusterImage)Policy/);
    expect(text).toContain('No policy is offered: these controllers compare only the subject');
  });

  test('an event that any account can fire is offered to nobody, and each place says why', () => {
    const text = signSummary(
      signReport({
        format: 'both',
        identity: {
          ...IDENTITY,
          claims: { ...IDENTITY.claims, 'build-trigger': 'workflow_run', 'github-workflow-trigger': 'workflow_run' },
        },
      }),
    );
    expect(text).not.toMatch(/uses:|--certificate-identity|kind: (?:ImageValidating|ClusterImage)Policy/);
    expect(text.match(/any account can cause the event that started the run &#40;workflow_run&#41;/g)).toHaveLength(3);
  });

  test('no command is offered where the certificate does not name the caller as cosign asks for it', () => {
    const text = signSummary(called({}));
    expect(text).not.toContain('--certificate-identity');
    expect(text).toContain('cosign has no flag that distinguishes this signer');
  });
});

test('offers several images as one block and at most five', () => {
  const many = Array.from({ length: 7 }, (_, i) => image({ resolved: `ghcr.io/acme/app${i}@${DIGEST}` }));
  const text = signSummary(signReport({ images: signed(...many) }));
  expect(text).toContain(`    images: |\n      ghcr.io/acme/app0@${DIGEST}\n`);
  expect(text).not.toContain(`      ghcr.io/acme/app5@${DIGEST}\n`);
  expect(text).toContain(` \\\n  ghcr.io/acme/app0@${DIGEST} \\\n  ghcr.io/acme/app1@${DIGEST} \\\n`);
});

test('offers nothing for pasting if nothing was uploaded, resolved or finished', () => {
  for (const over of [
    { upload: false },
    { images: signed(image({ resolved: null })) },
    { errors: [new CodedError('CA_REFUSED', 'no')] },
    { identity: undefined },
  ]) {
    expect(signSummary(signReport(over))).not.toContain('uses:');
  }
});

test('takes an identity without claims, and one that is a person', () => {
  const person = { issuer: 'https://accounts.google.com', subject: 'jane@example.com', claims: {} };
  const text = signSummary(signReport({ identity: person }));
  expect(text).toContain('certificate-identity');
  expect(text).not.toContain('| Commit |');
  const other = signSummary(signReport({ identity: { ...person, subject: 'serial-7' } }));
  expect(other).toContain('serial-7');
  const commitOnly = { ...person, claims: { 'source-repository-digest': '0123' } };
  expect(signSummary(signReport({ identity: commitOnly }))).toContain('| Commit | <code>0123</code> |');
});

test('an error shows code, message, cure and its link; failed images their reason', () => {
  const error = new CodedError('IDENTITY_TOKEN_UNAVAILABLE', 'line one\nline two', { hint: 'Do this\nand that' });
  const failed = image({
    verdict: 'error',
    reason: null,
    message: 'why',
    digest: null,
    resolved: null,
    signatures: [],
  });
  const text = signSummary(signReport({ errors: [error], images: signed(failed), identity: undefined }));
  expect(text).toContain('troubleshooting.md#identity_token_unavailable');
  expect(text).toContain('> line one  \n> line two');
  expect(text).toContain('**What to do:** Do this\n\nand that');
  expect(text).toContain('<sub>not resolved</sub> | ❌ error | – | – |');
});

test('without a hint or a link the advice of the code stands alone', () => {
  const report = signReport({ errors: [new CodedError('LOG_UNAVAILABLE', 'm')] });
  const text = signSummary({ ...report, action: { ...report.action, troubleshootingUrl: undefined } });
  expect(text).toContain('**`LOG_UNAVAILABLE`** The transparency log could not be reached');
  expect(text).toContain('increase `retry-for`');
});

test('lists what was skipped and cuts long tables with a note', () => {
  expect(signSummary(signReport({ skipped: ['metadata target docs: not pushed, skipped (no digest)'] }))).toContain(
    '- metadata target docs',
  );
  const text = signSummary(signReport({ images: signed(...Array<ReturnType<typeof image>>(310).fill(image())) }));
  expect(text).toContain('and 10 more images in the results file');
  expect(Buffer.byteLength(text)).toBeLessThan(1_048_576);
});

test('a warning about the inputs stands on top, and stays text', () => {
  const text = signSummary(signReport({ warnings: [`Ignored ${HOSTILE}`] }));
  expect(text).toMatch(/^## ✅ .*\n\n- ⚠️ Ignored x/);
  expect(text).not.toMatch(/<img|^::/m);
  expect(signSummary(signReport())).not.toContain('⚠️');
});

test('hostile text stays text: no command, no HTML, no link, no broken table, nothing to paste', () => {
  const text = signSummary(
    signReport({
      identity: HOSTILE_IDENTITY,
      images: signed(image({ repository: null, reference: HOSTILE, message: HOSTILE, signatures: [] })),
      skipped: [HOSTILE],
      warnings: [HOSTILE],
    }),
  );
  expect(text).not.toMatch(/<img|<\/code><(?!br>)|\]\(https:\/\/evil|^::|\u202e|@acme\b(?!\/)/m);
  expect(text).toContain('no command is offered for pasting');
  for (const row of text.split('\n').filter((line) => line.startsWith('| <code>'))) {
    expect(row.match(/\|/g)).toHaveLength(5);
  }
  expect(IDENTITY.subject).not.toBe(HOSTILE_IDENTITY.subject);
});

test('no step and no command is offered with a name that cannot be seen', () => {
  const options = {
    identity: { ...IDENTITY, subjectKind: 'uri' },
    serverUrl: 'https://github.com',
    images: [{ pinned: 'a\u202eb', store: undefined, storeRules: [] }],
    actionRepository: 'acme/countersign',
    actionRef: 'v1',
    trust: 'public-good',
  } as const;
  expect(verifyStepBlock(options)).toContain('no command is offered');
  expect(cosignCommandBlock(options)).toContain('no command is offered');
  const image = { pinned: 'a/b', store: undefined, storeRules: [] };
  expect(verifyStepBlock({ ...options, images: [image] })).toContain('images: a/b');
  expect(verifyStepBlock({ ...options, images: [image], actionRef: 'a\nb' })).toContain('no command is offered');
  const elsewhere = { ...image, store: 'x\u202ey', storeRules: ['a=x\u202ey'] };
  expect(verifyStepBlock({ ...options, images: [elsewhere] })).toContain('no command is offered');
  expect(cosignCommandBlock({ ...options, images: [elsewhere] })).toContain('no command is offered');
});
