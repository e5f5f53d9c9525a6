import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage, buildIndex, pushImage } from '../../sandbox/registry/image-builder.ts';
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
      const { username: user, password: secret } = password.startsWith('ghs_') ? world.login : { username, password };
      const auth = Buffer.from(`${user}:${secret}`).toString('base64');
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
        // As Docker would: with the login of the job, if it has one.
        const [, path = '', tag = 'latest'] = /^[^/]+\/([^:@]+)(?::([\w.-]+))?$/.exec(name) ?? [];
        await readFile(join(docker, 'config.json'), 'utf8').catch(() => {
          throw new Error(`denied: ${name} is pushed without docker/login-action`);
        });
        await pushImage(world.registryUrl, path, image, { tag, ...(await world.pushLogin(path)) });
      }
      return image.digest;
    },
    async findImage(reference) {
      const [, path = '', digest = ''] = /^[^/]+\/([^@]+)@(.+)$/.exec(reference) ?? [];
      if (world.registry.store.getManifest(path, digest) === undefined) throw new Error(`there is no ${reference}`);
    },
  };
}
