/**
 * Run by act in place of an action of others: `stand-in.ts NAME`. Inputs come as INPUT_*, outputs and the environment of
 * later steps go into the runner's files. umoci builds, skopeo pushes.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { authorizationFor } from '../../../sandbox/registry/push-login.ts';
import { digestOfBytes } from '../../../sandbox/registry/store.ts';
import { mustRun } from '../../common/run-program.ts';
import { type Build, DEFAULT_CONTEXT, type JobMachine, runStandIn } from '../../examples/stand-ins.ts';
import { COMMITS_VARIABLE, STORE_VARIABLE } from './variables.ts';

const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
};

/** Every input that the step gives; act drops none. */
const inputs = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value = '']) =>
    name.startsWith('INPUT_') && value !== '' ? [[name.slice('INPUT_'.length).toLowerCase(), value]] : [],
  ),
);

const temp = variable('RUNNER_TEMP');
// The files of one workflow are not those of another; act gives all of them one number.
const store = join(variable(STORE_VARIABLE), variable('GITHUB_WORKFLOW'));

const machine: JobMachine = {
  workspace: variable('GITHUB_WORKSPACE'),
  artifacts: join(store, 'artifacts'),
  cache: join(store, 'cache'),
  refName: variable('GITHUB_REF_NAME'),
  sha: variable('GITHUB_SHA'),
  checkOut: () => Promise.reject(new Error('act checks out by itself')),
  async logIn({ registry, username, password }) {
    await authorizationFor(`http://${registry}`, 'login', { username, password });
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    console.log(`::add-mask::${auth}`);
    // A folder of this job: on GitHub each job has a machine of its own, here they share a home.
    const folder = join(temp, 'docker');
    const file = join(folder, 'config.json');
    const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as { auths?: object };
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify({ auths: { ...before.auths, [registry]: { auth } } }), { mode: 0o600 });
    appendFileSync(variable('GITHUB_ENV'), `DOCKER_CONFIG=${folder}\n`);
  },
  build,
  async findImage(reference) {
    await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${reference}`);
  },
};

/** With the login of this job, and without any if it has none. */
function skopeo(verb: string, ...args: string[]): Promise<string> {
  const file = join(variable('DOCKER_CONFIG'), 'config.json');
  return mustRun('skopeo', [verb, ...(existsSync(file) ? ['--authfile', file] : []), ...args]);
}

async function build({ context, platforms, names, byDigest }: Build): Promise<string> {
  const directory = await mkdtemp(join(temp, 'build-'));
  const dockerfile = join(await contextFolder(context, directory), 'Dockerfile');
  await stat(dockerfile);
  const layout = join(directory, 'layout');
  await mustRun('umoci', ['init', '--layout', layout]);
  const all = platforms.length === 0 ? ['linux/amd64'] : platforms;
  for (const [number, platform] of all.entries()) {
    const [os = '', architecture = ''] = platform.split('/');
    const image = `${layout}:${number}`;
    await mustRun('umoci', ['new', '--image', image]);
    await mustRun('umoci', ['config', '--image', image, '--os', os, '--architecture', architecture]);
    await mustRun('umoci', ['insert', '--rootless', '--image', image, dockerfile, '/Dockerfile']);
  }
  if (all.length > 1) await joinImages(layout, all);
  const digestFile = join(directory, 'digest');
  const push = (to: string): Promise<string> =>
    skopeo(
      ...['copy', '--quiet', '--all', '--dest-tls-verify=false', '--digestfile', digestFile],
      ...[`oci:${layout}:${all.length > 1 ? 'index' : '0'}`, `docker://${to}`],
    );
  if (byDigest) {
    const { manifests } = await indexOf(layout);
    const [digest] = manifests.map((manifest) => manifest.digest);
    for (const name of names) await push(`${name}@${digest}`);
  } else {
    for (const name of names) await push(name);
  }
  return (await readFile(digestFile, 'utf8')).trim();
}

/** The folder that is built. */
async function contextFolder(context: string, directory: string): Promise<string> {
  if (!context.startsWith(DEFAULT_CONTEXT)) return resolve(machine.workspace, context);
  const folder = context.slice(DEFAULT_CONTEXT.length).replace(/^:/, '');
  const source = join(directory, 'source');
  await mkdir(source);
  // As BuildKit fetches it: from the commit, not from what lies in the workspace.
  const archive = join(directory, 'source.tar');
  await mustRun('git', ['archive', '--output', archive, machine.sha], { cwd: variable(COMMITS_VARIABLE) });
  await mustRun('tar', ['--extract', '--file', archive, '--directory', source]);
  return join(source, folder);
}

interface Index {
  readonly manifests: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
}

const indexOf = async (layout: string): Promise<Index> =>
  JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')) as Index;

/** Makes the images of a layout one index, which the layout then has under the name `index`. */
async function joinImages(layout: string, platforms: readonly string[]): Promise<void> {
  const { manifests } = await indexOf(layout);
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const index = Buffer.from(
    JSON.stringify({
      ...{ schemaVersion: 2, mediaType },
      manifests: manifests.map(({ mediaType: type, digest, size }, number) => {
        const [os, architecture] = (platforms[number] ?? '').split('/');
        return { mediaType: type, digest, size, platform: { os, architecture } };
      }),
    }),
  );
  const digest = digestOfBytes(index);
  await writeFile(join(layout, 'blobs', 'sha256', digest.replace('sha256:', '')), index);
  const annotations = { 'org.opencontainers.image.ref.name': 'index' };
  await writeFile(
    join(layout, 'index.json'),
    JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, digest, size: index.length, annotations }] }),
  );
}

const [, , name = ''] = process.argv;
try {
  const outputs = await runStandIn(name, inputs, machine);
  for (const [output, value] of Object.entries(outputs)) {
    appendFileSync(variable('GITHUB_OUTPUT'), `${output}<<END_OF_OUTPUT\n${value}\nEND_OF_OUTPUT\n`);
  }
} catch (error) {
  console.log(`::error::${name}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
