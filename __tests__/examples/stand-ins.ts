import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type BuiltImage, buildImage, buildIndex, pushImage } from '../../sandbox/registry/image-builder.ts';
import type { JobMachine } from './run-workflow.ts';

/** Artifacts of a run: name → folder on this machine. */
export type Artifacts = Map<string, string>;

type StandIn = (
  inputs: Readonly<Record<string, string>>,
  machine: JobMachine,
) => Promise<Readonly<Record<string, string>>>;

const lines = (text = ''): string[] => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
const nothing: StandIn = async () => ({});

/** Actions of others, without network and Docker: the same inputs and outputs, as far as the examples use them. */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  'docker/setup-buildx-action': nothing,
  'docker/setup-qemu-action': nothing,

  'actions/checkout': async (_inputs, { source, workspace }) => {
    await cp(source, workspace, { recursive: true });
    return {};
  },

  'docker/login-action': async ({ username, password }, { world, docker }) => {
    // The job's own token is the login that the registry knows; anything else must be right.
    const isToken = password?.startsWith('ghs_') === true;
    const { username: user, password: secret } = isToken ? world.login : { username, password };
    const auth = Buffer.from(`${user}:${secret}`).toString('base64');
    await writeFile(join(docker, 'config.json'), JSON.stringify({ auths: { [world.host]: { auth } } }));
    return {};
  },

  'docker/metadata-action': async ({ images, tags }) => {
    const made = lines(tags ?? 'type=ref,event=branch').map((line) =>
      line.startsWith('type=sha') ? 'sha-0123456' : (/value=([^,]+)/.exec(line)?.[1] ?? 'main'),
    );
    return {
      tags: lines(images)
        .flatMap((image) => made.map((tag) => `${image}:${tag}`))
        .join('\n'),
      labels: '',
    };
  },

  'docker/build-push-action': async ({ context = '.', platforms = '', tags = '', push, outputs = '' }, machine) => {
    if (push !== 'true' && !outputs.includes('push=true')) throw new Error('nothing is pushed');
    const content = `${machine.source} ${context} ${tags}`;
    const [platform, ...more] = platforms.split(',').map((one) => one.split('/'));
    const image =
      more.length > 0
        ? buildIndex({ content, attestations: true })
        : buildImage({
            content,
            ...(platform?.[1] === undefined ? {} : { platform: { os: 'linux', architecture: platform[1] } }),
          });
    const names = tags.split(/[\n,]/).flatMap((tag) => (tag.trim() === '' ? [] : [tag.trim()]));
    for (const name of names) await pushAsLoggedIn(machine, name, image);
    const metadata = { 'containerimage.digest': image.digest, 'image.name': names.join(',') };
    return { digest: image.digest, imageid: 'sha256:0', metadata: JSON.stringify(metadata) };
  },

  'docker/bake-action': async ({ source = '.', push }, machine) => {
    if (push !== 'true') throw new Error('nothing is pushed');
    const file = await readFile(join(machine.workspace, source, 'docker-bake.json'), 'utf8');
    const { target } = JSON.parse(file) as { target: Record<string, { tags: string[] }> };
    const metadata: Record<string, unknown> = {};
    for (const [name, { tags }] of Object.entries(target)) {
      const image = buildImage({ content: `${machine.source} ${name}` });
      for (const tag of tags) await pushAsLoggedIn(machine, tag, image);
      metadata[name] = { 'containerimage.digest': image.digest, 'image.name': tags.join(',') };
    }
    return { metadata: JSON.stringify(metadata) };
  },

  'anchore/sbom-action': async ({ image, 'output-file': path = '' }, { workspace }) => {
    const sbom = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: image, packages: [{ name: 'libc' }] };
    const file = resolve(workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(sbom));
    return {};
  },

  'actions/upload-artifact': async ({ name = '', path = '' }, { workspace, temp, artifacts }) => {
    if (artifacts.has(name)) throw new Error(`there is an artifact ${name} already`);
    const folder = join(temp, `artifact-${name}`);
    await mkdir(folder);
    const whole = resolve(workspace, path);
    const files = basename(whole).includes('*')
      ? (await readdir(dirname(whole)))
          .filter((file) => new RegExp(`^${basename(whole).replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(file))
          .map((file) => join(dirname(whole), file))
      : [whole];
    if (files.length === 0) throw new Error(`nothing is at ${path}`);
    for (const file of files) await cp(file, join(folder, basename(file)));
    artifacts.set(name, folder);
    return {};
  },

  'actions/download-artifact': async ({ pattern = '', path = '' }, { workspace, artifacts }) => {
    const wanted = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
    for (const [name, folder] of artifacts) {
      if (wanted.test(name)) await cp(folder, resolve(workspace, path), { recursive: true });
    }
    return {};
  },
};

/** Pushes as Docker would: with the login of the job, if it has one. */
async function pushAsLoggedIn({ world, docker }: JobMachine, reference: string, image: BuiltImage): Promise<void> {
  const [, path = '', tag = 'latest'] = /^[^/]+\/([^:@]+)(?::([\w.-]+))?$/.exec(reference) ?? [];
  await readFile(join(docker, 'config.json'), 'utf8').catch(() => {
    throw new Error(`denied: ${reference} is pushed without docker/login-action`);
  });
  await pushImage(world.registryUrl, path, image, { tag, ...(await world.pushLogin(path)) });
}
