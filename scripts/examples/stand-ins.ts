import { globSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

/* Actions of others as the examples use them, for machines without network and Docker. */

/** What a stand-in is asked to build and push. */
export interface Build {
  /** As `context` has it; `{{defaultContext}}` is the repository at the commit of the run. */
  readonly context: string;
  /** Such as `linux/amd64`. None: the machine's own. More than one: an index. */
  readonly platforms: readonly string[];
  /** References that it is pushed under. */
  readonly names: readonly string[];
  /** Pushed without a tag. */
  readonly byDigest: boolean;
}

/** The machine of one job. */
export interface JobMachine {
  /** GITHUB_WORKSPACE. */
  readonly workspace: string;
  /** Folders of this run for what outlives a job: artifacts, and the cache of the repository. */
  readonly artifacts: string;
  readonly cache: string;
  /** Short name of the branch, and the commit. */
  readonly refName: string;
  readonly sha: string;
  /** Leaves the files of the commit in the workspace. */
  checkOut(): Promise<void>;
  /** Throws if the registry does not know the user. */
  logIn(login: { readonly registry: string; readonly username: string; readonly password: string }): Promise<void>;
  /** Builds, pushes with the login of this job, and returns the digest. */
  build(build: Build): Promise<string>;
  /** Throws if this job cannot read the image. */
  findImage(reference: string): Promise<void>;
}

type Values = Readonly<Record<string, string>>;

interface StandIn {
  /** The major version whose inputs and outputs it has. */
  readonly version: string;
  /** The inputs that it takes. The real action has more: whoever uses one of those gets an error, not a wrong build. */
  readonly inputs: readonly string[];
  run(inputs: Values, machine: JobMachine): Promise<Values>;
}

const lines = (text = ''): string[] => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
const nothing = async (): Promise<Values> => ({});

/** By the name of the action, with its folder if it has several. */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  'docker/setup-buildx-action': { version: 'v4', inputs: [], run: nothing },
  'docker/setup-qemu-action': { version: 'v4', inputs: [], run: nothing },

  'actions/checkout': {
    version: 'v7',
    inputs: ['persist-credentials', 'fetch-depth'],
    run: async (_inputs, machine) => {
      await machine.checkOut();
      return {};
    },
  },

  'docker/login-action': {
    version: 'v4',
    inputs: ['registry', 'username', 'password'],
    run: async (inputs, machine) => {
      const [registry, username, password] = [
        needed(inputs, 'registry'),
        needed(inputs, 'username'),
        inputs['password'],
      ];
      if (!password) throw new Error('Password required');
      await machine.logIn({ registry, username, password });
      return {};
    },
  },

  'docker/metadata-action': {
    version: 'v6',
    inputs: ['images', 'tags'],
    run: async (inputs, { refName, sha }) => {
      const tags = lines(inputs['tags'] ?? 'type=ref,event=branch').map((line) => {
        const [, raw] = /^type=raw,value=([\w.-]+)$/.exec(line) ?? [];
        if (raw !== undefined) return raw;
        if (line === 'type=ref,event=branch') return refName;
        if (line === 'type=sha') return `sha-${sha.slice(0, 7)}`;
        throw new Error(`the stand-in does not know the tag ${line}`);
      });
      const images = lines(needed(inputs, 'images'));
      return { tags: images.flatMap((image) => tags.map((tag) => `${image}:${tag}`)).join('\n'), labels: '' };
    },
  },

  'docker/build-push-action': {
    version: 'v7',
    inputs: ['context', 'platforms', 'push', 'tags', 'labels', 'outputs'],
    run: async (inputs, machine) => {
      const outputs = new Set((inputs['outputs'] ?? '').split(',').filter((one) => one !== ''));
      for (const one of outputs) if (!OUTPUTS.has(one)) throw new Error(`the stand-in does not know the output ${one}`);
      if (inputs['push'] !== 'true' && !outputs.has('push=true')) throw new Error('nothing is pushed');
      const names = needed(inputs, 'tags')
        .split(/[\n,]/)
        .flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
      const digest = await machine.build({
        context: inputs['context'] ?? DEFAULT_CONTEXT,
        platforms: (inputs['platforms'] ?? '').split(',').filter((one) => one !== ''),
        names,
        byDigest: outputs.has('push-by-digest=true'),
      });
      return { digest, metadata: JSON.stringify(metadataOf(digest, names)) };
    },
  },

  'docker/bake-action': {
    version: 'v7',
    inputs: ['source', 'push'],
    run: async (inputs, machine) => {
      if (inputs['push'] !== 'true') throw new Error('nothing is pushed');
      const folder = resolve(machine.workspace, needed(inputs, 'source'));
      const file = await readFile(join(folder, 'docker-bake.json'), 'utf8');
      const { target } = JSON.parse(file) as { target: Record<string, { context?: string; tags: string[] }> };
      const metadata: Record<string, unknown> = {};
      for (const [name, { context = '.', tags }] of Object.entries(target)) {
        const digest = await machine.build({
          context: join(folder, context),
          platforms: [],
          names: tags,
          byDigest: false,
        });
        metadata[name] = metadataOf(digest, tags);
      }
      return { metadata: JSON.stringify(metadata) };
    },
  },

  'anchore/sbom-action': {
    version: 'v0',
    inputs: ['image', 'format', 'output-file', 'upload-artifact'],
    run: async (inputs, machine) => {
      const image = needed(inputs, 'image');
      if (inputs['format'] !== 'spdx-json') throw new Error('the stand-in writes spdx-json only');
      if (inputs['upload-artifact'] !== 'false') throw new Error('the stand-in uploads nothing');
      await machine.findImage(image);
      const file = resolve(machine.workspace, needed(inputs, 'output-file'));
      await mkdir(dirname(file), { recursive: true });
      const sbom = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: image, packages: [{ name: 'libc' }] };
      await writeFile(file, JSON.stringify(sbom));
      return {};
    },
  },

  'actions/upload-artifact': {
    version: 'v7',
    inputs: ['name', 'path', 'if-no-files-found', 'retention-days'],
    run: async (inputs, { workspace, artifacts }) => {
      const files = globSync(resolve(workspace, needed(inputs, 'path')));
      if (files.length === 0) throw new Error(`nothing is at ${inputs['path']}`);
      const folder = join(artifacts, fileName(inputs, 'name'));
      await mkdir(artifacts, { recursive: true });
      // Throws if an artifact has this name already.
      await mkdir(folder);
      for (const file of files) await cp(file, join(folder, basename(file)));
      return {};
    },
  },

  'actions/download-artifact': {
    version: 'v8',
    inputs: ['pattern', 'merge-multiple', 'path'],
    run: async (inputs, { workspace, artifacts }) => {
      if (inputs['merge-multiple'] !== 'true') throw new Error('the stand-in only merges');
      const folders = globSync(join(artifacts, fileName(inputs, 'pattern')));
      if (folders.length === 0) throw new Error(`no artifact is called ${inputs['pattern']}`);
      for (const folder of folders) await cp(folder, resolve(workspace, needed(inputs, 'path')), { recursive: true });
      return {};
    },
  },

  'actions/cache/restore': {
    version: 'v5',
    inputs: ['path', 'key', 'restore-keys'],
    run: async (inputs, { cache }) => {
      const exact = join(cache, fileName(inputs, 'key'));
      const prefixes = lines(inputs['restore-keys']).map((prefix) => join(cache, `${prefix}*`));
      // Keys of one prefix and length sort by age here: they end in the number of the run.
      const [found] = [...globSync(exact), ...prefixes.flatMap((prefix) => globSync(prefix).toSorted().toReversed())];
      if (found !== undefined) await cp(found, absolute(inputs), { recursive: true });
      return { 'cache-hit': String(found === exact) };
    },
  },
  'actions/cache/save': {
    version: 'v5',
    inputs: ['path', 'key'],
    run: async (inputs, { cache }) => {
      await cp(absolute(inputs), join(cache, fileName(inputs, 'key')), {
        ...{ recursive: true, errorOnExist: true, force: false },
      });
      return {};
    },
  },
};

/** What docker/build-push-action builds if it is not told: the repository at the commit of the run. */
export const DEFAULT_CONTEXT = '{{defaultContext}}';
const OUTPUTS: ReadonlySet<string> = new Set([
  ...['type=image', 'push=true', 'push-by-digest=true', 'name-canonical=true'],
]);

/** Runs a stand-in; throws where the real action would, and wherever it is used in a way that it does not know. */
export async function runStandIn(name: string, inputs: Values, machine: JobMachine): Promise<Values> {
  const standIn = STAND_INS[name];
  if (standIn === undefined) throw new Error(`nothing stands in for ${name}`);
  const unknown = Object.keys(inputs).filter((input) => !standIn.inputs.includes(input));
  if (unknown.length > 0) throw new Error(`the stand-in for ${name} does not know the input ${unknown.join(', ')}`);
  return standIn.run(inputs, machine);
}

/** `docker/login-action` of a step's `uses`. */
export const actionName = (uses: string): string => uses.replace(/@.*$/, '');

const metadataOf = (digest: string, names: readonly string[]): object => ({
  'containerimage.digest': digest,
  'image.name': names.join(','),
});

function needed(inputs: Values, name: string): string {
  const value = inputs[name];
  if (value === undefined || value === '') throw new Error(`${name} is required`);
  return value;
}

function fileName(inputs: Values, name: string): string {
  const value = needed(inputs, name);
  if (value.includes('/')) throw new Error(`${name} must not have a slash: ${value}`);
  return value;
}

function absolute(inputs: Values): string {
  const path = needed(inputs, 'path');
  if (!isAbsolute(path)) throw new Error(`the stand-in keeps absolute paths only: ${path}`);
  return path;
}
