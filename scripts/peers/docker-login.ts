import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { mustRun } from '../common/run-program.ts';
import type { Registry } from './registry.ts';

/** A login as the real Docker CLI left it. */
export interface DockerLogin {
  /** For DOCKER_CONFIG. */
  readonly directory: string;
  /** For PATH, so that a helper is found. */
  readonly path: string;
  readonly config: string;
}

/**
 * A credential helper as a program of its own, in shell: speaks the protocol of docker-credential-helpers
 * (its README) and keeps what it is told in one file.
 */
const HELPER = `#!/bin/sh
# docker-credential-sandbox: get, store, erase, list over stdin and stdout.
kept="$(dirname "$0")/kept.json"
case "$1" in
  store) cat >"$kept" ;;
  get)
    server="$(cat)"
    if [ -f "$kept" ] && grep -q -F "\\"$server\\"" "$kept"; then cat "$kept"; else
      echo 'credentials not found in native keychain'; exit 1
    fi ;;
  erase) cat >/dev/null; rm -f "$kept" ;;
  list) echo '{}' ;;
  *) echo "unknown action $1"; exit 1 ;;
esac
`;

/** Runs `docker login`, with `credsStore` if a helper is asked for. Throws with Docker's own words. */
export async function dockerLogin(
  registry: Registry,
  directory: string,
  helper: 'helper' | 'file',
): Promise<DockerLogin> {
  const { login } = registry;
  if (login === undefined) throw new Error('this registry asks for no login');
  const programs = join(directory, 'bin');
  await mkdir(programs, { recursive: true });
  const program = join(programs, 'docker-credential-sandbox');
  await writeFile(program, HELPER);
  await chmod(program, 0o755);
  const config = join(directory, 'config.json');
  await writeFile(config, JSON.stringify(helper === 'helper' ? { credsStore: 'sandbox' } : {}));
  const path = `${programs}${delimiter}${process.env['PATH'] ?? ''}`;
  const args = ['--config', directory, 'login', '--username', login.username, '--password-stdin', registry.host];
  await mustRun('docker', args, { env: { PATH: path }, input: login.password });
  return { directory, path, config: await readFile(config, 'utf8') };
}
