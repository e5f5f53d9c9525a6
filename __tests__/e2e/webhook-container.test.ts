import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, listAt } from '../../sandbox/http/json-body.ts';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { createReviewCaller } from '../../sandbox/webhook/review-caller.ts';
import { ROOT, startWorld, type World } from '../../sandbox/world.ts';
import { baseObject, objectsOf } from '../deploy/manifests.ts';

/*
 * The image cannot be built in tests, but what it runs can be run: a root of its own that cannot be written to, laid out
 * as Containerfile says, its ENTRYPOINT as its USER, with the environment and the mounts of deploy/base. Needs a superuser
 * of Linux who may make mounts; elsewhere these tests are skipped.
 */

const mayMount =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt && command -v setpriv chroot']).status === 0;

const pod = at(baseObject('Deployment'), 'spec', 'template', 'spec');
const USER = Number(at(pod, 'securityContext', 'runAsUser'));

/** Values of the ConfigMap and of the container's own variables. Those of the downward API are the test's. */
function environment(): Record<string, string> {
  const literals = listAt(objectsOf('base/kustomization.yaml')[0], 'configMapGenerator', 0, 'literals').map(String);
  const own = listAt(pod, 'containers', 0, 'env').filter((one) => at(one, 'value') !== undefined);
  return Object.fromEntries([
    ...literals.map((one) => one.split(/=(.*)/s).slice(0, 2)),
    ...own.map((one) => [at(one, 'name'), at(one, 'value')]),
  ]) as Record<string, string>;
}

/** Mounts below the root `$1` what a node mounts, then becomes the container's process: `$2` is Node, `$3` the bundle. */
const SCRIPT = `set -eu
root=$1 node=$2 bundle=$3 user=$4
shift 4
mount --bind "$root" "$root"
mount --bind "$node" "$root/nodejs/bin/node"
mount --bind "$bundle" "$root/countersign"
for folder in /lib /lib64 /usr/lib /usr/lib64 /proc /dev; do
  if [ -d "$folder" ]; then mount --rbind "$folder" "$root$folder"; fi
done
for file in /etc/hosts /etc/resolv.conf; do mount --bind "$file" "$root$file"; done
mount -t tmpfs -o "size=64m,uid=0,gid=$user,mode=2770" tmpfs "$root/var/cache/countersign"
for folder in etc/countersign/tls etc/countersign/policies etc/countersign/docker countersign; do
  if [ "$folder" != countersign ]; then mount --bind "$root/$folder" "$root/$folder"; fi
  mount -o remount,bind,ro "$root/$folder"
done
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs chroot --userspec="$user:$user" --groups="$user" "$root" "$@"
`;

interface Container {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

let world: World;
let directory: string;
const authority = mintLoopbackTls();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'container-'));
  // A registry that serves nobody without a login.
  world = await startWorld({ auth: 'basic' });
});
afterAll(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

let roots = 0;

/** Runs ENTRYPOINT. The key has the mode that `defaultMode` gives it unless told otherwise. */
async function start(files: { readonly keyMode?: number; readonly policy: string }): Promise<Container> {
  roots += 1;
  const root = join(directory, `root-${roots}`);
  for (const folder of ['nodejs/bin', 'countersign', 'lib', 'lib64', 'usr/lib', 'usr/lib64', 'proc', 'dev']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  const mounts = listAt(pod, 'containers', 0, 'volumeMounts').map((mount) => String(at(mount, 'mountPath')));
  for (const path of mounts) await mkdir(join(root, path), { recursive: true });
  for (const file of ['nodejs/bin/node', 'etc/hosts', 'etc/resolv.conf']) await writeFile(join(root, file), '');
  const secret = listAt(pod, 'volumes').find((volume) => at(volume, 'name') === 'tls');
  const [certificate, key] = ['tls.crt', 'tls.key'].map((name) => join(root, 'etc/countersign/tls', name));
  await writeFile(certificate ?? '', authority.tls.cert);
  await writeFile(key ?? '', authority.tls.key);
  await chown(key ?? '', 0, USER);
  await chmod(key ?? '', files.keyMode ?? Number(at(secret, 'secret', 'defaultMode')));
  await writeFile(join(root, 'etc/countersign/policies/policy.yaml'), files.policy);
  await copyFile(join(world.directory, 'config.json'), join(root, 'etc/countersign/docker/config.json'));
  const [, entrypoint = '[]'] =
    /^ENTRYPOINT (\[.*\])$/m.exec(await readFile(join(ROOT, 'Containerfile'), 'utf8')) ?? [];
  const command = JSON.parse(entrypoint) as readonly string[];
  const args = [root, process.execPath, join(ROOT, 'dist/webhook'), String(USER), ...command];
  const child = spawn('unshare', ['--mount', 'sh', '-c', SCRIPT, 'sh', ...args], {
    cwd: '/',
    env: {
      ...{ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOSTNAME: 'countersign-webhook-0', ...environment() },
      ...{ COUNTERSIGN_POLICIES_FROM_API: 'false', COUNTERSIGN_REJUDGE_EVERY: '0s', COUNTERSIGN_DRAIN_FOR: '0s' },
      ...{ COUNTERSIGN_LISTEN_ADDRESS: '127.0.0.1', COUNTERSIGN_LISTEN_PORT: '0', COUNTERSIGN_HEALTH_PORT: '0' },
      ...{ COUNTERSIGN_PRIVATE_HOSTS: world.host, COUNTERSIGN_NAMESPACE: 'countersign-system' },
      COUNTERSIGN_TUF_MIRROR: world.sigstore.urls.tuf,
      COUNTERSIGN_TUF_ROOT: world.sigstore.tuf.initialRoot.toString(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  return { child, ended, output: () => Buffer.concat(chunks).toString('utf8') };
}

/** The ports that the log names. Throws with the log if the process ends before. */
async function portsOf({
  child,
  ended,
  output,
}: Container): Promise<{ readonly port: number; readonly healthPort: number }> {
  for (;;) {
    for (const line of output().split('\n').slice(0, -1)) {
      const record = line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {};
      if (record['message'] === 'serving')
        return { port: Number(record['port']), healthPort: Number(record['healthPort']) };
    }
    const end = await Promise.race([
      ended,
      new Promise<undefined>((resolve) => child.stdout?.once('data', () => resolve(undefined))),
    ]);
    if (end !== undefined) throw new Error(`ended with ${end}:\n${output()}`);
  }
}

/** Throws with the log if that takes longer than a busy machine needs. */
async function ready({ output }: Container, url: string): Promise<void> {
  for (let looks = 0; looks < 600; looks += 1) {
    if ((await fetch(url)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not ready: ${await (await fetch(url)).text()}\n${output()}`);
}

const policyText = (): string => `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: ours }
spec:
  images: [{ glob: '${world.host}/acme/**' }]
  authorities:
    - keyless:
        identities:
          - issuer: ${world.sigstore.issuer}
            subject: https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main
`;

test.skipIf(!mayMount)('the container’s command serves as user 10000 on a root that cannot be written to', async () => {
  const image = buildImage({ content: 'container' });
  await pushImage(world.registryUrl, 'acme/app', image, { tag: '1', ...(await world.pushLogin('acme/app')) });
  const pinned = `${world.host}/acme/app@${image.digest}`;
  expect((await world.sign({ images: pinned })).exitCode).toBe(0);
  const container = await start({ policy: policyText() });
  try {
    const { port, healthPort } = await portsOf(container);
    const status = await readFile(`/proc/${container.child.pid}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^Uid:\\s+${USER}\\s+${USER}\\s`, 'm'));
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    const mounts = await readFile(`/proc/${container.child.pid}/mountinfo`, 'utf8');
    const options = [...mounts.matchAll(/^\S+ \S+ \S+ \S+ (\S+) (\S+)/gm)].map(
      ([, path, flags = '']) => [path, flags.split(',')[0]] as const,
    );
    expect(options.find(([path]) => path === '/')).toEqual(['/', 'ro']);
    expect(
      options
        .filter(([path = '']) => /^\/(?:countersign|etc\/countersign|var)/.test(path))
        .filter(([, flag]) => flag === 'rw'),
    ).toEqual([['/var/cache/countersign', 'rw']]);
    await ready(container, `http://127.0.0.1:${healthPort}/readyz`);
    // What TUF has verified is kept in the one folder that may be written to.
    expect((await readdir(`/proc/${container.child.pid}/root/var/cache/countersign`)).length).toBeGreaterThan(0);
    const caller = createReviewCaller({ port, ca: () => authority.ca });
    const judged = await Promise.all(
      [pinned, `${world.host}/acme/none@${image.digest}`].map((one) => caller.post(reviewOf(one))),
    );
    caller.close();
    expect(judged.map(({ response }) => response?.allowed)).toEqual([true, false]);
    container.child.kill('SIGTERM');
    expect(await container.ended).toBe(0);
  } finally {
    container.child.kill('SIGKILL');
  }
});

test.skipIf(!mayMount)('a key that this user cannot read ends it at once, and the log says which', async () => {
  const container = await start({ policy: policyText(), keyMode: 0o400 });
  expect(await container.ended).not.toBe(0);
  expect(container.output()).toContain('/etc/countersign/tls/tls.key');
});

function reviewOf(image: string): object {
  const pods = { group: '', version: 'v1', resource: 'pods' };
  const kind = { group: '', version: 'v1', kind: 'Pod' };
  const spec = { containers: [{ name: 'app', image }] };
  return {
    ...{ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' },
    request: {
      ...{
        uid: 'a',
        kind,
        resource: pods,
        requestKind: kind,
        requestResource: pods,
        name: 'app',
        namespace: 'default',
      },
      ...{ operation: 'CREATE', userInfo: {}, oldObject: null, dryRun: false },
      object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec },
    },
  };
}
