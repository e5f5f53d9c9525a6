import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { connectTrust } from '../../../src/entries/compose/connect.ts';
import type { PolicyTrust } from '../../../src/entries/compose/policy-trust.ts';
import type { Surroundings } from '../../../src/entries/compose/surroundings.ts';
import { keepPolicies } from '../../../src/entries/webhook/policies.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import type { PreparedPolicies } from '../../../src/usecases/admitting/policy-keeper.ts';
import { KEYLESS, policyText } from '../../unit/domain/policy/policy-samples.ts';
import { clock } from '../oci/harness.ts';
import { type Answer, openFakeKube, status } from './fake-kube.ts';

const GROUP = '/apis/policy.sigstore.dev';
let stack: SigstoreStack;
let directory = '';
beforeAll(async () => {
  stack = await startSigstore();
  directory = await mkdtemp(join(tmpdir(), 'countersign-kept-'));
});
afterAll(async () => {
  await stack.close();
  await rm(directory, { recursive: true, force: true });
});

const list = (kind: string, items: readonly unknown[]): Answer => ({
  status: 200,
  body: { kind: `${kind}List`, apiVersion: 'policy.sigstore.dev/v1alpha1', metadata: { resourceVersion: '5' }, items },
});

/** The sandbox's certificate authority and logs as a stored TrustRoot. */
function trustRoot(chain?: string): unknown {
  const { certificateAuthorities, logs, ctLogs } = stack.trustedRootContent('all');
  const pem = (label: string, der: Uint8Array): string =>
    `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const log = (one: (typeof logs)[number]) => ({
    ...{ baseURL: one.baseUrl, hashAlgorithm: 'sha-256', publicKey: base64(pem('PUBLIC KEY', one.key.spki)) },
  });
  return {
    metadata: { name: 'sandbox', resourceVersion: '2', uid: 'x' },
    spec: {
      sigstoreKeys: {
        certificateAuthorities: certificateAuthorities.map((one) => ({
          subject: { ...one.name },
          uri: one.uri,
          certChain: base64(chain ?? one.chain.map((der) => pem('CERTIFICATE', der)).join('')),
        })),
        tLogs: logs.map(log),
        ctLogs: ctLogs.map(log),
      },
    },
  };
}

/** What is in force with one policy in the folder and these TrustRoots in the API; after the first thing that is said. */
async function kept(authorities: string, roots: Answer): Promise<PreparedPolicies<PolicyTrust>> {
  await writeFile(join(directory, 'policy.yaml'), policyText({ authorities }));
  const answers: Record<string, Answer> = {
    [GROUP]: { status: 200, body: { versions: [{ version: 'v1alpha1' }] } },
    [`${GROUP}/v1alpha1`]: {
      status: 200,
      body: { resources: ['clusterimagepolicies', 'trustroots'].map((name) => ({ name, namespaced: false })) },
    },
    [`${GROUP}/v1alpha1/clusterimagepolicies`]: list('ClusterImagePolicy', []),
    [`${GROUP}/v1alpha1/trustroots`]: roots,
  };
  await using kube = await openFakeKube(({ path, query }) => {
    if (query.has('watch')) return (response) => response.writeHead(200).flushHeaders();
    return answers[path] ?? status(404, 'not found');
  });
  const nowhere = (): void => undefined;
  const surroundings: Surroundings = {
    ...{ clock, random: () => 0, userAgent: 'test', env: {}, linuxUid: undefined, cacheDirectory: directory },
    ...{ log: { info: nowhere, debug: nowhere, warning: nowhere }, readFile: async () => undefined, mask: nowhere },
  };
  const http = createHttpClient({ clock, random: () => 0 });
  const origin = { kind: 'files', trustedRoot: stack.trustedRootJson('all'), signingConfig: undefined } as const;
  const rules = { http, offline: true, signing: false, plainHttpHosts: [], githubServerUrl: 'https://github.com' };
  const ending = new AbortController();
  try {
    return await new Promise((resolve) => {
      const keeper = keepPolicies({
        ...{ surroundings, http, trust: connectTrust(surroundings, origin, rules), signal: ending.signal },
        ...{ folder: directory, api: kube.client() },
        onChange(now) {
          // Until both sources have said something.
          if (!now.problems.some((problem) => problem.includes('not read yet'))) resolve(now);
        },
      });
      expect(keeper.current().kind).toBe('unready');
    });
  } finally {
    ending.abort();
    await http.close();
  }
}

const USING = `${KEYLESS}\n    trustRootRef: sandbox`;

test('a policy of the folder gets the verifier of a TrustRoot of the API', async () => {
  const now = await kept(USING, list('TrustRoot', [trustRoot()]));
  expect(now.problems).toEqual([]);
  expect(now.kind === 'ready' && now.prepared.otherRoots.size).toBe(1);
});

test('without that TrustRoot, or with one that cannot be read, nothing is in force', async () => {
  const without = await kept(USING, list('TrustRoot', []));
  expect(without).toMatchObject({ kind: 'unready', problems: [expect.stringContaining('sandbox')] });
  const broken = await kept(USING, list('TrustRoot', [trustRoot('no certificate')]));
  expect(broken).toMatchObject({ kind: 'unready' });
  expect(broken.problems.join()).toContain('"TrustRoot/sandbox" spec.sigstoreKeys.certificateAuthorities[0].certChain');
  const refused = await kept(USING, status(403, 'trustroots is forbidden'));
  expect(refused).toMatchObject({ kind: 'unready', problems: [expect.stringContaining('trustroots is forbidden')] });
});

test('a service that the trusted root does not list keeps the policies out of force', async () => {
  const log = (url: string): string => `${KEYLESS}\n  ctlog: {url: '${url}'}`;
  const [known] = stack.trustedRootContent('all').logs;
  expect(await kept(log(known?.baseUrl ?? ''), list('TrustRoot', []))).toMatchObject({ kind: 'ready', problems: [] });
  const now = await kept(log('https://log.example'), list('TrustRoot', []));
  expect(now).toMatchObject({ kind: 'unready', problems: [expect.stringContaining('https://log.example')] });
});
