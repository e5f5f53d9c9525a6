import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '../../sandbox/registry/push-login.ts';

/** A user of one registry. */
export type Login = Credentials;

/** Writes a `config.json` as `docker login` leaves it, without a login if none is given; for DOCKER_CONFIG. */
export async function writeDockerConfig(directory: string, host: string, login: Login | undefined): Promise<void> {
  const auth = login && Buffer.from(`${login.username}:${login.password}`).toString('base64');
  await mkdir(directory, { recursive: true });
  await writeFile(
    join(directory, 'config.json'),
    JSON.stringify({ auths: auth === undefined ? {} : { [host]: { auth } } }),
  );
}
