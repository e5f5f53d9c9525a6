import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGithubApi, type GithubApi } from '../../sandbox/github/api.ts';
import { jsonReply, type Reply, type SandboxRequest, type Served, serve, textReply } from '../../sandbox/http/serve.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { base64, ENCODINGS, goJson, hex } from '../unit/domain/encodings.ts';
import { errorsOf, IMPATIENT, resultsOf, type SignWorld, shown, startSignWorld } from './sign-world.ts';

/*
 * What the built dist/ lets out of the process when a service, or a helper, says a secret of the run back, in whatever
 * form and place. Each test has a twin: the same words without a secret are shown, so the check can fail.
 */

const USER = 'alice';
const PASSWORD = 'p&ss<w>/rd"1+x';
/** Holds what every encoding changes, and is nobody's secret. */
const HARMLESS = 'h&rml<s>/wd"2+y';

let world: SignWorld;
let directory: string;
let github: Served;
let api: GithubApi;
/** What the registry says back. */
let word = '';
/** By the first part of a repository's name: how the registry says it to whoever has logged in. */
const SAYINGS: Readonly<Record<string, (request: SandboxRequest) => Reply>> = {
  'go-json': () => textReply(403, `{"reason":"no ${USER}:${goJson(word)}"}`),
  'every-unit': () => textReply(403, `no ${ENCODINGS['every character escaped']?.encode(word)}`),
  'in-errors': () => jsonReply(403, { errors: [{ code: 'DENIED', message: `no ${word}` }] }),
  'in-code': () => jsonReply(403, { errors: [{ code: word, message: `no ${word}` }] }),
  'in-base64': () => textReply(403, `no ${base64(`${USER}:${word}`)}`),
  'in-base64url': () => textReply(403, `no ${Buffer.from(`is it ${word}?`).toString('base64url')}`),
  'in-hex': () => textReply(403, `no ${hex(word)}`),
  'in-url': () => textReply(403, `no user=${USER}&password=${encodeURIComponent(word)}`),
  // 300 characters are quoted: the secret is cut within.
  'cut-off': () => textReply(403, `${'x'.repeat(289)} ${word}`),
  'in-location': () => ({ status: 307, headers: [['Location', `ftp://host/${encodeURIComponent(word)}`]] }),
  'in-type': () => ({ status: 200, headers: [['Content-Type', `text/${word}`]], body: '{}' }),
  'in-a-200': () => ({
    status: 200,
    headers: [['Content-Type', 'application/vnd.oci.image.manifest.v1+json']],
    body: JSON.stringify({ schemaVersion: 2, mediaType: `is/${word}`, config: {}, layers: [] }),
  }),
};
/** Where only the beginning of the word is shown. */
const SHOWN_IN_PART = ['cut-off'];

function answer(request: SandboxRequest): Reply {
  const [, , scenario = ''] = request.url.pathname.split('/');
  const isAsked = request.headers['authorization'] !== undefined;
  const challenge: Reply = { status: 401, headers: [['WWW-Authenticate', 'Basic realm="x"']] };
  return (isAsked ? SAYINGS[scenario]?.(request) : undefined) ?? challenge;
}

beforeAll(async () => {
  const match = ({ url }: SandboxRequest): boolean => (url.pathname.split('/')[2] ?? '') in SAYINGS;
  world = await startSignWorld({
    auth: 'none',
    registryFaults: [{ match, times: 'always', action: { reply: answer } }],
  });
  directory = await mkdtemp(join(tmpdir(), 'secrets-'));
  github = await serve((request) => api(request), { name: 'github' });
});
beforeEach(() => {
  api = createGithubApi({
    tokens: { ghs_sandbox: { checks: 'write', statuses: 'write' } },
    repositories: { 'acme/app': { refs: {} } },
    basePath: '/api/v3',
  });
});
afterEach(() => {
  word = '';
});
afterAll(async () => {
  await Promise.all([world.close(), github.close()]);
  await rm(directory, { recursive: true, force: true });
});

const DECODERS: readonly ((text: string) => string)[] = [
  "Go's JSON",
  'a URL',
  'HTML',
  'base64',
  'base64url',
  'hex',
].flatMap((name) => {
  const decode = ENCODINGS[name]?.decode;
  return decode === undefined ? [] : [(text: string) => decode(text.replaceAll('<wbr>', ''))];
});

/** True if somebody who undoes up to three encodings finds the words in the text. */
function isReadable(text: string, words: string): boolean {
  let views = new Set([text]);
  for (let depth = 0; depth < 4; depth += 1) {
    if ([...views].some((view) => view.includes(words))) return true;
    views = new Set([...views].flatMap((view) => DECODERS.map((decode) => decode(view))));
  }
  return false;
}

/** All text that left the process, by place. Masking is how the runner is told: those lines alone hold secrets. */
async function textsOf(run: RunResult): Promise<Map<string, string>> {
  const texts = new Map([
    ['stdout', linesOf(run).join('\n')],
    ['stderr', run.stderr],
    ['summary', run.summary],
    ['other file commands', JSON.stringify([run.exported, run.state])],
    ...Object.entries(run.outputs).map(([name, value]) => [`output ${name}`, value] as const),
    ['checks', JSON.stringify([api.checkRuns, api.statuses])],
  ]);
  for (const path of await readdir(run.runnerTemp, { recursive: true })) {
    if (path.endsWith('.json') && !path.includes('_github_workflow')) {
      texts.set(path, await readFile(join(run.runnerTemp, path), 'utf8'));
    }
  }
  return texts;
}

function linesOf(run: RunResult): string[] {
  return run.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
}

async function expectNowhere(run: RunResult, words: string): Promise<void> {
  for (const [place, text] of await textsOf(run))
    expect(isReadable(text, words), `${place} holds ${words}`).toBe(false);
}

/** In log, annotations, summary, results output and results file. */
async function expectShown(run: RunResult, words: string): Promise<void> {
  const file = await readFile(run.outputs['report-path'] ?? '', 'utf8');
  const places = { log: linesOf(run).join('\n'), annotations: errorsOf(run).join('\n'), summary: run.summary };
  for (const [place, text] of Object.entries({ ...places, output: run.outputs['results'] ?? '', file })) {
    expect(isReadable(text, words), `${place} lacks ${words}\n${text}`).toBe(true);
  }
}

function verify(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  return world.verify(
    {
      'source-repository': 'octo-org/octo-repo',
      'certificate-oidc-issuer': world.sigstore.issuer,
      'check-name': 'signed',
      'wait-for': '0s',
      ...IMPATIENT,
      ...inputs,
    },
    { env: { GITHUB_API_URL: `${github.url}/api/v3`, ...env } },
  );
}

const scenarios = Object.keys(SAYINGS);
const asked = (): string => scenarios.map((name) => `${world.host}/${name}/app:1`).join('\n');
const login = { 'registry-username': USER, 'registry-password': PASSWORD };

test('what a registry says back of a login is nowhere to be read, in any form, place or kind of answer', async () => {
  word = PASSWORD;
  const run = await verify({ images: asked(), ...login });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(resultsOf(run).images).toHaveLength(scenarios.length);
  await expectNowhere(run, PASSWORD);
  // Nor its first half, where it was cut.
  await expectNowhere(run, PASSWORD.slice(0, 7));
  expect(api.checkRuns).toHaveLength(1);
});

test('its twin: other words in the same forms and places are shown', async () => {
  word = HARMLESS;
  const run = await verify({ images: asked(), ...login });
  expect(run.exitCode, shown(run)).toBe(1);
  await expectShown(run, HARMLESS);
  const { images } = resultsOf(run);
  scenarios.forEach((name, index) => {
    const expected = SHOWN_IN_PART.includes(name) ? HARMLESS.slice(0, 7) : HARMLESS;
    expect(isReadable(images[index].message, expected), `${name}: ${images[index].message}`).toBe(true);
  });
  expect(isReadable(JSON.stringify(api.checkRuns), HARMLESS)).toBe(true);
});

test.skipIf(process.platform === 'win32').each([
  ['a login', `{"Username":"${USER}","Secret":"opensesame-1"}`, 'opensesame-1'],
  ['a login in words', 'docker login -u alice -p opensesame-1', 'opensesame-1'],
  ['nothing that is secret', 'the keychain is locked-1', 'locked-1'],
])('a credential helper that prints %s and fails is not quoted', async (_what, says, words) => {
  const bin = join(directory, `bin-${words}-${says.length}`);
  await mkdir(bin);
  await writeFile(
    join(bin, 'docker-credential-loud'),
    `#!/bin/sh\ncat >/dev/null\necho '${says}'\necho '${says}' >&2\nexit 3\n`,
  );
  await chmod(join(bin, 'docker-credential-loud'), 0o755);
  await writeFile(join(bin, 'config.json'), JSON.stringify({ credHelpers: { [world.host]: 'loud' } }));
  const env = { PATH: `${bin}${delimiter}${process.env['PATH']}`, DOCKER_CONFIG: bin };
  const run = await verify({ images: `${world.host}/go-json/app:1` }, env);
  expect(run.exitCode, shown(run)).toBe(1);
  await expectNowhere(run, words);
  // What is shown instead: who failed, how, and how to read its words.
  await expectShown(run, 'docker-credential-loud');
  await expectShown(run, 'exit status 3');
  expect(errorsOf(run).join()).toContain(`docker-credential-loud get`);
});

test.each(['as it is', 'every character escaped', 'base64 within a longer text', 'base64url', 'hex'])(
  'an id-token that the certificate authority says back as %s is nowhere to be read; other words are',
  async (form) => {
    const { encode } = ENCODINGS[form] ?? { encode: String };
    let token = '';
    const oidc = world.service(() => {
      token = world.sigstore.oidc.issue();
      return jsonReply(200, { count: 1, value: token });
    });
    const url = world.service(() => jsonReply(400, { code: 3, message: `${encode(HARMLESS)}, bad ${encode(token)}` }));
    const run = await world.sign(
      {
        images: world.image().pinned,
        ...IMPATIENT,
        'signing-config': world.configWith({ certificateAuthorities: [{ url }] }),
      },
      { env: { ACTIONS_ID_TOKEN_REQUEST_URL: `${oidc}/token?v=1` } },
    );
    expect(run.exitCode, shown(run)).toBe(1);
    expect(errorsOf(run).join()).toContain('CA_REFUSED');
    // The message is cut before its end.
    await expectNowhere(run, token.slice(0, 40));
    await expectShown(run, HARMLESS);
  },
);

/** A registry of its own that answers all alike. */
async function verifyAt(reply: Reply, config: Readonly<Record<string, unknown>>): Promise<RunResult> {
  await using registry = await serve(() => reply);
  const host = `localhost:${registry.port}`;
  const folder = await mkdtemp(join(directory, 'config-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: config } }));
  return await verify({ images: `${host}/acme/app:1` }, { DOCKER_CONFIG: folder });
}

const challenge = (realm: string): Reply => ({
  status: 401,
  headers: [['WWW-Authenticate', `Bearer realm="${realm}",service="x"`]],
});

test('a login that a challenge says back is nowhere to be read; other words are', async () => {
  const run = (said: string) =>
    verifyAt(challenge(`ftp://host/${encodeURIComponent(said)}`), { auth: base64(`${USER}:${PASSWORD}`) });
  const [secret, harmless] = [await run(PASSWORD), await run(HARMLESS)];
  expect([secret.outputs['reason'], harmless.outputs['reason']]).toEqual(['REGISTRY_DENIED', 'REGISTRY_DENIED']);
  await expectNowhere(secret, PASSWORD);
  await expectShown(harmless, HARMLESS);
});

test('the request token that its own endpoint says back in hex is nowhere to be read; other words are', async () => {
  const secret = world.sigstore.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  const url = world.service(() => textReply(403, `no ${hex(secret)}, ${hex(HARMLESS)}`));
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?v=1` };
  const run = await world.sign({ images: world.image().pinned, ...IMPATIENT }, { env });
  expect(run.exitCode, shown(run)).toBe(1);
  await expectNowhere(run, secret);
  expect(isReadable(errorsOf(run).join('\n'), HARMLESS)).toBe(true);
});

test('a refresh token that the token server says back is nowhere to be read; other words are', async () => {
  const refresh = 'opaque+refresh/token=1';
  const realm = world.service(({ body }) => textReply(400, `bad ${Buffer.from(body)} ${HARMLESS}`));
  const login = { auth: base64('token:x'), identitytoken: refresh };
  const run = await verifyAt(challenge(`${realm.replace('127.0.0.1', 'localhost')}/t`), login);
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.outputs['reason']).toBe('REGISTRY_DENIED');
  await expectNowhere(run, refresh);
  await expectShown(run, HARMLESS);
});

test('what is held before anything is asked is masked first: token, password, request token, proxy login', async () => {
  const run = await verify(
    { images: 'no reference at all', 'registry-password': 'opensesame-2', 'registry-username': USER },
    {
      ACTIONS_RUNTIME_TOKEN: 'runtime-token-3',
      HTTPS_PROXY: 'http://proxyuser:proxy%26pass-4@proxy.invalid:3128',
      // A token may stand where others have a user name.
      HTTP_PROXY: 'http://proxy-token-6@proxy.invalid:3128',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token-5',
    },
  );
  const { commands } = run;
  const basic = base64('proxyuser:proxy&pass-4');
  const proxies = ['proxy&pass-4', basic, 'proxy-token-6', base64('proxy-token-6:')];
  const wanted = ['ghs_sandbox', 'opensesame-2', 'runtime-token-3', ...proxies, 'request-token-5'];
  const first = commands.slice(0, wanted.length);
  expect(first.map(({ name }) => name)).toEqual(wanted.map(() => 'add-mask'));
  expect(first.map(({ data }) => data).sort()).toEqual([...wanted].sort());
});

/** Runs the gate with a script loaded before it, which says whether and when it throws `broken`. */
async function verifyBroken(said: string, script: string): Promise<RunResult> {
  const path = join(directory, 'crash.cjs');
  await writeFile(path, `const broken = new Error(${JSON.stringify(`broken by ${said}`)});\n${script}`);
  return verify({ images: world.image().pinned, ...login }, { NODE_OPTIONS: `--require=${path}` });
}

test('a crash that nobody catches is a failure like any other, and says nothing that is secret', async () => {
  // Once an output is written the run is under way.
  const underWay = `
    const { statSync } = require('node:fs');
    const look = () => {
      if (statSync(process.env.GITHUB_OUTPUT, { throwIfNoEntry: false })?.size > 0) throw broken;
      setImmediate(look);
    };
    setImmediate(look);`;
  const [secret, harmless] = [await verifyBroken(PASSWORD, underWay), await verifyBroken(HARMLESS, underWay)];
  for (const one of [secret, harmless]) {
    expect(one.exitCode, shown(one)).toBe(1);
    expect(one.stderr).toBe('');
    expect(one.outputs['verified']).toBe('false');
    expect(errorsOf(one).join()).toContain('INTERNAL_ERROR');
  }
  await expectNowhere(secret, PASSWORD);
  expect(errorsOf(harmless).join()).toContain(HARMLESS);
});

test('a crash before the run knows its secrets is a failure that quotes nothing', async () => {
  // In the turn in which the guard is set up: the file with the event is not read yet.
  const atOnce = `
    process.on('newListener', (name) => {
      if (name === 'uncaughtException') process.nextTick(() => { throw broken; });
    });`;
  const run = await verifyBroken(HARMLESS, atOnce);
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.stderr).toBe('');
  expect(run.outputs['verified']).toBeUndefined();
  expect(errorsOf(run).join()).toContain('INTERNAL_ERROR');
  await expectNowhere(run, HARMLESS);
});

test('a password that is a part of a public name takes nothing from what programs read', async () => {
  const image = world.image({ repository: 'sesame/application' });
  expect((await world.sign({ images: image.pinned })).exitCode).toBe(0);
  const run = await verify({
    images: image.pinned,
    'registry-username': USER,
    'registry-password': 'sesame/application',
  });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(run.outputs).toMatchObject({ verified: 'true', verdict: 'pass', images: image.pinned });
  const [result] = resultsOf(run).images;
  expect(result).toMatchObject({ reference: image.pinned, resolved: image.pinned, repository: image.name });
  // What people read lacks it.
  expect(linesOf(run).join('\n')).not.toContain('sesame/application');
  expect(run.summary).toContain('(redacted)');
});
