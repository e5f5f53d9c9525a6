import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Processes } from '../common/processes.ts';
import { mustRun, runProgram } from '../common/run-program.ts';
import { SERVICES } from './catalogue.ts';
import { peersCache } from './install.ts';

/** Starts a private MariaDB without network and gives it Trillian's tables; returns Trillian's URI of it. */
export async function startDatabase(processes: Processes, directory: string): Promise<string> {
  const data = join(directory, 'mysql');
  await mkdir(data, { recursive: true });
  const socket = join(data, 's.sock');
  await mustRun('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--user=root',
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  await processes.start({
    name: 'mariadbd',
    path: 'mariadbd',
    args: [
      '--no-defaults',
      '--user=root',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(data, 'pid')}`,
      '--skip-networking',
      // Nothing here outlives the run: waiting for the disk would only measure the disk.
      '--innodb-flush-log-at-trx-commit=0',
    ],
  });
  const client = ['--no-defaults', '--user=root', `--socket=${socket}`];
  for (let tries = 0; (await runProgram('mariadb', [...client, '-e', 'select 1'])).code !== 0; tries++) {
    if (tries > 300) throw new Error('MariaDB does not answer');
    await sleep(100);
  }
  await mustRun('mariadb', [...client, '-e', 'create database trillian']);
  await mustRun('mariadb', [...client, 'trillian', '-e', `source ${await trillianSchema()}`]);
  return `root@unix(${socket})/trillian?parseTime=true&interpolateParams=true`;
}

/** Trillian's tables for MariaDB, from its module; kept beside the programs. */
async function trillianSchema(): Promise<string> {
  const { version } = SERVICES.logServer;
  const kept = join(peersCache(), `trillian-${version}-storage.sql`);
  if (existsSync(kept)) return kept;
  const answer = await mustRun('go', ['mod', 'download', '-json', `github.com/google/trillian@v${version}`], {
    env: { GOTOOLCHAIN: 'local' },
    timeoutMs: 600_000,
  });
  const { Dir } = JSON.parse(answer.slice(answer.indexOf('{'))) as { Dir: string };
  await mkdir(peersCache(), { recursive: true });
  await copyFile(join(Dir, 'storage', 'mysql', 'schema', 'storage.sql'), kept);
  return kept;
}
