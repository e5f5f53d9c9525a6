import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorReply, on } from '../../sandbox/http/faults.ts';
import { type Handler, jsonReply, type SandboxRequest, textReply } from '../../sandbox/http/serve.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { errorsOf, IMPATIENT, type SignWorld, shown, startSignWorld } from './sign-world.ts';

let world: SignWorld;
/** Its registry wants a password with each request. */
let basic: SignWorld;
/** Every id-token that was given out. */
const idTokens = new Set<string>();

/** What a hostile service says to whoever shows the log: commands, in every form the runner knows. */
const HOSTILE = [
  'no',
  '::set-output name=images::evil',
  '::add-mask::o',
  '##[set-env name=PATH]/evil',
  ' ::stop-commands::x',
  '::error::forged',
  '%0A::set-output name=images::evil',
].join('\n');
/** The credential first, bare and behind its scheme, so that no cut of the message spares it. */
const echo = (request: SandboxRequest): string => {
  const header = request.headers['authorization'] ?? '';
  const value = header.split(' ')[1] ?? '';
  const password = Buffer.from(value, 'base64').toString();
  return `${value} ${header}\n${password}\n${HOSTILE}\r::warning::forged\u2028${Buffer.from(request.body).toString()}`;
};

beforeAll(async () => {
  const echoing = (request: SandboxRequest) => errorReply(403, 'DENIED', echo(request));
  const faults = [
    { match: on('POST', /^\/v2\/echo\//), times: 'always', action: { reply: echoing } },
    { match: on('GET', /^\/v2\/echoread\//), times: 'always', action: { reply: echoing } },
  ] as const;
  [world, basic] = await Promise.all([
    startSignWorld({ registryFaults: faults }),
    startSignWorld({ auth: 'basic', registryFaults: faults }),
  ]);
});
afterAll(async () => {
  await Promise.all([world.close(), basic.close()]);
});

/** Everything secret that the requests of all services carried. */
function secretsOf(from: SignWorld): Set<string> {
  const secrets = new Set([
    'sandbox-password',
    from.sigstore.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    ...idTokens,
  ]);
  for (const { headers } of from.log.requests()) {
    const value = headers['authorization']?.split(' ')[1];
    if (value !== undefined) secrets.add(value);
  }
  return secrets;
}

/** Gives out true id-tokens, and remembers them. */
function tokensOf(from: SignWorld): Record<string, string> {
  const url = from.service(() => {
    const token = from.sigstore.oidc.issue();
    idTokens.add(token);
    return jsonReply(200, { count: 1, value: token });
  });
  return { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?v=1` };
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function expectNoSecret(from: SignWorld, run: RunResult): Promise<void> {
  // Masking is how the runner is told: those lines alone hold secrets.
  const said = run.stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
  const places = new Map([
    ['stdout', said],
    ['stderr', run.stderr],
    ['summary', run.summary],
    ['outputs', JSON.stringify([run.outputs, run.exported, run.state])],
  ]);
  for (const path of await filesBelow(run.runnerTemp)) places.set(path, await readFile(path, 'utf8'));
  const secrets = secretsOf(from);
  expect(secrets.size).toBeGreaterThan(3);
  for (const [place, text] of places) {
    for (const secret of secrets) expect(text.includes(secret), `${place} holds a secret`).toBe(false);
    expect(text, place).not.toMatch(/eyJhbGciOi/);
  }
}

/** The runner saw only commands of ours. */
function expectNothingForged(run: RunResult): void {
  const names = new Set(run.commands.map(({ name }) => name));
  for (const name of names) expect(['add-mask', 'debug', 'error', 'notice']).toContain(name);
  for (const { name, properties, syntax } of run.commands) {
    expect(syntax).toBe('v2');
    if (name === 'error') expect(properties['title']).toMatch(/^Countersign: /);
  }
  expect(run.masks).not.toContain('o');
  expect(run.outputs['images']).toBe('');
  expect(run.exported).toEqual({});
}

test('a good run shows no token and no password, in the debug log neither', async () => {
  const [bearer, password] = await Promise.all([
    world.sign({ images: world.image().pinned }, { env: tokensOf(world) }),
    basic.sign(
      {
        images: basic.image().pinned,
        'registry-username': 'alice',
        'registry-password': 'sandbox-password',
      },
      { env: { ...tokensOf(basic), DOCKER_CONFIG: undefined } },
    ),
  ]);
  for (const [from, run] of [
    [world, bearer],
    [basic, password],
  ] as const) {
    expect(run.exitCode, shown(run)).toBe(0);
    await expectNoSecret(from, run);
  }
  // Masked as soon as they are known: password, id-token, request token.
  const masked = password.commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data);
  expect(masked).toContain('sandbox-password');
  expect(masked).toContain(basic.sigstore.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
  expect(masked.some((value) => idTokens.has(value))).toBe(true);
  expect(bearer.masks.some((value) => idTokens.has(value))).toBe(true);
});

test.each<[string, (url: string) => Record<string, string>]>([
  [
    'the certificate authority',
    (url) => ({ 'signing-config': world.configWith({ certificateAuthorities: [{ url }] }) }),
  ],
  ['the log', (url) => ({ 'signing-config': world.configWith({ logs: [{ url }] }) })],
  ['the timestamp authority', (url) => ({ 'signing-config': world.configWith({ timestampAuthorities: [{ url }] }) })],
])('an answer of %s that echoes its request and forges commands does neither', async (_what, config) => {
  const image = world.image();
  const hostile: Handler = (request) => jsonReply(400, { code: 3, message: echo(request) });
  const inputs = { images: image.pinned, ...IMPATIENT, ...config(world.service(hostile)) };
  const run = await world.sign(inputs, { env: tokensOf(world) });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run)).toHaveLength(1);
  expectNothingForged(run);
  await expectNoSecret(world, run);
});

test('an answer of the id-token endpoint that echoes the request token does not show it', async () => {
  const image = world.image();
  const url = world.service((request) => textReply(403, echo(request)));
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?v=1` };
  const run = await world.sign({ images: image.pinned, ...IMPATIENT }, { env });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run).join()).toContain('IDENTITY_TOKEN_UNAVAILABLE');
  expectNothingForged(run);
  await expectNoSecret(world, run);
});

test.each([
  ['denies the push', 'echo'],
  ['denies reading', 'echoread'],
])('a registry that %s, echoes the credentials and forges commands, does neither', async (_what, folder) => {
  for (const from of [world, basic]) {
    const image = from.image({ repository: `${folder}/app`, tag: '1' });
    const inputs = { images: `${image.name}:1`, 'allow-tags': 'true', ...IMPATIENT };
    const run = await from.sign(inputs, { env: tokensOf(from) });
    expect(run.exitCode, shown(run)).toBe(1);
    expect(errorsOf(run).join()).toContain('REGISTRY_DENIED');
    expectNothingForged(run);
    await expectNoSecret(from, run);
  }
});

test('no credential ever came where it must not', () => {
  expect([...world.registry.misplaced, ...basic.registry.misplaced]).toEqual([]);
  const allowed = new Set(['registry', 'token server', 'oidc', 'misbehaving']);
  for (const from of [world, basic]) {
    const carrying = from.log.requests().filter(({ headers }) => headers['authorization'] !== undefined);
    for (const { server } of carrying) expect(allowed).toContain(server);
  }
});
