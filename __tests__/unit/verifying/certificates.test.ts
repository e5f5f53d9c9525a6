import { sign as signData } from 'node:crypto';
import { X509Certificate } from '@sigstore/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boolean, sequence, utf8String } from '../../../sandbox/sigstore/asn1.ts';
import {
  type AlternativeName,
  CODE_SIGNING,
  distinguishedName,
  encodeTbs,
  extendedKeyUsage,
  keyUsage,
  randomSerial,
  signCertificate,
  subjectAlternativeName,
} from '../../../sandbox/sigstore/certificate.ts';
import type { CertifyOptions } from '../../../sandbox/sigstore/certificate-authority.ts';
import { createKey } from '../../../sandbox/sigstore/keys.ts';
import type { SigstoreStack } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { parseCertificate, readCertificate } from '../../../src/sigstore/verifying/certificate.ts';
import { goldenBundle } from './golden.ts';
import { outcome, rootOf, seconds, sign, startStack, T, verify } from './sandbox-signatures.ts';

let stack: SigstoreStack;
let github: SigstoreStack;
let between: SigstoreStack;
beforeAll(async () => {
  stack = await startStack();
  github = await startStack({ instance: 'github' });
  between = await startStack({ intermediate: { notBefore: seconds(-10), notAfter: seconds(10) } });
});
afterAll(async () => {
  await stack.close();
  await github.close();
  await between.close();
});

const judge = (certify: Partial<CertifyOptions>): Promise<string> => outcome(sign(stack, { certify }), rootOf(stack));
const utf8 = (text: string): Buffer => Buffer.from(utf8String(text));
const extension = (number: number, value: Uint8Array) => ({ oid: `1.3.6.1.4.1.57264.1.${number}`, value });

test('readCertificate reads what a real Fulcio wrote', () => {
  const der = Buffer.from(
    goldenBundle('cosign3-bundle-private-environment').verificationMaterial.certificate.rawBytes,
    'base64',
  );
  expect(readCertificate(parseCertificate(der))).toEqual({
    issuerOrganization: 'local',
    identity: {
      issuer: 'http://127.0.0.1:8000',
      subject: 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
      subjectKind: 'uri',
      claims: expect.objectContaining({
        'issuer-deprecated': 'http://127.0.0.1:8000',
        'github-workflow-repository': 'octo-org/octo-repo',
        'source-repository-uri': 'https://github.com/octo-org/octo-repo',
        'source-repository-visibility-at-signing': 'private',
        'deployment-environment': 'production',
        'run-invocation-uri': expect.stringMatching(/^https:\/\/github\.com\/octo-org\/octo-repo\/actions\/runs\//),
      }),
    },
  });
});

describe('the subject', () => {
  test.each<[string, AlternativeName, string, string]>([
    ['a URI', { uri: 'https://example.com/a' }, 'uri', 'https://example.com/a'],
    ['an e-mail address', { email: 'dev@example.com' }, 'email', 'dev@example.com'],
    ["Fulcio's user name", { other: 'dev!example.com' }, 'other', 'dev!example.com'],
  ])('may be %s', async (_, name, subjectKind, subject) => {
    const result = await verify(sign(stack, { certify: { names: [name] } }), rootOf(stack));
    expect(result).toMatchObject({ kind: 'verified', facts: { identity: { subject, subjectKind } } });
  });

  test.each<[string, AlternativeName[]]>([
    ['missing', []],
    ['two URIs', [{ uri: 'https://example.com/a' }, { uri: 'https://example.com/b' }]],
    ['a URI and an e-mail address', [{ uri: 'https://example.com/a' }, { email: 'dev@example.com' }]],
    ['a host name', [{ dns: 'example.com' }]],
    ['empty', [{ uri: '' }]],
    ['not ASCII', [{ uri: 'https://example.com/ü' }]],
  ])('is refused if %s', async (_, names) => {
    expect(await judge({ names })).toBe('CERTIFICATE_UNTRUSTED');
  });

  test.each([
    'https://x/\n::error::y',
    'https://x/\u0000',
    'https://x/<img src=x>',
    'https://x/|`$(id)`',
    'https://x/\u001b[2J',
  ])('keeps %j as data', async (uri) => {
    const result = await verify(sign(stack, { certify: { names: [{ uri }] } }), rootOf(stack));
    expect(result).toMatchObject({ kind: 'verified', facts: { identity: { subject: uri } } });
  });
});

describe('claims', () => {
  test('are raw in .1–.6 and UTF8String from .8 on, control characters kept', async () => {
    const hostile = 'a\n::warning::b\u0000|<b>ü';
    const certify = { extensions: { 4: hostile, 14: hostile } };
    const result = await verify(sign(stack, { certify }), rootOf(stack));
    expect(result).toMatchObject({
      facts: { identity: { claims: { 'github-workflow-name': hostile, 'source-repository-ref': hostile } } },
    });
  });

  test.each<[string, Uint8Array]>([
    ['no DER', Buffer.from('refs/heads/main')],
    ['trailing bytes', Buffer.concat([utf8('x'), Buffer.from([0])])],
    ['two strings', Buffer.concat([utf8('x'), utf8('y')])],
    ['another string type', Buffer.from([0x13, 1, 0x78])],
    ['a long length', Buffer.from([0x0c, 0x81, 1, 0x78])],
    ['a length past the end', Buffer.from([0x0c, 5, 0x78])],
    ['a constructed string', Buffer.concat([Buffer.from([0x2c, 3]), utf8('x')])],
    ['invalid UTF-8', Buffer.from([0x0c, 1, 0xff])],
    ['nothing', Buffer.alloc(0)],
  ])('with %s are refused', async (_, value) => {
    expect(await judge({ extensions: { 23: '' }, moreExtensions: [extension(23, value)] })).toBe(
      'CERTIFICATE_UNTRUSTED',
    );
    expect(await judge({ extensions: { 23: '' }, moreExtensions: [extension(23, utf8('x'))] })).toBe('verified');
  });

  test('that are not UTF-8 in .1–.6 are refused', async () => {
    expect(await judge({ extensions: { 4: '' }, moreExtensions: [extension(4, Buffer.from([0xff]))] })).toBe(
      'CERTIFICATE_UNTRUSTED',
    );
  });

  test('that are empty are absent', async () => {
    const certify = { extensions: { 23: '' }, moreExtensions: [extension(23, utf8(''))] };
    const result = await verify(sign(stack, { certify }), rootOf(stack));
    if (result.kind !== 'verified') throw new Error(JSON.stringify(result));
    expect(result.facts.identity.claims).not.toHaveProperty('deployment-environment');
  });

  test('given twice are refused', async () => {
    expect(await judge({ moreExtensions: [extension(12, utf8('https://github.com/evil/x'))] })).toBe(
      'CERTIFICATE_UNTRUSTED',
    );
  });

  test('without issuer, or with two, are refused', async () => {
    expect(await judge({ extensions: { 1: '', 8: '' } })).toBe('CERTIFICATE_UNTRUSTED');
    expect(await judge({ extensions: { 1: 'https://a.example' } })).toBe('CERTIFICATE_UNTRUSTED');
    expect(await judge({ extensions: { 8: '' } })).toBe('verified');
    expect(await judge({ extensions: { 1: '' } })).toBe('verified');
  });
});

describe('a signing certificate', () => {
  const ca = { oid: '2.5.29.19', critical: true, value: Buffer.from(sequence(boolean(true))) };
  const unknown = { oid: '1.2.3.4', value: Buffer.from(utf8('x')) };
  test.each<[string, Partial<CertifyOptions>, string]>([
    ['of a stranger with the name of the authority', { signedBy: 'stranger' }, 'CERTIFICATE_UNTRUSTED'],
    ['without extended key usage', { extendedKeyUsage: null }, 'CERTIFICATE_UNTRUSTED'],
    ['for servers', { extendedKeyUsage: '1.3.6.1.5.5.7.3.1' }, 'CERTIFICATE_UNTRUSTED'],
    ['for any use', { extendedKeyUsage: '2.5.29.37.0' }, 'CERTIFICATE_UNTRUSTED'],
    ['that is an authority', { moreExtensions: [ca] }, 'CERTIFICATE_UNTRUSTED'],
    ['with an unknown extension', { moreExtensions: [unknown] }, 'verified'],
    [
      'with an unknown critical extension',
      { moreExtensions: [{ ...unknown, critical: true }] },
      'CERTIFICATE_UNTRUSTED',
    ],
    ['with an unknown extension twice', { moreExtensions: [unknown, unknown] }, 'CERTIFICATE_UNTRUSTED'],
    [
      'that is a precertificate (RFC 6962 poison)',
      { moreExtensions: [{ oid: '1.3.6.1.4.1.11129.2.4.3', critical: true, value: Buffer.from([5, 0]) }] },
      'CERTIFICATE_UNTRUSTED',
    ],
  ])('%s: %s', async (_, certify, expected) => {
    expect(await judge(certify)).toBe(expected);
  });

  test.each(['P-384', 'P-521', 'Ed25519'] as const)(
    'for a %s key is refused: only P-256 verifies safely',
    async (kind) => {
      expect(await outcome(sign(stack, { key: createKey(kind) }), rootOf(stack))).toBe('SIGNATURE_INVALID');
    },
  );

  test('whose key usage is not digital signature is refused', () => {
    const key = createKey();
    const issuer = { name: distinguishedName({ commonName: 'ca' }), key };
    const certificate = (...usage: number[]) => {
      const tbs = encodeTbs({
        subject: distinguishedName({}),
        issuer,
        notBefore: T,
        notAfter: T,
        spki: key.spki,
        serial: randomSerial(),
        extensions: [
          ...(usage.length === 0 ? [] : [keyUsage(...usage)]),
          extendedKeyUsage(CODE_SIGNING),
          subjectAlternativeName([{ uri: 'https://example.com/a' }]),
          extension(8, utf8('https://issuer.example')),
        ],
      });
      return parseCertificate(signCertificate(tbs, key));
    };
    expect(readCertificate(certificate(0)).identity.subject).toBe('https://example.com/a');
    expect(() => readCertificate(certificate(5, 6))).toThrow('not digital signature');
    expect(() => readCertificate(certificate())).toThrow('not digital signature');
  });

  test('for a P-384 key is refused even if it signed with SHA-256', async () => {
    const key = createKey('P-384');
    const bySha256 = { ...key, sign: (data: Uint8Array) => signData('sha256', data, key.privateKey) };
    expect(await outcome(sign(stack, { key: bySha256 }), rootOf(stack))).toBe('SIGNATURE_INVALID');
  });

  test('is refused if its signature algorithm was changed where nothing signs it', async () => {
    const bundle = sign(stack, { entries: [], timestamps: [{}] });
    const root = rootOf(stack, { logs: [] });
    expect(await outcome(bundle, root)).toBe('verified');
    const der = Buffer.from(bundle.verificationMaterial.certificate.rawBytes, 'base64');
    const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex');
    const outer = der.lastIndexOf(ecdsaWithSha256);
    expect(outer).toBeGreaterThan(der.indexOf(ecdsaWithSha256));
    for (const last of [1, 3, 0x7f]) {
      der[outer + ecdsaWithSha256.length - 1] = last;
      bundle.verificationMaterial.certificate.rawBytes = der.toString('base64');
      expect(await outcome(bundle, root)).toBe('CERTIFICATE_UNTRUSTED');
    }
  });

  test('of another key than the one that signed is refused', async () => {
    expect(await judge({ publicKey: createKey().publicKey })).toBe('SIGNATURE_INVALID');
  });

  test('is refused if one byte of it is not DER', async () => {
    const bundle = sign(stack);
    const der = Buffer.from(bundle.verificationMaterial.certificate.rawBytes, 'base64');
    for (const bad of [Buffer.concat([der, Buffer.from([0])]), der.subarray(0, -1), Buffer.alloc(70_000, 0x30)]) {
      bundle.verificationMaterial.certificate.rawBytes = bad.toString('base64');
      expect(await outcome(bundle, rootOf(stack))).toBe('SIGNATURE_INVALID');
    }
  });
});

describe('certificate transparency', () => {
  test.each(['none', 'unknown-log', 'bad-signature'] as const)(
    '%s is refused where the root lists CT logs',
    async (sct) => {
      expect(await judge({ sct })).toBe('CERTIFICATE_UNTRUSTED');
      // And before anything is said about the log entry.
      expect(await outcome(sign(stack, { certify: { sct }, entries: [] }), rootOf(stack))).toBe(
        'CERTIFICATE_UNTRUSTED',
      );
    },
  );

  test.each(['none', 'unknown-log', 'bad-signature', 'valid'] as const)(
    '%s is not asked where it lists none',
    async (sct) => {
      expect(await outcome(sign(stack, { certify: { sct } }), rootOf(stack, { ctLogs: [] }))).toBe('verified');
    },
  );

  test('an SCT of another certificate is refused', async () => {
    const oid = '1.3.6.1.4.1.11129.2.4.2';
    const { der } = stack.ca.certify({ publicKey: createKey().publicKey });
    const value = X509Certificate.parse(Buffer.from(der)).extension(oid)?.value;
    if (value === undefined) throw new Error('no SCT');
    expect(await judge({ sct: 'none', moreExtensions: [{ oid, value }] })).toBe('CERTIFICATE_UNTRUSTED');
  });

  test('SCTs with extensions, as static CT logs write them, are taken', async () => {
    await using staticCt = await startStack({ sctExtensions: 'leaf-index' });
    expect(await outcome(sign(staticCt), rootOf(staticCt))).toBe('verified');
    expect(await outcome(sign(staticCt, { certify: { sct: 'bad-signature' } }), rootOf(staticCt))).toBe(
      'CERTIFICATE_UNTRUSTED',
    );
  });

  test("GitHub's instance has neither logs nor CT logs: a timestamp proves the time", async () => {
    const root = rootOf(github, { logs: [] });
    const result = await verify(sign(github, { entries: [], timestamps: [{}] }), root);
    expect(result).toMatchObject({ kind: 'verified', facts: { log: undefined } });
    expect(await outcome(sign(github, { entries: [], timestamps: [{ at: seconds(601) }] }), root)).toBe(
      'CERTIFICATE_EXPIRED',
    );
    expect(await outcome(sign(github, { entries: [], timestamps: [] }), root)).toBe('TIMESTAMP_INVALID');
  });
});

describe('an intermediate', () => {
  const certify = { notBefore: seconds(-100), notAfter: seconds(100) };
  test.each([
    [0, 'verified'],
    [-10, 'verified'],
    [10, 'verified'],
    [-11, 'CERTIFICATE_EXPIRED'],
    [11, 'CERTIFICATE_EXPIRED'],
  ])('of 20 s life, signed %i s from its middle: %s', async (offset, expected) => {
    expect(await outcome(sign(between, { certify, loggedAt: seconds(offset) }), rootOf(between))).toBe(expected);
  });

  test('without its root in the trusted root is no chain', async () => {
    const [authority] = between.trustedRootContent('all').certificateAuthorities;
    if (!authority) throw new Error('no authority');
    const root = rootOf(between, { certificateAuthorities: [{ ...authority, chain: authority.chain.slice(0, 1) }] });
    expect(await outcome(sign(between), root)).toBe('CERTIFICATE_UNTRUSTED');
  });

  test('must be in the trusted root: the bundle brings none', async () => {
    const [authority] = between.trustedRootContent('all').certificateAuthorities;
    if (!authority) throw new Error('no authority');
    const root = rootOf(between, { certificateAuthorities: [{ ...authority, chain: authority.chain.slice(1) }] });
    expect(await outcome(sign(between), root)).toBe('CERTIFICATE_UNTRUSTED');
  });
});

test('a root with a new and an old authority takes certificates of both, each in its window', async () => {
  const old = between.trustedRootContent('all');
  const now = stack.trustedRootContent('all');
  const root = rootOf(stack, {
    certificateAuthorities: [
      ...old.certificateAuthorities.map((one) => ({ ...one, validFor: { start: seconds(-1000), end: seconds(-500) } })),
      ...now.certificateAuthorities,
    ],
    logs: [...old.logs, ...now.logs],
    ctLogs: [...old.ctLogs, ...now.ctLogs],
  });
  expect(await outcome(sign(stack), root)).toBe('verified');
  expect(await outcome(sign(between), root)).toBe('CERTIFICATE_EXPIRED');
});
