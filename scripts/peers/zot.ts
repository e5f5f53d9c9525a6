import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../common/run-program.ts';
import { ZOT } from './catalogue.ts';
import { findPeer } from './install.ts';
import { type Command, registryKind, type Setting } from './launch.ts';

/** zot: the referrers API, and logins of its own. */
export const zot = registryKind(ZOT, { hasReferrersApi: true, knowsLogin: true, configure });

/** The version that a ready binary tells; undefined if it tells none. */
export async function zotVersion(): Promise<string | undefined> {
  const found = await findPeer(ZOT);
  if ('missing' in found) return undefined;
  const { out } = await runProgram(found.path, ['--version']);
  return /\bv(\d+\.\d+\.\d+)/.exec(out)?.[1];
}

async function configure({ directory, port, tokens, htpasswd }: Setting): Promise<Command> {
  const config = join(directory, 'zot.json');
  const bearer = tokens && { realm: tokens.realm, service: tokens.service, cert: tokens.certificate };
  const everything = { repositories: { '**': { defaultPolicy: ['read', 'create', 'update', 'delete'] } } };
  // What is undefined is left out.
  await writeFile(
    config,
    JSON.stringify({
      distSpecVersion: '1.1.1',
      storage: { rootDirectory: join(directory, 'zot-data'), gc: false },
      http: {
        ...{ address: '127.0.0.1', port: String(port) },
        auth: bearer ? { bearer } : htpasswd && { htpasswd: { path: htpasswd } },
        accessControl: htpasswd && everything,
      },
      log: { level: 'error' },
    }),
  );
  return { args: ['serve', config] };
}
