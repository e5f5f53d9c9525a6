import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withSettings } from '../../../scripts/update-docs.ts';
import { CodedError } from '../../../src/coded-error.ts';
import { VERIFY_INPUTS } from '../../../src/entries/verify/inputs.ts';
import { VERIFY_FILES_INPUTS } from '../../../src/entries/verify-files/inputs.ts';
import { type Environment, readSettings, type WebhookSettings } from '../../../src/entries/webhook/settings.ts';
import { SETTINGS, SHARED_NAMES, variableOf } from '../../../src/entries/webhook/settings-table.ts';
import { ROOT } from '../../source-files.ts';

const ROOT_JSON = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';
const POLICY = { COUNTERSIGN_POLICY: '/etc/countersign/policies' };

function read(env: Environment, files: Readonly<Record<string, string>> = {}): Promise<WebhookSettings> {
  return readSettings({
    env,
    readFile: async (path) => {
      const text = files[path];
      return text === undefined ? undefined : Buffer.from(text);
    },
    mask: () => undefined,
  });
}

async function problemsOf(env: Environment): Promise<string> {
  const error: unknown = await read(env).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CodedError);
  expect((error as CodedError).code).toBe('INPUT_INVALID');
  return (error as CodedError).message;
}

test('a folder of policies is enough, and everything that is not given refuses rather than admits', async () => {
  expect(await read(POLICY)).toMatchObject({
    policyFolder: '/etc/countersign/policies',
    policiesFromApi: false,
    pullSecrets: false,
    noMatchPolicy: 'deny',
    mode: 'enforce',
    trust: { kind: 'instance', instance: 'auto' },
    trustMaxAgeMs: 7 * 86_400_000,
    privateHosts: [],
    format: 'any',
    rejudgeEveryMs: undefined,
    listen: { address: undefined, port: 8443, healthPort: 8080 },
    network: { registryLogin: undefined, insecureRegistries: [], concurrency: 16, retryForMs: 60_000 },
  });
});

test('every setting can be given', async () => {
  const env: Environment = {
    ...POLICY,
    COUNTERSIGN_POLICIES_FROM_API: 'true',
    COUNTERSIGN_PULL_SECRETS: 'true',
    COUNTERSIGN_NO_MATCH_POLICY: 'warn',
    COUNTERSIGN_MODE: 'warn',
    COUNTERSIGN_TRUSTED_ROOT: '/trust/root.json',
    COUNTERSIGN_TRUST_MAX_AGE: '2d',
    COUNTERSIGN_PRIVATE_HOSTS: 'Registry.Internal:5000,10.0.0.5',
    COUNTERSIGN_INSECURE_REGISTRIES: 'registry.internal:5000',
    COUNTERSIGN_SIGNATURE_REPOSITORY: 'ghcr.io/acme/app=ghcr.io/acme/signatures',
    COUNTERSIGN_REJUDGE_EVERY: '6h',
    COUNTERSIGN_LISTEN_ADDRESS: '::1',
    COUNTERSIGN_LISTEN_PORT: '9443',
    COUNTERSIGN_HEALTH_PORT: '9090',
    COUNTERSIGN_DRAIN_FOR: '30s',
    COUNTERSIGN_POD_NAME: 'webhook-1',
  };
  expect(await read(env, { '/trust/root.json': ROOT_JSON })).toMatchObject({
    policiesFromApi: true,
    pullSecrets: true,
    noMatchPolicy: 'warn',
    mode: 'warn',
    // Its file is read again when it changes.
    trust: { kind: 'root-file', path: '/trust/root.json' },
    trustMaxAgeMs: 2 * 86_400_000,
    privateHosts: ['registry.internal:5000', '10.0.0.5'],
    network: { insecureRegistries: ['registry.internal:5000'] },
    rejudgeEveryMs: 6 * 3_600_000,
    listen: { address: '::1', port: 9443, healthPort: 9090 },
    drainMs: 30_000,
    podName: 'webhook-1',
  });
  expect(await read({ ...POLICY, COUNTERSIGN_TRUSTED_ROOT: ROOT_JSON })).toMatchObject({
    trust: { kind: 'files', trustedRoot: ROOT_JSON },
  });
});

describe('a setting that nobody reads', () => {
  test.each([
    ['COUNTERSIGN_NO_MATCH_POLICIES', 'COUNTERSIGN_NO_MATCH_POLICY'],
    ['COUNTERSIGN_NOMATCHPOLICY', 'COUNTERSIGN_NO_MATCH_POLICY'],
    ['countersign_mode', 'COUNTERSIGN_MODE'],
    ['COUNTERSIGN_TRUSTED-ROOT', 'COUNTERSIGN_TRUSTED_ROOT'],
    ['COUNTERSIGN_REGISTRY_PASSWORD', 'DOCKER_CONFIG'],
    ['COUNTERSIGN_TIMEOUT', 'timeoutSeconds'],
    ['COUNTERSIGN_HTTPS_PORT', 'no such setting'],
    ['COUNTERSIGN_SOMETHING_ELSE', 'docs/webhook-settings.md'],
    // A name that every object of JavaScript has.
    ['COUNTERSIGN_CONSTRUCTOR', 'docs/webhook-settings.md'],
  ])('%s stops the start, and %s is in the message', async (variable, cure) => {
    const message = await problemsOf({ ...POLICY, [variable]: '8443' });
    expect(message).toContain(variable);
    expect(message).toContain(cure);
  });

  test('what Kubernetes itself writes for Services of the namespace is not one', async () => {
    const links = {
      COUNTERSIGN_SERVICE_HOST: '10.0.0.1',
      COUNTERSIGN_SERVICE_PORT: '443',
      COUNTERSIGN_SERVICE_PORT_HTTPS: '443',
      COUNTERSIGN_PORT: 'tcp://10.0.0.1:443',
      COUNTERSIGN_PORT_443_TCP: 'tcp://10.0.0.1:443',
      COUNTERSIGN_PORT_443_TCP_PROTO: 'tcp',
      COUNTERSIGN_PORT_443_TCP_PORT: '443',
      COUNTERSIGN_PORT_443_TCP_ADDR: '10.0.0.1',
      COUNTERSIGN_WEBHOOK_PORT: 'tcp://10.0.0.1:443',
    };
    expect((await read({ ...POLICY, ...links })).listen.port).toBe(8443);
    expect(await problemsOf({ ...POLICY, COUNTERSIGN_PORT: '9443' })).toContain('COUNTERSIGN_LISTEN_PORT');
  });
});

test('every bad value is in one error, by the name of its variable and with its cure', async () => {
  const message = await problemsOf({
    COUNTERSIGN_NO_MATCH_POLICY: 'block',
    COUNTERSIGN_MODE: 'Warn',
    COUNTERSIGN_TRUSTED_ROOT: '/absent.json',
    COUNTERSIGN_TUF_MIRROR: 'tuf.example.com',
    COUNTERSIGN_TRUST_MAX_AGE: '1s',
    COUNTERSIGN_REJUDGE_EVERY: '1s',
    COUNTERSIGN_POLICIES_FROM_API: 'yes',
    COUNTERSIGN_INSECURE_REGISTRIES: 'http://registry.example',
    COUNTERSIGN_CLIENT_CERTIFICATE: '/client.pem',
    COUNTERSIGN_LISTEN_ADDRESS: 'localhost',
    COUNTERSIGN_LISTEN_PORT: '70000',
    COUNTERSIGN_TLS_KEY: 'tls.key',
    COUNTERSIGN_POD_NAME: 'a/b',
    COUNTERSIGN_MOED: 'warn',
  });
  for (const part of [
    'COUNTERSIGN_NO_MATCH_POLICY: "block" is not a valid value',
    'COUNTERSIGN_MODE: "Warn" is not a valid value',
    '`COUNTERSIGN_MODE=warn`',
    'COUNTERSIGN_TRUSTED_ROOT: there is no file "/absent.json"',
    'COUNTERSIGN_TRUSTED_ROOT: it cannot be combined with COUNTERSIGN_TUF_MIRROR',
    '`COUNTERSIGN_TUF_MIRROR=https://tuf.example.com`',
    'COUNTERSIGN_TRUST_MAX_AGE: it is not between 1h and 90d',
    'COUNTERSIGN_REJUDGE_EVERY',
    '`COUNTERSIGN_POLICIES_FROM_API=true`',
    '`COUNTERSIGN_INSECURE_REGISTRIES=registry.example`',
    'COUNTERSIGN_CLIENT_CERTIFICATE: it does not say which registry it is for',
    'COUNTERSIGN_LISTEN_ADDRESS: "localhost" is not an IP address',
    'COUNTERSIGN_LISTEN_PORT: "70000"',
    'COUNTERSIGN_TLS_KEY: "tls.key" is not an absolute path',
    'COUNTERSIGN_POD_NAME: "a/b" is not a name of Kubernetes',
    'COUNTERSIGN_MOED',
    'COUNTERSIGN_POLICY: nothing says where the policies are',
  ]) {
    expect(message).toContain(part);
  }
});

test('one port cannot serve both', async () => {
  const env = { ...POLICY, COUNTERSIGN_LISTEN_PORT: '9000', COUNTERSIGN_HEALTH_PORT: '9000' };
  expect(await problemsOf(env)).toContain('COUNTERSIGN_HEALTH_PORT: it is the same as COUNTERSIGN_LISTEN_PORT');
});

test('settings that are inputs too have the name of the input', () => {
  const inputs: readonly string[] = [...VERIFY_INPUTS, ...VERIFY_FILES_INPUTS];
  expect(SHARED_NAMES.filter((name) => !inputs.includes(name))).toEqual([]);
  expect(new Set(SETTINGS.map(({ name }) => variableOf(name))).size).toBe(SETTINGS.length);
});

test('docs/webhook-settings.md has the table of the settings', () => {
  const text = readFileSync(join(ROOT, 'docs/webhook-settings.md'), 'utf8');
  expect(withSettings(text)).toBe(text);
  for (const { name } of SETTINGS) expect(text).toContain(`| \`${variableOf(name)}\` |`);
});
