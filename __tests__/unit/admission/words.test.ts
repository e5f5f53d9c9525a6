import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ImageVerdict } from '../../../src/admission/image-judge.ts';
import { hasUnseen } from '../../../src/domain/text/visible-text.ts';
import { askValidate, type Json, recorded, tampered, UNSIGNED } from './reviews.ts';

const APP = 'registry.test/acme/app';
const PINNED = `${APP}:1.0@sha256:${'a'.repeat(64)}`;
const verdicts = (verdict: ImageVerdict) => ({ verdicts: { [APP]: verdict } });

test('one refused image: object, image, field, policy, reason, then what to do', async () => {
  const { message } = await askValidate(recorded('create-pod'), verdicts(UNSIGNED));
  expect(message.split('\n')).toEqual([
    `Pod/web: the image "${PINNED}" (spec.containers[0].image) is refused: NO_SIGNATURE: policy "ours": authority "release": no signature was found`,
    'Sign this digest in the workflow that builds it, or deploy a digest that is signed.',
  ]);
});

test('several: each on a line, and the same advice once', async () => {
  const { message } = await askValidate(recorded('create-pod-all-fields'), verdicts(UNSIGNED));
  expect(message.split('\n')).toEqual([
    'Pod/full: 2 of 5 images are refused:',
    `- spec.containers[0].image: "${PINNED}": NO_SIGNATURE: policy "ours": authority "release": no signature was found`,
    `- spec.containers[1].image: "${APP}:1.1@sha256:${'b'.repeat(64)}": NO_SIGNATURE: policy "ours": authority "release": no signature was found`,
    'Sign this digest in the workflow that builds it, or deploy a digest that is signed.',
  ]);
});

test('the advice of the judge goes before the general one', async () => {
  const { message } = await askValidate(
    recorded('create-pod'),
    verdicts({ ...UNSIGNED, hint: 'do this\n  then that' }),
  );
  expect(message.split('\n').slice(1)).toEqual(['do this', '  then that']);
});

test('a refusing policy that the message does not name is named', async () => {
  const policies = [
    { name: 'ours', verdict: 'pass' },
    { name: 'theirs', verdict: 'fail' },
  ] as const;
  const { message } = await askValidate(recorded('create-pod'), verdicts({ ...UNSIGNED, policies }));
  expect(message).toContain('no signature was found (refused by policy "theirs")');
});

test('a generated name is shown as such, and a long one is cut', async () => {
  const generated = tampered('create-pod-generate-name', ({ object }) => delete object.metadata.name);
  expect((await askValidate(generated, verdicts(UNSIGNED))).message).toMatch(/^Pod\/web-\*: /);
  const long = tampered('create-pod', ({ object }) => (object.metadata.name = 'n'.repeat(5_000)));
  expect((await askValidate(long, verdicts(UNSIGNED))).message.split(':')[0]?.length).toBeLessThanOrEqual(200);
});

test('nothing that a request or a judge says forges lines or hides', async () => {
  const body = tampered('create-pod', ({ object }) => {
    object.metadata.name = 'web\u001b[2J\nallowed';
    object.spec.containers[0].image = 'registry.test/x\u202e\n\u0007{{ y }}';
  });
  const bad = await askValidate(body);
  expect(bad.message.split('\n')).toHaveLength(1);
  const verdict = {
    ...UNSIGNED,
    message: 'a\nb\u001b[31m\u202e',
    hint: 'c\u0000\u202e',
    policies: [{ name: 'x\ny', verdict: 'fail' as const }],
  };
  const said = await askValidate(recorded('create-pod'), verdicts(verdict));
  expect(said.message.split('\n')).toHaveLength(2);
  for (const { message } of [bad, said]) {
    for (const line of message.split('\n')) expect(hasUnseen(line)).toBe(false);
  }
});

test('however much is refused, the message stays readable and the first image is in it', async () => {
  const body = tampered('create-pod', ({ object }) => {
    object.spec.containers = Array.from({ length: 150 }, (_, at) => ({
      name: `c${at}`,
      image: `registry.test/acme/${'long/'.repeat(30)}app${at}:1@sha256:${'a'.repeat(64)}`,
    }));
  });
  const { verdicts: _, ...others } = verdicts(UNSIGNED);
  const every = new Proxy(
    {},
    { get: () => ({ ...UNSIGNED, message: 'm'.repeat(5_000), hint: `${'h'.repeat(5_000)}\n`.repeat(100) }) },
  );
  const { message, response } = await askValidate(body, { ...others, verdicts: every });
  expect(message.length).toBeLessThanOrEqual(6_001);
  expect(message).toContain('Pod/web: 150 of 150 images are refused:\n- spec.containers[0].image: "registry.test/');
  expect(message).toMatch(/- and 1[0-9]{2} more/);
  expect(JSON.stringify(response).length).toBeLessThan(20_000);
});

test('problems of the object are listed with field, cause and cure', async () => {
  const body = tampered('create-pod-all-fields', ({ object }) => {
    object.spec.containers[0].image = '{{ .Values.image }}';
    delete object.spec.initContainers[0].image;
  });
  const { message } = await askValidate(body);
  const lines = message.split('\n');
  expect(lines[0]).toBe('Pod/full: INPUT_INVALID: its images cannot be read for 2 reasons:');
  expect(lines[1]).toContain('- spec.containers[0].image: the image "{{ .Values.image }}" contains a template');
  expect(lines[2]).toContain('- spec.initContainers[0].image: the container names no image');
});

describe('POLICY_NO_MATCH on an annotated image', () => {
  const NO_MATCH: ImageVerdict = {
    ...{ verdict: 'fail', reason: 'POLICY_NO_MATCH', message: 'no policy matches the image' },
    ...{ hint: undefined, policies: [], digest: undefined },
  };
  const SUBJECT = 'https://github.com/chrisns/cosign-keyless-demo/.github/workflows/ci.yml@refs/heads/main';
  const IMAGE = 'ghcr.io/chrisns/cosign-keyless-demo';
  const ask = (annotations: Json, settings: { isPublicTrust?: boolean } = {}) =>
    askValidate(
      // Undefined removes an annotation.
      JSON.parse(
        JSON.stringify(
          tampered('create-pod-annotated', ({ object }) => Object.assign(object.metadata.annotations, annotations)),
        ),
      ),
      { verdicts: { [IMAGE]: NO_MATCH }, settings },
    );
  const policyIn = (message: string): Json => parse(message.slice(message.indexOf('apiVersion:')));

  test('prints the ClusterImagePolicy that the annotations mean', async () => {
    const { message } = await ask({});
    expect(message).toContain('Its annotations mean this ClusterImagePolicy. Adding it means trusting the signer:\n');
    expect(policyIn(message)).toMatchObject({
      ...{ apiVersion: 'policy.sigstore.dev/v1beta1', kind: 'ClusterImagePolicy' },
      spec: {
        images: [{ glob: `${IMAGE}@*` }],
        authorities: [
          {
            keyless: {
              url: 'https://fulcio.sigstore.dev',
              identities: [{ issuer: 'https://token.actions.githubusercontent.com', subject: SUBJECT }],
            },
          },
        ],
      },
    });
  });

  test('with another trusted root it names no public service', async () => {
    const [authority] = policyIn((await ask({}, { isPublicTrust: false })).message).spec.authorities;
    expect(authority).toEqual({ keyless: { identities: expect.any(Array) } });
  });

  test.each([
    [
      'pull-request code',
      { 'subject.cosign.sigstore.dev/demo': SUBJECT.replace('refs/heads/main', 'refs/pull/1/merge') },
      'mean no policy that could be offered',
    ],
    [
      'characters that YAML could misread',
      { 'subject.cosign.sigstore.dev/demo': `${SUBJECT}'}` },
      'characters that a policy could misread',
    ],
    ['half of a signer', { 'subject.cosign.sigstore.dev/demo': undefined }, 'only half of a signer'],
    [
      'a subject that is too long',
      { 'subject.cosign.sigstore.dev/demo': `${SUBJECT}${'x'.repeat(2_000)}` },
      'too long',
    ],
  ])('%s: offers none, and says why', async (_name, annotations, why) => {
    const { message } = await ask(annotations);
    expect(message).toContain(why);
    expect(message).not.toContain('apiVersion');
  });

  test('an image without annotations gets the general advice, any other reason no policy', async () => {
    const plain = await askValidate(recorded('create-pod'), verdicts(NO_MATCH));
    expect(plain.message).toContain(
      'Deploy an image that the policies accept, or ask those who maintain the policies.',
    );
    expect(plain.message).not.toContain('apiVersion');
    const unsigned = await askValidate(recorded('create-pod-annotated'), { verdicts: { [IMAGE]: UNSIGNED } });
    expect(unsigned.message).not.toContain('apiVersion');
  });
});

describe('warnings', () => {
  const LET_THROUGH: ImageVerdict = { ...UNSIGNED, verdict: 'allowed' };
  const NO_MATCH: ImageVerdict = {
    ...LET_THROUGH,
    reason: 'POLICY_NO_MATCH',
    message: 'no policy matches',
    policies: [],
  };

  test('an image that a policy in mode warn lets through gives one', async () => {
    const { response } = await askValidate(recorded('create-pod'), verdicts(LET_THROUGH));
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'allowed', policies: 'ours=fail' } });
    expect(response.warnings).toEqual([
      `spec.containers[0].image: ${PINNED} is let through: NO_SIGNATURE: policy "ours": authority "release": no signature was found`,
    ]);
  });

  test('no match: with no-match-policy warn, not with allow', async () => {
    const warn = await askValidate(recorded('create-pod'), {
      ...verdicts(NO_MATCH),
      settings: { noMatchPolicy: 'warn' },
    });
    expect(warn.response.allowed).toBe(true);
    expect(warn.response.warnings).toHaveLength(1);
    const allow = await askValidate(recorded('create-pod'), {
      ...verdicts(NO_MATCH),
      settings: { noMatchPolicy: 'allow' },
    });
    expect(allow.response.allowed).toBe(true);
    expect(allow.response.warnings).toBeUndefined();
  });

  test('static: pass gives none, and the audit log has it', async () => {
    const statically: ImageVerdict = {
      ...LET_THROUGH,
      reason: undefined,
      message: 'static: pass lets it through unchecked',
    };
    const { response } = await askValidate(recorded('create-pod'), verdicts(statically));
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'allowed' } });
    expect(response.warnings).toBeUndefined();
  });

  test('a refusal says only what is refused; what is let through stays a warning', async () => {
    const both = { [APP]: LET_THROUGH, 'registry.test/acme/tool': UNSIGNED };
    const { response, message } = await askValidate(recorded('create-pod-all-fields'), { verdicts: both });
    expect(response.allowed).toBe(false);
    expect(message).toContain('registry.test/acme/tool');
    expect(message).not.toContain('acme/app');
    expect(response.warnings.join(' ')).toContain('spec.containers[0].image');
  });
});
