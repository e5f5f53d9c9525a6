import { expect, test } from 'vitest';
import { readPolicies } from '../../../../src/domain/policy/read-policies.ts';
import { missingServices } from '../../../../src/domain/policy/services.ts';
import { RELEASE } from '../identity-samples.ts';
import { CONTEXT, ISSUER, KEYLESS, keylessOf, policyOf, policyText, setOf } from './policy-samples.ts';

test('reads a policy as it is written', () => {
  const policy = policyOf(
    policyText({
      spec: 'mode: warn\nmatch:\n  - {group: apps, version: v1, resource: deployments, selector: {matchLabels: {a: b}}}',
      globs: '- glob: ghcr.io/acme/**\n- glob: index.docker.io/acme/*',
      authorities: `- name: release\n  keyless:\n    identities:\n      - {issuer: "${ISSUER}", subject: "${RELEASE}"}\n  signatureFormat: bundle\n  source: [{oci: ghcr.io/acme/signatures}]\n- static: {action: fail, message: not here}\n- static: {action: pass}`,
    }),
  );
  expect(policy).toMatchObject({
    name: 'ours',
    place: { file: 'policy.yaml', line: 4, document: 1 },
    globs: [{ source: 'ghcr.io/acme/**' }, { source: 'index.docker.io/acme/*' }],
    match: [{ group: 'apps', version: 'v1', resource: 'deployments' }],
    mode: 'warn',
    require: undefined,
    namespaces: undefined,
    authorities: [
      {
        kind: 'keyless',
        name: 'release',
        format: 'bundle',
        source: { registry: 'ghcr.io', path: 'acme/signatures' },
        requireSignature: true,
        attestations: [],
        requireTimestamp: false,
        trustedRoot: undefined,
        services: { certificateAuthority: undefined, log: undefined },
        requirement: { identities: [{ issuers: [ISSUER], subjects: [RELEASE] }] },
      },
      { kind: 'static', name: 'authority-1', action: 'fail', message: 'not here' },
      { kind: 'static', name: 'authority-2', action: 'pass', message: undefined },
    ],
  });
});

test('what a policy does not say has the safe meaning', () => {
  expect(policyOf(policyText())).toMatchObject({ mode: 'enforce', match: undefined });
  expect(keylessOf(policyText())).toMatchObject({ format: 'any', requireSignature: true });
});

const BOTH = `${policyText({ name: 'a' })}---\n${policyText({ name: 'b' }).replace('v1beta1', 'v1alpha1')}`;

test.each([
  ['several documents', BOTH],
  ['line breaks of Windows', BOTH.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\ufeff${BOTH}`],
  ['a comment on the separator', BOTH.replace('---', '--- # next')],
  ['empty documents between them', BOTH.replace('---', '---\n---\n# nothing\n---')],
  ['an end of document', BOTH.replace('---', '...\n---')],
  ['a separator at the start', `---\n${BOTH}`],
])('reads both apiVersions, with %s', (_, text) => {
  expect(setOf(text).policies.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a separator inside a text does not separate', () => {
  const text = policyText({
    authorities: '- static:\n    action: fail\n    message: |\n      one\n      ---\n      two',
  });
  expect(policyOf(text).authorities).toMatchObject([{ message: 'one\n---\ntwo\n' }]);
});

test('reads JSON, aliases and merge keys', () => {
  const json = JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1beta1',
    kind: 'ClusterImagePolicy',
    metadata: { name: 'json' },
    spec: { images: [{ glob: '**' }], authorities: [{ static: { action: 'fail' } }] },
  });
  expect(policyOf(json)).toMatchObject({ name: 'json' });
  const anchored = policyText({
    authorities: `- &one\n  keyless:\n    identities: &who\n      - {issuer: "${ISSUER}", subject: "${RELEASE}"}\n- <<: *one\n  name: second\n- keyless: {identities: *who}`,
  });
  expect(policyOf(anchored).authorities.map(({ name }) => name)).toEqual(['authority-0', 'second', 'authority-2']);
});

test('accepts what a server adds to a resource', () => {
  const text = policyText().replace(
    '  name: ours',
    '  name: ours\n  creationTimestamp: null\n  generation: 2\n  resourceVersion: "1"\n  uid: x\n  labels: {a: b}\n  managedFields: [{manager: kubectl}]',
  );
  expect(policyOf(`${text}status: {observedGeneration: 2}\n`).name).toBe('ours');
});

test('keeps the places of policies in several files', () => {
  const files = [
    { file: 'a.yaml', text: policyText({ name: 'a' }) },
    { file: 'acme/policies/b.yaml@main', text: `# two\n${BOTH.replace('name: a', 'name: c')}` },
  ];
  const result = readPolicies(files, CONTEXT);
  const places = result.kind === 'policies' ? result.set.policies.map(({ name, place }) => [name, place]) : [];
  expect(places).toEqual([
    ['a', { file: 'a.yaml', line: 4, document: 1 }],
    ['c', { file: 'acme/policies/b.yaml@main', line: 5, document: 1 }],
    ['b', { file: 'acme/policies/b.yaml@main', line: 18, document: 2 }],
  ]);
});

test('reads thresholds and namespaces', () => {
  const text = policyText({
    annotations: 'countersign/require: "2"\ncountersign/namespaces: |\n  prod-*\n  default',
    authorities: `${KEYLESS}\n${KEYLESS}`,
  });
  expect(policyOf(text)).toMatchObject({ require: 2, namespaces: ['prod-*', 'default'] });
});

test('a notice says what policy-controller ignores, and which globs match more than they seem to', () => {
  expect(setOf(policyText()).notices).toEqual([]);
  const text = policyText({ annotations: 'countersign/max-age: 30d', globs: '- glob: ghcr.io/acme**' });
  const { notices } = setOf(text);
  expect(notices).toHaveLength(2);
  expect(notices[0]).toMatch(/^policy "ours" \(policy\.yaml\): the glob "ghcr\.io\/acme\*\*" also matches/);
  expect(notices[1]).toContain('policy-controller ignores countersign/max-age');
});

test.each([
  ['^https://github.com/Acme/.*$', String.raw`write "^https://github\\.com/Acme/.*$"`],
  [String.raw`^https://git\.acme.example/a.b$`, String.raw`write "^https://git\\.acme\\.example/a.b$"`],
])('a notice says that the dots in the host of %s are open', (pattern, right) => {
  const authorities = `- keyless:\n    identities:\n      - {issuer: "${ISSUER}", subjectRegExp: '${pattern}'}`;
  expect(setOf(policyText({ authorities })).notices).toEqual([expect.stringContaining(right)]);
});

test.each([
  String.raw`^https://github\.com/Acme/a.b$`,
  '^https://github[.]com/Acme/.*$',
  '^https://git.+/Acme/App$',
  '^a.b@acme[.]example$',
])('no notice is about the pattern %s', (pattern) => {
  const authorities = `- keyless:\n    identities:\n      - {issuer: "${ISSUER}", subjectRegExp: '${pattern}'}`;
  expect(setOf(policyText({ authorities })).notices).toEqual([]);
});

test('services other than the public ones must be in the trusted root', () => {
  const named = keylessOf(
    policyText({
      authorities: `${KEYLESS}\n    url: https://fulcio.acme.example/\n  ctlog: {url: "https://rekor.acme.example"}`,
    }),
  ).services;
  const root = (uri: string, baseUrl: string) => ({ certificateAuthorities: [{ uri }], tlogs: [{ baseUrl }] });
  expect(missingServices(named, root('https://fulcio.acme.example', 'https://rekor.acme.example/'))).toEqual([]);
  expect(missingServices(named, root('https://fulcio.sigstore.dev', 'https://rekor.sigstore.dev'))).toEqual([
    'https://fulcio.acme.example',
    'https://rekor.acme.example',
  ]);
  const common = keylessOf(
    policyText({
      authorities: `${KEYLESS}\n    url: https://fulcio.sigstore.dev\n  ctlog: {url: "https://rekor.sigstore.dev/"}`,
    }),
  ).services;
  expect(missingServices(common, root('https://fulcio.acme.example', 'https://rekor.acme.example'))).toEqual([]);
});

test('the content hash is that of what decides', () => {
  const hash = (text: string): string => policyOf(text).contentHash;
  const base = hash(policyText());
  expect(base).toMatch(/^[0-9a-f]{64}$/);
  expect(hash(`# another comment\n${policyText({ name: 'other' })}`)).toBe(base);
  expect(hash(policyText({ annotations: 'other.example/note: x' }))).toBe(base);
  const others = [
    policyText({ spec: 'mode: warn' }),
    policyText({ globs: '- glob: ghcr.io/acme/*' }),
    policyText({ annotations: 'countersign/max-age: 30d' }),
    policyText({ annotations: 'countersign/max-age: 31d' }),
    policyText({ authorities: KEYLESS.replace('main', 'dev') }),
    policyText({ authorities: `${KEYLESS}\n  signatureFormat: bundle` }),
  ].map(hash);
  expect(new Set([base, ...others]).size).toBe(others.length + 1);
});
