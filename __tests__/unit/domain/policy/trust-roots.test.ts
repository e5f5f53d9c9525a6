import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createKey, type KeyKind } from '../../../../sandbox/sigstore/keys.ts';
import { type SigstoreStack, startSigstore } from '../../../../sandbox/sigstore/sigstore-stack.ts';
import { parseTrustedRoot } from '../../../../src/sigstore/trust/trusted-root.ts';
import { KEYLESS, keylessOf, policyText, problemsOf } from './policy-samples.ts';

let stack: SigstoreStack;
beforeAll(async () => {
  stack = await startSigstore();
});
afterAll(() => stack.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;

// biome-ignore lint/suspicious/noExplicitAny: resources are changed by hand
type Resource = any;

/** The sandbox's trusted root as a TrustRoot. */
function trustRoot(name = 'sandbox'): Resource {
  const content = stack.trustedRootContent('all');
  const authority = (one: (typeof content.certificateAuthorities)[number]): object => ({
    subject: { ...one.name },
    uri: one.uri,
    certChain: base64(one.chain.map((der) => pem('CERTIFICATE', der)).join('')),
  });
  const log = (one: (typeof content.logs)[number]): object => ({
    baseURL: one.baseUrl,
    hashAlgorithm: 'sha-256',
    publicKey: base64(pem('PUBLIC KEY', one.key.spki)),
  });
  return {
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
  };
}

const USING = `${KEYLESS}\n    trustRootRef: sandbox`;

function withRoot(resource: Resource, authorities = USING): string {
  return `${stringify(resource)}---\n${policyText({ authorities })}`;
}

/** A trusted root as its reader sees it, without the validity of logs, which a TrustRoot does not say. */
function readBack(json: string | undefined): unknown {
  const root = parseTrustedRoot(json ?? '');
  const logs = (list: typeof root.tlogs) =>
    list.map((log) => ({ ...log, publicKey: { ...log.publicKey, validFor: undefined } }));
  return { ...root, tlogs: logs(root.tlogs), ctlogs: logs(root.ctlogs) };
}

test('a TrustRoot becomes the trusted root with the same keys and certificates', () => {
  const { trustedRoot } = keylessOf(withRoot(trustRoot()));
  expect(readBack(trustedRoot)).toEqual(readBack(stack.trustedRootJson('all')));
});

test.each<KeyKind>(['P-256', 'P-384', 'P-521', 'Ed25519'])('a log with a key %s can be read', (kind) => {
  const resource = trustRoot();
  const [log] = resource.spec.sigstoreKeys.tLogs;
  log.publicKey = base64(pem('PUBLIC KEY', createKey(kind).spki));
  expect(() => parseTrustedRoot(keylessOf(withRoot(resource)).trustedRoot ?? '')).not.toThrow();
});

test('the order of the documents does not matter', () => {
  const text = `${policyText({ authorities: USING })}---\n${stringify(trustRoot())}`;
  expect(keylessOf(text).trustedRoot).toBe(keylessOf(withRoot(trustRoot())).trustedRoot);
});

test('logs and timestamp authorities may come from other TrustRoots', () => {
  const other = trustRoot('other');
  const keys = other.spec.sigstoreKeys;
  keys.tLogs = [keys.tLogs[1]];
  const authorities = `${USING}\n  ctlog: {url: "${stack.urls.rekorV1}", trustRootRef: other}`;
  const text = `${stringify(other)}---\n${withRoot(trustRoot(), authorities)}`;
  const root = parseTrustedRoot(keylessOf(text).trustedRoot ?? '');
  expect(root.tlogs.map(({ baseUrl }) => baseUrl)).toEqual([stack.urls.rekorV1]);
  expect(root.certificateAuthorities).toHaveLength(1);
});

test('rfc3161timestamp asks for a timestamp besides the log entry', () => {
  const authorities = `${USING}\n  rfc3161timestamp: {trustRootRef: sandbox}`;
  const authority = keylessOf(withRoot(trustRoot(), authorities));
  expect(authority.requireTimestamp).toBe(true);
  expect(parseTrustedRoot(authority.trustedRoot ?? '').tlogs).toHaveLength(2);
});

test('the content of the TrustRoot is part of the content hash', () => {
  const hash = (resource: Resource): string => {
    const text = withRoot(resource);
    return keylessOf(text).trustedRoot ?? '';
  };
  const changed = trustRoot();
  changed.spec.sigstoreKeys.tLogs.pop();
  expect(hash(changed)).not.toBe(hash(trustRoot()));
});

const AT = 'spec.sigstoreKeys';

test.each<readonly [string, (resource: Resource) => void, string, string]>([
  [
    'no keys',
    (root) => {
      root.spec = {};
    },
    'spec',
    'no keys',
  ],
  [
    'a TUF mirror',
    (root) => {
      root.spec = { remote: { mirror: 'https://x.example', root: 'e30=' } };
    },
    'spec.remote',
    'not supported',
  ],
  [
    'a TUF repository',
    (root) => {
      root.spec = { repository: { root: 'e30=' } };
    },
    'spec.repository',
    'not supported',
  ],
  [
    'both',
    (root) => {
      root.spec.remote = {};
    },
    'spec.remote',
    'not supported',
  ],
  [
    'v1beta1',
    (root) => {
      root.apiVersion = 'policy.sigstore.dev/v1beta1';
    },
    'apiVersion',
    'unknown apiVersion',
  ],
  [
    'a misspelt list',
    (root) => {
      root.spec.sigstoreKeys.tlogs = [];
    },
    `${AT}.tlogs`,
    'unknown field',
  ],
  [
    'an empty list',
    (root) => {
      root.spec.sigstoreKeys.ctLogs = [];
    },
    `${AT}.ctLogs`,
    'empty',
  ],
  [
    'a chain that is not base64',
    (root) => {
      root.spec.sigstoreKeys.certificateAuthorities[0].certChain = '-----BEGIN';
    },
    `${AT}.certificateAuthorities[0].certChain`,
    'not base64 of PEM',
  ],
  [
    'a chain with a key in it',
    (root) => {
      root.spec.sigstoreKeys.certificateAuthorities[0].certChain = base64(pem('PUBLIC KEY', createKey().spki));
    },
    `${AT}.certificateAuthorities[0].certChain`,
    'label CERTIFICATE',
  ],
  [
    'a chain with half a block',
    (root) => {
      root.spec.sigstoreKeys.certificateAuthorities[0].certChain += base64('-----BEGIN CERTIFICATE-----');
    },
    `${AT}.certificateAuthorities[0].certChain`,
    'not base64',
  ],
  [
    'a certificate that does not parse',
    (root) => {
      root.spec.sigstoreKeys.timestampAuthorities[0].certChain = base64(pem('CERTIFICATE', Buffer.from('no')));
    },
    `${AT}.timestampAuthorities[0].certChain`,
    'does not parse',
  ],
  [
    'an authority without a subject',
    (root) => {
      delete root.spec.sigstoreKeys.certificateAuthorities[0].subject;
    },
    `${AT}.certificateAuthorities[0]`,
    '`subject` is missing',
  ],
  [
    'an authority without a uri',
    (root) => {
      delete root.spec.sigstoreKeys.certificateAuthorities[0].uri;
    },
    `${AT}.certificateAuthorities[0].uri`,
    'missing',
  ],
  [
    'a log with another hash',
    (root) => {
      root.spec.sigstoreKeys.tLogs[0].hashAlgorithm = 'sha-512';
    },
    `${AT}.tLogs[0].hashAlgorithm`,
    'not a supported hash',
  ],
  [
    'a log with a certificate as key',
    (root) => {
      root.spec.sigstoreKeys.tLogs[0].publicKey = root.spec.sigstoreKeys.certificateAuthorities[0].certChain;
    },
    `${AT}.tLogs[0].publicKey`,
    'label PUBLIC KEY',
  ],
  [
    'a log with two keys',
    (root) => {
      const two = pem('PUBLIC KEY', createKey().spki).repeat(2);
      root.spec.sigstoreKeys.tLogs[0].publicKey = base64(two);
    },
    `${AT}.tLogs[0].publicKey`,
    'more than one key',
  ],
  [
    'a log with a key that does not parse',
    (root) => {
      root.spec.sigstoreKeys.ctLogs[0].publicKey = base64(pem('PUBLIC KEY', Buffer.from('no')));
    },
    `${AT}.ctLogs[0].publicKey`,
    'does not parse',
  ],
  [
    'a log without a URL',
    (root) => {
      root.spec.sigstoreKeys.tLogs[0].baseURL = 'rekor';
    },
    `${AT}.tLogs[0].baseURL`,
    'not a URL',
  ],
])('a TrustRoot with %s is refused', (_, change, path, what) => {
  const resource = trustRoot();
  change(resource);
  const found = problemsOf(withRoot(resource)).find((one) => one.path === path);
  expect(found?.what, JSON.stringify(problemsOf(withRoot(resource)))).toContain(what);
  expect(found).toMatchObject({ file: 'policy.yaml', document: 1, cure: expect.stringMatching(/\S/) });
});

test.each<readonly [string, (resource: Resource) => void, string, string]>([
  [
    'no certificate authority',
    (root) => {
      delete root.spec.sigstoreKeys.certificateAuthorities;
    },
    USING,
    'no certificateAuthorities',
  ],
  [
    'nothing that proves a time',
    (root) => {
      delete root.spec.sigstoreKeys.tLogs;
      delete root.spec.sigstoreKeys.timestampAuthorities;
    },
    USING,
    'nothing proves when',
  ],
  [
    'no timestamp authority, where one is needed',
    (root) => {
      delete root.spec.sigstoreKeys.timestampAuthorities;
    },
    `${USING}\n  rfc3161timestamp: {}`,
    'no timestampAuthorities',
  ],
])('a TrustRoot with %s is refused where it is named', (_, change, authorities, what) => {
  const resource = trustRoot();
  change(resource);
  expect(problemsOf(withRoot(resource, authorities))).toMatchObject([
    { document: 2, path: 'spec.authorities[0].keyless.trustRootRef', what: expect.stringContaining(what) },
  ]);
});

test('services that the named TrustRoot does not list are refused', () => {
  const authorities = `${USING}\n    url: https://fulcio.other.example\n  ctlog: {url: "https://rekor.other.example"}`;
  expect(problemsOf(withRoot(trustRoot(), authorities))).toMatchObject([
    {
      path: 'spec.authorities[0].keyless.url',
      what: expect.stringContaining('does not list "https://fulcio.other.example"'),
    },
    { path: 'spec.authorities[0].ctlog', what: expect.stringContaining('does not list "https://rekor.other.example"') },
  ]);
  const listed = `${USING}\n    url: ${stack.urls.ca}\n  ctlog: {url: "${stack.urls.rekorV1}/"}`;
  expect(problemsOf(withRoot(trustRoot(), listed))).toEqual([]);
});

test('two TrustRoots with one name are refused', () => {
  const text = `${stringify(trustRoot())}---\n${withRoot(trustRoot())}`;
  expect(problemsOf(text)).toMatchObject([
    { document: 2, path: 'metadata.name', what: expect.stringContaining('another TrustRoot') },
  ]);
});

test('a TrustRoot and a policy may have one name', () => {
  const text = `${stringify(trustRoot('ours'))}---\n${policyText({ authorities: `${KEYLESS}\n    trustRootRef: ours` })}`;
  expect(problemsOf(text)).toEqual([]);
});

test('a TrustRoot alone is not a policy', () => {
  expect(problemsOf(stringify(trustRoot()))).toMatchObject([{ what: 'no file has a ClusterImagePolicy' }]);
});
