import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { on } from '../../sandbox/http/faults.ts';
import type { Reply, SandboxRequest } from '../../sandbox/http/serve.ts';
import { createSlots, errorsOf, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/* Registries that waste our time, and machines whose files and programs hold up whoever touches them; through dist/. */

/** Far more than a run needs, far less than what would hold it up: a run that is still there has hung. */
const HUNG = { timeoutMs: 150_000 };
const EMPTY_PAGES = 98;

let world: SignWorld;
/** Its registry wants a password with each request. */
let basic: SignWorld;
let image: StoredImage;
let signedInBasic: StoredImage;
let folder: string;
/** Whether the listing has pages; not while it is signed. */
let isPaged = false;
const slot = createSlots();

beforeAll(async () => {
  [world, basic] = await Promise.all([
    startSignWorld({
      registryFaults: [{ match: on('GET', /\/acme\/paged\/referrers\//), times: 'always', action: { change: paged } }],
    }),
    startSignWorld({ auth: 'basic' }),
  ]);
  folder = await mkdtemp(join(tmpdir(), 'surroundings-'));
  image = world.image({ repository: 'acme/paged' });
  signedInBasic = basic.image();
  const runs = await Promise.all([
    world.sign({ images: image.pinned, 'if-signed': 'sign' }),
    basic.sign({ images: signedInBasic.pinned }),
  ]);
  for (const run of runs) expect(run.exitCode, shown(run)).toBe(0);
});
afterAll(async () => {
  await Promise.all([world.close(), basic.close()]);
  await rm(folder, { recursive: true });
});

const identity = (from: SignWorld) => ({
  'source-repository': 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': from.sigstore.issuer,
  'wait-for': '0s',
});

/** Many empty pages before the true one, each with a Link field that an expression would go back in again and again. */
function paged(reply: Reply, request: SandboxRequest): Reply {
  const page = Number(request.url.searchParams.get('page') ?? 0);
  if (!isPaged || page >= EMPTY_PAGES) return reply;
  const next = new URL(request.url);
  next.searchParams.set('page', String(page + 1));
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/vnd.oci.image.index.v1+json'],
      ['Link', '<'.repeat(31_000)],
      ['Link', `<${next.pathname}${next.search}>; rel="next"`],
    ],
    body: '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}',
  };
}

test('a Link field of 31,000 brackets on every page costs no time', async () => {
  isPaged = true;
  const run = await slot(() => world.verify({ images: image.pinned, ...identity(world) }, { timeoutMs: 80_000 }));
  expect(run.timedOut, shown(run)).toBe(false);
  expect(run.outputs['verified'], shown(run)).toBe('true');
  const pages = world.log.requests().filter(({ path }) => path.includes('page='));
  expect(pages.length).toBeGreaterThanOrEqual(EMPTY_PAGES);
});

test('answers that come while the process is busy are answers, whatever is left of the budget', async () => {
  // Loaded before the action: after a request the thread is held for longer than an attempt with this budget gets.
  const busy = `
    import net from 'node:net';
    const { write } = net.Socket.prototype;
    const hold = () => { const end = performance.now() + 600; while (performance.now() < end); };
    let left = 6;
    net.Socket.prototype.write = function (...args) {
      if ((left -= 1) >= 0) setImmediate(hold);
      return write.apply(this, args);
    };
  `;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(busy)}`;
  const inputs = { images: signedInBasic.pinned, ...identity(basic), 'retry-for': '1s' };
  const run = await slot(() => basic.verify(inputs, { env: { NODE_OPTIONS }, timeoutMs: 150_000 }));
  expect(run.outputs['verified'], shown(run)).toBe('true');
});

describe.skipIf(process.platform === 'win32')('a named pipe holds up no run', () => {
  const pipe = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    execFileSync('mkfifo', [path]);
    return path;
  };

  test('in the tool cache: its file is loaded again', async () => {
    const cache = join(folder, 'tool');
    await mkdir(cache);
    const verify = () =>
      slot(() =>
        basic.verify(
          {
            images: signedInBasic.pinned,
            ...identity(basic),
            'trusted-root': '',
            'tuf-mirror': basic.sigstore.urls.tuf,
            'tuf-root': basic.sigstore.tuf.initialRoot.toString(),
          },
          { env: { RUNNER_TOOL_CACHE: cache }, ...HUNG },
        ),
      );
    const first = await verify();
    expect(first.outputs['verified'], shown(first)).toBe('true');
    const entries = await readdir(cache, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(2);
    await Promise.all(files.map((file) => rm(file)));
    execFileSync('mkfifo', files);
    const second = await verify();
    expect(second.timedOut, shown(second)).toBe(false);
    expect(second.outputs['verified'], shown(second)).toBe('true');
    for (const file of files) expect((await stat(file)).isFile(), file).toBe(true);
  });

  test('as event payload: nothing is known of the event', async () => {
    const GITHUB_EVENT_PATH = await pipe('event.json');
    const inputs = { images: signedInBasic.pinned, ...identity(basic) };
    const run = await slot(() => basic.verify(inputs, { env: { GITHUB_EVENT_PATH }, ...HUNG }));
    expect(run.timedOut, shown(run)).toBe(false);
    expect(run.outputs['verified'], shown(run)).toBe('true');
  });

  test('as Docker login: the login cannot be read', async () => {
    const DOCKER_CONFIG = join(await pipe('docker/config.json'), '..');
    const inputs = { images: signedInBasic.pinned, ...identity(basic) };
    const run = await slot(() => basic.verify(inputs, { env: { DOCKER_CONFIG }, ...HUNG }));
    expect(run.timedOut, shown(run)).toBe(false);
    expect(run.exitCode).toBe(1);
    expect(shown(run)).toMatch(/REGISTRY_DENIED.*docker\/config\.json cannot be read/);
  });

  test.each(['trusted-root', 'metadata', 'images'])('behind the input %s: the input is refused', async (name) => {
    const path = await pipe(`input-${name}`);
    const inputs: Record<string, string> = { images: signedInBasic.pinned, ...identity(basic) };
    if (name === 'trusted-root') inputs[name] = path;
    if (name === 'metadata') Object.assign(inputs, { images: '', metadata: path });
    if (name === 'images') inputs[name] = 'from-runner';
    // Metadata elsewhere would be refused unread.
    const more: Record<string, Record<string, string>> = {
      images: { GITHUB_ARTIFACTS_LIST: path },
      metadata: { RUNNER_TEMP: join(path, '..') },
    };
    const env = more[name] ?? {};
    const run = await slot(() => basic.verify(inputs, { env, ...HUNG }));
    expect(run.timedOut, shown(run)).toBe(false);
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join('\n')).toContain(`input ${name}: "${path}" is a pipe, a socket or a device, not a file.`);
  });
});

describe.skipIf(process.platform === 'win32')('a credential helper whose child keeps its output open', () => {
  /** Verifies with the login that a helper gives; the helper leaves a process behind. */
  async function verifyWithHelper(password: string) {
    const home = await mkdtemp(join(folder, 'helper-'));
    const login = JSON.stringify({ ServerURL: basic.host, Username: 'alice', Secret: password });
    const script = `#!/bin/sh\nsleep 300 &\necho $! > ${home}/pid\ncat > /dev/null\nprintf '%s' '${login}'\n`;
    await writeFile(join(home, 'docker-credential-agent'), script);
    await chmod(join(home, 'docker-credential-agent'), 0o755);
    await writeFile(join(home, 'config.json'), JSON.stringify({ credsStore: 'agent' }));
    const env = { DOCKER_CONFIG: home, PATH: `${home}${delimiter}${process.env['PATH']}` };
    const run = await slot(() => basic.verify({ images: signedInBasic.pinned, ...identity(basic) }, { env, ...HUNG }));
    // It was still there, so it did hold the output all the time.
    process.kill(Number(await readFile(join(home, 'pid'), 'utf8')), 'SIGKILL');
    return run;
  }

  test('has answered, and the run ends', async () => {
    const run = await verifyWithHelper('sandbox-password');
    expect(run.timedOut, shown(run)).toBe(false);
    expect(run.outputs['verified'], shown(run)).toBe('true');
  });

  test('with the wrong password is refused', async () => {
    const run = await verifyWithHelper('another-password');
    expect(run.timedOut, shown(run)).toBe(false);
    expect(run.exitCode).toBe(1);
    expect(shown(run)).toContain('REGISTRY_DENIED');
  });
});

describe('a stored refresh token', () => {
  async function verifyWith(entry: Readonly<Record<string, string>>) {
    const DOCKER_CONFIG = await mkdtemp(join(folder, 'login-'));
    await writeFile(join(DOCKER_CONFIG, 'config.json'), JSON.stringify({ auths: { [basic.host]: entry } }));
    const target = basic.image();
    const run = await slot(() =>
      basic.verify({ images: target.pinned, ...identity(basic) }, { env: { DOCKER_CONFIG }, ...HUNG }),
    );
    const requests = basic.log.requests().filter(({ path }) => path.includes(`/${target.repository}/`));
    const sent = requests.flatMap(({ headers }) => headers['authorization'] ?? []);
    return { run, sent: sent.map((header) => Buffer.from(header.split(' ')[1] ?? '', 'base64').toString()) };
  }
  const encode = (login: string): string => Buffer.from(login).toString('base64');

  test('is not sent to a registry that asks for a password, and the denial says what it is', async () => {
    const { run, sent } = await verifyWith({ auth: encode('alice:'), identitytoken: 'refresh-me-please' });
    expect(sent).toEqual([]);
    expect(run.exitCode).toBe(1);
    expect(shown(run)).toMatch(/REGISTRY_DENIED/);
    expect(shown(run)).toContain('a refresh token (identitytoken), which only a token server may see');
  });

  test('beside a password leaves the registry the password', async () => {
    const { run, sent } = await verifyWith({
      auth: encode('alice:sandbox-password'),
      identitytoken: 'refresh-me-please',
    });
    expect(new Set(sent)).toEqual(new Set(['alice:sandbox-password']));
    // Nobody has signed it: the registry was read to the end.
    expect(shown(run)).toContain('NO_SIGNATURE');
  });
});
