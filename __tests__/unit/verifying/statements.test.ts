import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signEnvelopeByHand, signLayerByHand, signMessageByHand } from '../../../sandbox/sigstore/hand-signer.ts';
import type { SigstoreStack } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { hexOf } from '../../../src/domain/image/digest.ts';
import { bundleCandidate, type Json, legacyCandidate } from './golden.ts';
import {
  OTHER_SUBJECT,
  outcome,
  rootOf,
  SUBJECT,
  seconds,
  sign,
  startStack,
  statement,
  verify,
} from './sandbox-signatures.ts';

let stack: SigstoreStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const ours = { digest: { sha256: hexOf(SUBJECT) } };
const theirs = { digest: { sha256: hexOf(OTHER_SUBJECT) } };
const judge = (payload: string): Promise<string> => outcome(sign(stack, { payload }), rootOf(stack));

describe('a validly signed statement', () => {
  test.each<[string, Json, string]>([
    ['without predicate, as cosign 3.0.0–3.0.4 wrote it', { predicate: undefined }, 'verified'],
    ['about several images, ours among them', { subject: [theirs, ours] }, 'verified'],
    ['with a named subject', { subject: [{ ...ours, name: 'ghcr.io/acme/app' }] }, 'verified'],
    ['with further digests', { subject: [{ digest: { ...ours.digest, sha512: 'x' } }] }, 'verified'],
    ['about another image', { subject: [theirs] }, 'SUBJECT_DIGEST_MISMATCH'],
    ['whose subject has no sha256', { subject: [{ digest: { sha512: hexOf(SUBJECT) } }] }, 'SUBJECT_DIGEST_MISMATCH'],
    ['whose subject has no digest', { subject: [{ name: `app@${SUBJECT}` }] }, 'SUBJECT_DIGEST_MISMATCH'],
    [
      'whose digest is in upper case',
      { subject: [{ digest: { sha256: hexOf(SUBJECT).toUpperCase() } }] },
      'SUBJECT_DIGEST_MISMATCH',
    ],
    [
      'whose digest has its algorithm in front',
      { subject: [{ digest: { sha256: SUBJECT } }] },
      'SUBJECT_DIGEST_MISMATCH',
    ],
    ['whose digest is a list', { subject: [{ digest: { sha256: [hexOf(SUBJECT)] } }] }, 'SIGNATURE_INVALID'],
    ['whose further digest is a number', { subject: [{ digest: { ...ours.digest, sha512: 5 } }] }, 'SIGNATURE_INVALID'],
    ['whose further digest is null', { subject: [{ digest: { ...ours.digest, sha512: null } }] }, 'SIGNATURE_INVALID'],
    ['whose name is a number', { subject: [{ ...ours, name: 5 }] }, 'SIGNATURE_INVALID'],
    ['whose uri is a list', { subject: [{ ...ours, uri: ['x'] }] }, 'SIGNATURE_INVALID'],
    ['about nothing', { subject: [] }, 'SIGNATURE_INVALID'],
    ['without subject', { subject: undefined }, 'SIGNATURE_INVALID'],
    ['that names our image twice', { subject: [ours, { ...ours, annotations: { team: 'red' } }] }, 'SIGNATURE_INVALID'],
    ['of type v0.1', { _type: 'https://in-toto.io/Statement/v0.1' }, 'SIGNATURE_INVALID'],
    ['without type', { _type: undefined }, 'SIGNATURE_INVALID'],
    ['without predicate type', { predicateType: undefined }, 'SIGNATURE_INVALID'],
    ['with an empty predicate type', { predicateType: '' }, 'SIGNATURE_INVALID'],
    ['with another predicate type', { predicateType: 'https://slsa.dev/provenance/v1' }, 'attestation'],
    [
      'with a predicate type that only begins right',
      { predicateType: 'https://sigstore.dev/cosign/sign/v10' },
      'attestation',
    ],
    ['with an unknown field', { extra: 1 }, 'SIGNATURE_INVALID'],
    ['with an unknown field in a subject', { subject: [{ ...ours, extra: 1 }] }, 'SIGNATURE_INVALID'],
    ['with a predicate that is no object', { predicate: [] }, 'SIGNATURE_INVALID'],
    ['with 1025 subjects', { subject: [...Array(1024).fill(theirs), ours] }, 'SIGNATURE_INVALID'],
    ['with 1024 subjects', { subject: [...Array(1023).fill(theirs), ours] }, 'verified'],
    [
      'with 33 digests',
      {
        subject: [
          { digest: { ...ours.digest, ...Object.fromEntries(Array.from({ length: 32 }, (_, i) => [`x${i}`, 'y'])) } },
        ],
      },
      'SIGNATURE_INVALID',
    ],
  ])('%s: %s', async (_, changes, expected) => {
    expect(await judge(statement(changes))).toBe(expected);
  });

  test('gives the annotations of our subject, strings only, whatever their names', async () => {
    const payload = statement({
      subject: [
        { ...theirs, annotations: { team: 'blue' } },
        { ...ours, annotations: { team: 'red', n: 1, none: null } },
      ],
    }).replace('"team":"red"', '"team":"red","__proto__":"x","constructor":"y"');
    const result = await verify(sign(stack, { payload }), rootOf(stack));
    if (result.kind !== 'verified') throw new Error(JSON.stringify(result));
    expect(Object.entries(result.facts.annotations)).toEqual([
      ['team', 'red'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  test.each<[string, (text: string) => string]>([
    [
      'a duplicate key',
      (text) => text.replace('{"_type"', '{"predicateType":"https://slsa.dev/provenance/v1","_type"'),
    ],
    ['a duplicate key spelled with an escape', (text) => text.replace('{"_type"', '{"\\u0073ubject":[],"_type"')],
    ['a duplicate digest', (text) => text.replace('{"sha256"', `{"sha256":"${hexOf(OTHER_SUBJECT)}","sha256"`)],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['text after it', (text) => `${text}x`],
    ['another in a list', (text) => `[${text}]`],
    [
      'deep nesting',
      (text) => text.replace('"predicate":{}', `"predicate":{"x":${'['.repeat(200)}${']'.repeat(200)}}`),
    ],
  ])('with %s is refused', async (_, change) => {
    expect(await judge(change(statement()))).toBe('SIGNATURE_INVALID');
  });

  test('that is not UTF-8 is refused', async () => {
    const payload = Buffer.concat([Buffer.from(statement({ predicate: { x: 'AB' } }))]);
    payload[payload.indexOf('AB')] = 0xff;
    const bundle = signEnvelopeByHand(stack, { payload, entries: ['dsse'] });
    expect(await outcome(bundle, rootOf(stack))).toBe('SIGNATURE_INVALID');
  });
});

describe('what is no image signature is named and never counted', () => {
  test('an attestation, with its type', async () => {
    const payload = statement({ predicateType: 'https://spdx.dev/Document', predicate: { name: 'sbom' } });
    expect(await verify(sign(stack, { payload }), rootOf(stack))).toMatchObject({
      kind: 'not-a-signature',
      what: 'attestation',
      predicateType: 'https://spdx.dev/Document',
    });
  });

  test('an attestation whose own bundle is malformed', async () => {
    const bundle = sign(stack, { payload: statement({ predicateType: 'x' }) });
    bundle.mediaType = 'application/vnd.dev.sigstore.bundle.v0.9+json';
    expect(await outcome(bundle, rootOf(stack))).toBe('attestation');
  });

  test('a message signature', async () => {
    const bundle = signMessageByHand(stack, { data: 'a file', entries: ['hashedrekord'] });
    expect(await outcome(bundle, rootOf(stack))).toBe('message-signature');
  });

  test('a message signature over the very statement', async () => {
    const bundle = signMessageByHand(stack, { data: statement(), entries: ['hashedrekord'] });
    expect(await outcome(bundle, rootOf(stack))).toBe('message-signature');
    const both = { ...bundle, dsseEnvelope: sign(stack).dsseEnvelope };
    expect(await outcome(both, rootOf(stack))).toBe('SIGNATURE_INVALID');
  });

  test('an envelope of another payload type', async () => {
    const bundle = signEnvelopeByHand(stack, { payload: statement(), payloadType: 'text/plain', entries: ['dsse'] });
    expect(await outcome(bundle, rootOf(stack))).toBe('other-artifact');
  });
});

describe('a bundle', () => {
  const chained = (bundle: Json, count: number): Json => {
    const { certificate, ...material } = bundle.verificationMaterial;
    const certificates = Array(count).fill(certificate);
    return { ...bundle, verificationMaterial: { ...material, x509CertificateChain: { certificates } } };
  };
  const OLD = 'application/vnd.dev.sigstore.bundle+json;version=';
  const withoutProof = (bundle: Json): Json => {
    delete bundle.verificationMaterial.tlogEntries[0].inclusionProof;
    return bundle;
  };

  test.each<[string, (bundle: Json) => Json, string]>([
    ['v0.3', (b) => b, 'verified'],
    ['v0.3 in its first spelling', (b) => ({ ...b, mediaType: `${OLD}0.3` }), 'verified'],
    ['v0.2', (b) => ({ ...b, mediaType: `${OLD}0.2` }), 'verified'],
    ['v0.2 with a chain of one', (b) => ({ ...chained(b, 1), mediaType: `${OLD}0.2` }), 'verified'],
    ['v0.1', (b) => ({ ...b, mediaType: `${OLD}0.1` }), 'verified'],
    ['v0.1 without inclusion proof', (b) => ({ ...withoutProof(b), mediaType: `${OLD}0.1` }), 'verified'],
    ['v0.2 without inclusion proof', (b) => ({ ...withoutProof(b), mediaType: `${OLD}0.2` }), 'NOT_LOGGED'],
    ['v0.3 without inclusion proof', withoutProof, 'NOT_LOGGED'],
    ['v0.2 with a chain of two', (b) => ({ ...chained(b, 2), mediaType: `${OLD}0.2` }), 'SIGNATURE_INVALID'],
    ['v0.2 with an empty chain', (b) => ({ ...chained(b, 0), mediaType: `${OLD}0.2` }), 'SIGNATURE_INVALID'],
    ['v0.3 with a chain', (b) => chained(b, 1), 'SIGNATURE_INVALID'],
    ['v0.4', (b) => ({ ...b, mediaType: 'application/vnd.dev.sigstore.bundle.v0.4+json' }), 'SIGNATURE_INVALID'],
    ['v0.3 with a suffix', (b) => ({ ...b, mediaType: `${b.mediaType};charset=utf-8` }), 'SIGNATURE_INVALID'],
    ['of an inherited name as version', (b) => ({ ...b, mediaType: 'constructor' }), 'SIGNATURE_INVALID'],
    [
      'with a public key',
      (b) => ({ ...b, verificationMaterial: { publicKey: { hint: 'x' } } }),
      'CERTIFICATE_UNTRUSTED',
    ],
    [
      'with a public key, and a keyid that hints at it',
      (b) => ({
        ...b,
        verificationMaterial: { publicKey: { hint: 'x' } },
        dsseEnvelope: { ...b.dsseEnvelope, signatures: [{ ...b.dsseEnvelope.signatures[0], keyid: 'x' }] },
      }),
      'CERTIFICATE_UNTRUSTED',
    ],
    [
      'with a public key beside the certificate',
      (b) => ({ ...b, verificationMaterial: { ...b.verificationMaterial, publicKey: { hint: 'x' } } }),
      'SIGNATURE_INVALID',
    ],
    [
      'with two signatures',
      (b) => ({
        ...b,
        dsseEnvelope: { ...b.dsseEnvelope, signatures: [...b.dsseEnvelope.signatures, ...b.dsseEnvelope.signatures] },
      }),
      'SIGNATURE_INVALID',
    ],
    [
      'with an empty keyid, as sigstore-js writes it',
      (b) => ({
        ...b,
        dsseEnvelope: { ...b.dsseEnvelope, signatures: [{ ...b.dsseEnvelope.signatures[0], keyid: '' }] },
      }),
      'verified',
    ],
    [
      'with a keyid',
      (b) => ({
        ...b,
        dsseEnvelope: { ...b.dsseEnvelope, signatures: [{ ...b.dsseEnvelope.signatures[0], keyid: 'x' }] },
      }),
      'SIGNATURE_INVALID',
    ],
  ])('%s', async (_, change, expected) => {
    expect(await outcome(change(sign(stack)), rootOf(stack))).toBe(expected);
  });

  test('v0.1 must have the signed entry timestamp', async () => {
    const bundle = sign(stack, { timestamps: [{}] });
    bundle.mediaType = `${OLD}0.1`;
    bundle.verificationMaterial.tlogEntries[0].integratedTime = '0';
    delete bundle.verificationMaterial.tlogEntries[0].inclusionPromise;
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  });

  test.each([
    [32, 'verified'],
    [33, 'SIGNATURE_INVALID'],
  ])('with %i log entries: %s', async (count, expected) => {
    await using foreign = await startStack();
    const [entry] = sign(foreign).verificationMaterial.tlogEntries;
    const bundle = sign(stack);
    bundle.verificationMaterial.tlogEntries.push(...Array(count - 1).fill(entry));
    expect(await outcome(bundle, rootOf(stack))).toBe(expected);
  });

  test.each([
    [32, 'verified'],
    [33, 'SIGNATURE_INVALID'],
  ])('with %i timestamps: %s', async (count, expected) => {
    const timestamps = Array.from({ length: count }, (_, index) => ({ at: seconds(index) }));
    expect(await outcome(sign(stack, { timestamps }), rootOf(stack))).toBe(expected);
  });

  test('of more than a megabyte is no image signature', async () => {
    expect(await judge(statement({ predicate: { x: 'y'.repeat(900_000) } }))).toBe('SIGNATURE_INVALID');
    const attestation = statement({
      predicateType: 'https://spdx.dev/Document',
      predicate: { x: 'y'.repeat(2_000_000) },
    });
    expect(await judge(attestation)).toBe('attestation');
  });

  test.each([
    [65_536, 'verified'],
    [65_537, 'SIGNATURE_INVALID'],
  ])('with annotations of %i characters: %s', async (length, expected) => {
    const annotations = { a: 'x'.repeat(length - 3), b: 'y' };
    expect(await judge(statement({ subject: [{ ...ours, annotations }] }))).toBe(expected);
    const payload = Buffer.from(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': 'ghcr.io/acme/app' },
          image: { 'docker-manifest-digest': SUBJECT },
          type: 'cosign container image signature',
        },
        optional: annotations,
      }),
    );
    expect(await outcome(legacyCandidate(payload, signLayerByHand(stack, { payload })), rootOf(stack))).toBe(expected);
  });

  test('with a software bill of materials of many megabytes is still an attestation', async () => {
    const bundle = sign(stack, { payload: statement({ predicateType: 'https://spdx.dev/Document' }) });
    const sbom = statement({ predicateType: 'https://spdx.dev/Document', predicate: { x: 'y'.repeat(11_000_000) } });
    bundle.dsseEnvelope.payload = Buffer.from(sbom).toString('base64');
    expect(await outcome(bundle, rootOf(stack))).toBe('attestation');
  });

  test('of more than 16 megabytes is not read at all', async () => {
    expect(await outcome(bundleCandidate(Buffer.alloc(16 * 1024 * 1024 + 1, 0x20)), rootOf(stack))).toBe(
      'SIGNATURE_INVALID',
    );
  });

  test.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{}',
    '{"dsseEnvelope":null}',
    '{"dsseEnvelope":{}}',
    '{"dsseEnvelope":[]}',
  ])('of %j is refused', async (text) => {
    expect(await outcome(bundleCandidate(text), rootOf(stack))).toBe('SIGNATURE_INVALID');
  });
});

describe('a simple-signing payload', () => {
  const payload = (changes: Json = {}, criticalChanges: Json = {}): Json => ({
    critical: {
      identity: { 'docker-reference': 'ghcr.io/acme/app' },
      image: { 'docker-manifest-digest': SUBJECT },
      type: 'cosign container image signature',
      ...criticalChanges,
    },
    optional: null,
    ...changes,
  });
  const judgeText = (text: string): Promise<string> => {
    const bytes = Buffer.from(text);
    return outcome(legacyCandidate(bytes, signLayerByHand(stack, { payload: bytes })), rootOf(stack));
  };

  test.each<[string, Json, string]>([
    ['as cosign writes it', payload(), 'verified'],
    ['without optional', payload({ optional: undefined }), 'verified'],
    ['with annotations', payload({ optional: { team: 'red' } }), 'verified'],
    [
      'of a repository with port',
      payload({}, { identity: { 'docker-reference': 'localhost:5000/acme/app' } }),
      'verified',
    ],
    ['of a reference with tag', payload({}, { identity: { 'docker-reference': 'ghcr.io/acme/app:1.0' } }), 'verified'],
    [
      'about another image',
      payload({}, { image: { 'docker-manifest-digest': OTHER_SUBJECT } }),
      'SUBJECT_DIGEST_MISMATCH',
    ],
    [
      'about a digest without algorithm',
      payload({}, { image: { 'docker-manifest-digest': hexOf(SUBJECT) } }),
      'SUBJECT_DIGEST_MISMATCH',
    ],
    ['of another type', payload({}, { type: 'atomic container signature' }), 'SIGNATURE_INVALID'],
    ['without type', payload({}, { type: undefined }), 'SIGNATURE_INVALID'],
    ['without identity', payload({}, { identity: undefined }), 'SIGNATURE_INVALID'],
    ['without image', payload({}, { image: undefined }), 'SIGNATURE_INVALID'],
    ['with optional as text', payload({ optional: 'x' }), 'SIGNATURE_INVALID'],
    ['with optional as list', payload({ optional: [] }), 'SIGNATURE_INVALID'],
    ['with an unknown field', payload({ extra: 1 }), 'SIGNATURE_INVALID'],
    ['with a key that Go would take for another', payload({}, { Type: 'x' }), 'SIGNATURE_INVALID'],
    ['with an empty docker-reference', payload({}, { identity: { 'docker-reference': '' } }), 'SIGNATURE_INVALID'],
    [
      'with a docker-reference that is none',
      payload({}, { identity: { 'docker-reference': 'a b\n::error::' } }),
      'SIGNATURE_INVALID',
    ],
    [
      'with a docker-reference in upper case',
      payload({}, { identity: { 'docker-reference': 'ghcr.io/Acme/App' } }),
      'SIGNATURE_INVALID',
    ],
  ])('%s: %s', async (_, value, expected) => {
    expect(await judgeText(JSON.stringify(value))).toBe(expected);
  });

  test('gives its annotations and docker-reference, of a mirror or not', async () => {
    const bytes = Buffer.from(JSON.stringify(payload({ optional: { team: 'red', n: 1 } })));
    const result = await verify(legacyCandidate(bytes, signLayerByHand(stack, { payload: bytes })), rootOf(stack));
    expect(result).toMatchObject({
      kind: 'verified',
      facts: { format: 'legacy', annotations: { team: 'red' }, dockerReference: 'ghcr.io/acme/app' },
    });
  });

  test.each<[string, (text: string) => string]>([
    [
      'a duplicate digest',
      (text) =>
        text.replace(
          '"docker-manifest-digest"',
          `"docker-manifest-digest":"${OTHER_SUBJECT}","docker-manifest-digest"`,
        ),
    ],
    ['text after it', (text) => `${text}{}`],
    ['a key in another case', (text) => text.replace('"critical"', '"Critical"')],
  ])('with %s is refused', async (_, change) => {
    expect(await judgeText(change(JSON.stringify(payload())))).toBe('SIGNATURE_INVALID');
  });

  test.each<[string, (annotations: Record<string, string>) => Record<string, string>, string]>([
    ['without signature', ({ 'dev.cosignproject.cosign/signature': _, ...rest }) => rest, 'SIGNATURE_INVALID'],
    ['without certificate', ({ 'dev.sigstore.cosign/certificate': _, ...rest }) => rest, 'CERTIFICATE_UNTRUSTED'],
    ['without log entry', ({ 'dev.sigstore.cosign/bundle': _, ...rest }) => rest, 'NOT_LOGGED'],
    [
      'with two certificates',
      (a) => ({
        ...a,
        'dev.sigstore.cosign/certificate': `${a['dev.sigstore.cosign/certificate']}${a['dev.sigstore.cosign/certificate']}`,
      }),
      'SIGNATURE_INVALID',
    ],
    [
      'with text before its certificate',
      (a) => ({ ...a, 'dev.sigstore.cosign/certificate': `x\n${a['dev.sigstore.cosign/certificate']}` }),
      'SIGNATURE_INVALID',
    ],
    [
      'with a public key for a certificate',
      (a) => ({
        ...a,
        'dev.sigstore.cosign/certificate': (a['dev.sigstore.cosign/certificate'] ?? '').replaceAll(
          'CERTIFICATE',
          'PUBLIC KEY',
        ),
      }),
      'SIGNATURE_INVALID',
    ],
    ['with a chain that is nonsense', (a) => ({ ...a, 'dev.sigstore.cosign/chain': 'nonsense' }), 'verified'],
    ['with a log entry that is no JSON', (a) => ({ ...a, 'dev.sigstore.cosign/bundle': 'x' }), 'SIGNATURE_INVALID'],
  ])('in a layer %s: %s', async (_, change, expected) => {
    const bytes = Buffer.from(JSON.stringify(payload()));
    const annotations = signLayerByHand(stack, { payload: bytes, timestamps: [{}] });
    expect(await outcome(legacyCandidate(bytes, change(annotations)), rootOf(stack))).toBe(expected);
  });

  test('with the log entry of another signature of the same payload is refused', async () => {
    const bytes = Buffer.from(JSON.stringify(payload()));
    const [one, two] = [signLayerByHand(stack, { payload: bytes }), signLayerByHand(stack, { payload: bytes })];
    const name = 'dev.sigstore.cosign/bundle';
    expect(await outcome(legacyCandidate(bytes, { ...one, [name]: two[name] ?? '' }), rootOf(stack))).toBe(
      'NOT_LOGGED',
    );
  });

  test('needs the timestamp under a root without logs', async () => {
    const bytes = Buffer.from(JSON.stringify(payload()));
    const root = rootOf(stack, { logs: [] });
    const stamped = signLayerByHand(stack, { payload: bytes, logged: false, timestamps: [{}] });
    expect(await outcome(legacyCandidate(bytes, stamped), root)).toBe('verified');
    expect(await outcome(legacyCandidate(bytes, stamped), rootOf(stack))).toBe('NOT_LOGGED');
    expect(await outcome(legacyCandidate(bytes, signLayerByHand(stack, { payload: bytes })), root)).toBe(
      'TIMESTAMP_INVALID',
    );
  });
});
