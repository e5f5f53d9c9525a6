import { X509Certificate as NodeCertificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { X509Certificate } from '@sigstore/core';
import { expect, test } from 'vitest';
import { defaultClaims, type WorkflowRun } from '../../sandbox/github/claims.ts';
import { createOidc } from '../../sandbox/github/oidc.ts';
import { at } from '../../sandbox/http/json-body.ts';
import { readDer, readMembers } from '../../sandbox/sigstore/asn1.ts';
import type { CertifyOptions } from '../../sandbox/sigstore/certificate-authority.ts';
import { createCertificateAuthority } from '../../sandbox/sigstore/certificate-authority.ts';
import { createCtLog } from '../../sandbox/sigstore/ct-log.ts';
import { workflowPrincipal } from '../../sandbox/sigstore/fulcio-extensions.ts';
import { createKey } from '../../sandbox/sigstore/keys.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';

const NOON = new Date('2026-06-01T12:00:00Z');
const clock = () => NOON;
const ISSUER = 'http://127.0.0.1:8000';
const oidc = createOidc({ clock, issuer: ISSUER });
const ca = createCertificateAuthority({
  clock,
  issuers: [{ kind: 'github-workflow', ...oidc }],
  ctLog: createCtLog({ clock }),
});
const key = createKey();
const certify = (options: Omit<CertifyOptions, 'publicKey'> = {}) =>
  ca.certify({ publicKey: key.publicKey, ...options });

/** Identifier, criticality and, but for what differs by key and time, the value of each extension, in order. */
function extensionsOf(der: Uint8Array): string[] {
  const tbs = readMembers(readMembers(readDer(der)[0])[0]);
  const list = readMembers(readMembers(tbs.at(-1), 0xa3)[0]);
  const varying = ['0603551d0e', '0603551d23', '060a2b06010401d679020402'];
  return list.map((extension) => {
    const [identifier, ...rest] = readMembers(extension);
    const hex = identifier?.whole.toString('hex') ?? '';
    const values = varying.includes(hex)
      ? rest.map((value) => `tag ${value.tag}`)
      : rest.map((value) => value.whole.toString('hex'));
    return [hex, ...values].join(' ');
  });
}

const golden = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/golden/${path}`, import.meta.url), 'utf8'));

test.each<[string, WorkflowRun]>([
  ['cosign3-bundle-v1', {}],
  [
    'cosign3-bundle-reusable-workflow',
    {
      reusableWorkflow: 'octo-org/shared-workflows/.github/workflows/sign.yml@refs/tags/v3',
      reusableWorkflowSha: '89abcdef0123456789abcdef0123456789abcdef',
    },
  ],
  ['cosign3-bundle-pull-request', { pullRequest: 7 }],
  ['cosign3-bundle-private-environment', { visibility: 'private', environment: 'production', immutableSubject: true }],
])('a certificate has the extensions of the one in golden %s, in order, byte for byte', (folder, run) => {
  const theirs = Buffer.from(
    String(at(golden(`${folder}/bundle.json`), 'verificationMaterial', 'certificate', 'rawBytes')),
    'base64',
  );
  const { subject, extensions } = workflowPrincipal(defaultClaims(run, { iss: ISSUER }), 'https://github.com');
  const { der } = certify({ names: [subject], extensions, onlyTheseExtensions: true });
  expect(extensionsOf(der)).toEqual(extensionsOf(theirs));
});

test('a certificate lives ten minutes, has no subject, a random serial and verifies under its root', () => {
  const [first, second] = [certify(), certify()].map(({ der }) => new NodeCertificate(der));
  expect(Date.parse(first?.validTo ?? '') - Date.parse(first?.validFrom ?? '')).toBe(600_000);
  expect(first?.subject).toBeFalsy();
  expect(first?.serialNumber).not.toBe(second?.serialNumber);
  const root = new NodeCertificate(ca.chain[0] ?? Buffer.alloc(0));
  expect(first?.verify(root.publicKey)).toBe(true);
  expect(new NodeCertificate(certify({ signedBy: 'stranger' }).der).verify(root.publicKey)).toBe(false);
});

test.each<[string, Omit<CertifyOptions, 'publicKey'>, (certificate: X509Certificate) => unknown, unknown]>([
  [
    'control characters in the SAN',
    { names: [{ uri: 'https://x/\n::error::y\u0000' }] },
    (c) => c.subjectAltName,
    'https://x/\n::error::y\u0000',
  ],
  ['an e-mail address', { names: [{ email: 'jane@example.com' }] }, (c) => c.subjectAltName, 'jane@example.com'],
  [
    'several SANs',
    { names: [{ uri: 'https://a' }, { uri: 'https://b' }] },
    (c) => c.extSubjectAltName?.uri,
    'https://a',
  ],
  [
    'a user name',
    { names: [{ other: 'jane!example.com' }] },
    (c) => c.extSubjectAltName?.otherName('1.3.6.1.4.1.57264.1.7'),
    'jane!example.com',
  ],
  ['no SAN', { names: [] }, (c) => c.extSubjectAltName, undefined],
  ['no extended key usage', { extendedKeyUsage: null }, (c) => c.extension('2.5.29.37'), undefined],
  ['no SCT', { sct: 'none' }, (c) => c.extSCT, undefined],
  [
    'a claim of any text',
    { extensions: { 14: '<b>`id`' } },
    (c) => c.extension('1.3.6.1.4.1.57264.1.14')?.valueObj.subs[0]?.value.toString('utf8'),
    '<b>`id`',
  ],
  ['a claim left out', { extensions: { 14: undefined } }, (c) => c.extension('1.3.6.1.4.1.57264.1.14'), undefined],
  [
    'another validity',
    { notBefore: new Date(0), notAfter: NOON },
    (c) => [c.notBefore, c.notAfter],
    [new Date(0), NOON],
  ],
])('a test may order a certificate with %s', (_, options, read, expected) => {
  expect(read(X509Certificate.parse(Buffer.from(certify(options).der)))).toEqual(expected);
});

/** Member names and types; strings that are fixed words or media types as they are. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
  if (typeof value !== 'string') return value;
  return /^(?:application\/|PKIX_|SHA2_|ANY$|local$|fulcio\.local$|Test TSA|2024-01-01)/.test(value) ? value : 'text';
}

test('trusted roots and signing configs have the members, order and words of the golden ones', async () => {
  await using stack = await startSigstore();
  const same = (ours: string, file: string) =>
    expect(JSON.stringify(shapeOf(JSON.parse(ours)))).toBe(
      JSON.stringify(shapeOf(golden(`trust/${file}`))).replace(
        /("validFor":\{"start":)"text"/g,
        '$1"2024-01-01T00:00:00Z"',
      ),
    );
  same(stack.trustedRootJson('all'), 'trusted_root.json');
  same(stack.trustedRootJson('tsa'), 'trusted_root-tsa.json');
  same(stack.signingConfigJson('v1'), 'sc-v1.json');
  same(stack.signingConfigJson('v1-no-tsa'), 'sc-v1-notsa.json');
  same(stack.signingConfigJson('v2'), 'sc-v2.json');
  same(stack.signingConfigJson('tsa'), 'sc-tsa.json');
});

test('a signing config takes selectors, operators and validities', async () => {
  await using stack = await startSigstore();
  const { logs } = stack.signingConfigContent('v2');
  const changed: unknown = JSON.parse(
    stack.signingConfigJson('v2', {
      logs: [...logs, { url: 'http://old', majorApiVersion: 2, operator: 'b', validFor: { start: NOON, end: NOON } }],
      logSelection: { selector: 'EXACT', count: 2 },
    }),
  );
  expect(at(changed, 'rekorTlogConfig')).toEqual({ selector: 'EXACT', count: 2 });
  const expired = { start: '2026-06-01T12:00:00Z', end: '2026-06-01T12:00:00Z' };
  expect(at(changed, 'rekorTlogUrls', 1, 'validFor')).toEqual(expired);
});
