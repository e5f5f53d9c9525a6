import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage, buildIndex, pushImage } from '../../sandbox/registry/image-builder.ts';
import { authorizationFor, type Credentials } from '../../sandbox/registry/push-login.ts';
import type { World } from '../../sandbox/world.ts';
import type { JobMachine } from '../../scripts/examples/stand-ins.ts';

/** A machine of the sandbox, on which one job runs. */
export interface LabMachine extends JobMachine {
  readonly world: World;
  /** RUNNER_TEMP of all steps of the job. */
  readonly temp: string;
  /** The folder of the job's `config.json`. */
  readonly docker: string;
}

interface Folders extends Pick<LabMachine, 'world' | 'temp' | 'docker' | 'workspace' | 'artifacts' | 'cache' | 'sha'> {
  /** The files of the commit. */
  readonly source: string;
}

export function labMachine(folders: Folders): LabMachine {
  const { world, docker, source, workspace } = folders;
  return {
    ...folders,
    refName: 'main',
    checkOut: () => cp(source, workspace, { recursive: true }),
    async logIn({ username, password }) {
      // The job's own token is the login that the registry knows; anything else must be right.
      const login: Credentials = password.startsWith('ghs_') ? world.login : { username, password };
      // Throws where the registry does not know the user.
      await authorizationFor(world.registryUrl, 'acme/login', login);
      const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
      await writeFile(join(docker, 'config.json'), JSON.stringify({ auths: { [world.host]: { auth } } }));
    },
    async build({ context, platforms: named, names }) {
      const content = `${source} ${context} ${names}`;
      const platforms = named
        .map((one) => one.split('/'))
        .map(([os = '', architecture = '']) => ({ os, architecture }));
      const [platform] = platforms;
      const image =
        platforms.length > 1
          ? buildIndex({ content, platforms, attestations: true })
          : buildImage({ content, ...(platform === undefined ? {} : { platform }) });
      for (const name of names) {
        const [, path = '', tag = 'latest'] = /^[^/]+\/([^:@]+)(?::([\w.-]+))?$/.exec(name) ?? [];
        await pushImage(world.registryUrl, path, image, { tag, credentials: await loginOf(folders, name) });
      }
      return image.digest;
    },
    async findImage(reference) {
      const [, path = '', digest = ''] = /^[^/]+\/([^@]+)@(.+)$/.exec(reference) ?? [];
      if (world.registry.store.getManifest(path, digest) === undefined) throw new Error(`there is no ${reference}`);
    },
  };
}

/** The login that this job has left for Docker. Throws if it has not logged in. */
async function loginOf({ world, docker }: Folders, name: string): Promise<Credentials> {
  const text = await readFile(join(docker, 'config.json'), 'utf8').catch(() => {
    throw new Error(`denied: ${name} is pushed without docker/login-action`);
  });
  const { auths } = JSON.parse(text) as { readonly auths: Readonly<Record<string, { readonly auth: string }>> };
  const [username = '', password = ''] = Buffer.from(auths[world.host]?.auth ?? '', 'base64')
    .toString()
    .split(/:(.*)/s);
  return { username, password };
}
