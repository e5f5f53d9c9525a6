/** Brings peers onto this machine: built once, at pinned versions, into a cache outside the repository. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Report } from '../common/report.ts';
import { type Ran, runProgram } from '../common/run-program.ts';
import { DEBIAN_PACKAGES, type DebianProgram, labelOf, type Peer } from './catalogue.ts';

/** Path of a program, or why it cannot run here. */
export type Found = { readonly path: string } | { readonly missing: string };

/** Longest that one peer may take to download and build. */
const BUILD_TIMEOUT_MS = 1_500_000;

/** Folder of everything that is built once: $COUNTERSIGN_PEERS, or one below the user's cache. */
export function peersCache(): string {
  return process.env['COUNTERSIGN_PEERS'] ?? join(homedir(), '.cache', 'countersign-peers');
}

/** The program of a peer: a ready one that its variable names, one from the cache, or one that is built now. */
export async function findPeer(peer: Peer): Promise<Found> {
  const ready = peer.readyIn === undefined ? undefined : process.env[peer.readyIn];
  if (ready !== undefined && ready !== '') {
    const { code, out } = await runProgram(ready, ['--version']);
    return code === 0 ? { path: ready } : { missing: `${peer.readyIn}=${ready} does not run: ${out.slice(0, 200)}` };
  }
  const found = await install(peer);
  if ('path' in found || peer.readyIn === undefined) return found;
  return { missing: `${peer.readyIn} names no binary, and ${found.missing.split('\n')[0]}` };
}

async function install(peer: Peer): Promise<Found> {
  switch (peer.source.kind) {
    case 'go':
      return goInstall(peer, peer.source.command);
    case 'go-module':
      return goModuleInstall(peer, peer.source);
    case 'crate':
      return cargoInstall(peer);
    case 'python':
      return pipInstall(peer, peer.source.package);
    case 'given':
      return { missing: 'nothing builds it here' };
    case 'debian': {
      const missing = await missingPrograms([peer.source.program]);
      return missing === undefined ? { path: peer.source.program } : { missing };
    }
  }
}

/** The path, or undefined after a skip line that says why. */
export async function peerOrSkip(report: Report, peer: Peer): Promise<string | undefined> {
  const found = await findPeer(peer);
  if ('path' in found) return found.path;
  report.skip(labelOf(peer), found.missing);
  return undefined;
}

/** Installs the Debian packages of those programs that are missing; a text says why it could not. */
export async function missingPrograms(programs: readonly DebianProgram[]): Promise<string | undefined> {
  const missing = await notFound(programs);
  if (missing.length === 0) return undefined;
  const packages = missing.map((program) => DEBIAN_PACKAGES[program]);
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = async (...args: string[]): Promise<Ran> => {
    const [program = '', ...rest] = [...sudo, 'apt-get', ...args];
    return runProgram(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 600_000 });
  };
  await apt('update', '-qq');
  const { code, out } = await apt('install', '-y', '-qq', ...packages);
  if (code !== 0) return `apt-get install ${packages.join(' ')} ended with ${code}: ${out.slice(-400)}`;
  const hidden = await notFound(missing);
  return hidden.length === 0 ? undefined : `PATH does not lead to ${hidden.join(', ')} (is /usr/sbin in it?)`;
}

async function notFound(programs: readonly DebianProgram[]): Promise<readonly DebianProgram[]> {
  const found = await Promise.all(programs.map((program) => runProgram('sh', ['-c', `command -v ${program}`])));
  return programs.filter((_, index) => found[index]?.code !== 0);
}

/** A folder per peer and version, since names of binaries collide. */
function folderOf({ name, version }: Peer): string {
  return join(peersCache(), 'bin', `${name}-${version}`);
}

async function goInstall(peer: Peer, command: string): Promise<Found> {
  const folder = folderOf(peer);
  // The name that `go install` gives the binary.
  const path = join(folder, basename(command));
  if (existsSync(path)) return { path };
  if ((await runProgram('go', ['version'])).code !== 0) return { missing: 'Go is not installed' };
  await mkdir(folder, { recursive: true });
  return build(peer, path, {
    program: 'go',
    args: ['install', '-trimpath', '-ldflags=-s -w', `${command}@v${peer.version}`],
    env: { GOBIN: folder, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
  });
}

async function goModuleInstall(
  peer: Peer,
  { module, command, replace, linked = [] }: Extract<Peer['source'], { readonly kind: 'go-module' }>,
): Promise<Found> {
  const folder = folderOf(peer);
  const path = join(folder, peer.name);
  if (existsSync(path)) return { path };
  if ((await runProgram('go', ['version'])).code !== 0) return { missing: 'Go is not installed' };
  const source = join(folder, 'module');
  await mkdir(source, { recursive: true });
  await writeFile(join(source, 'go.mod'), 'module countersign.invalid/peer\n\ngo 1.24\n');
  await writeFile(join(source, 'tools.go'), `//go:build tools\n\npackage tools\n\nimport _ "${module}/${command}"\n`);
  const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' };
  const lines = [`-require=${module}@v${peer.version}`, ...replace.map((one) => `-replace=${one}`)];
  for (const args of [
    ['mod', 'edit', ...lines],
    // `-e`: some test packages of its dependencies cannot be found, and are not built.
    ['mod', 'tidy', '-e'],
  ]) {
    const { code, out } = await runProgram('go', args, { env, cwd: source, timeoutMs: BUILD_TIMEOUT_MS });
    if (code !== 0) return { missing: `go ${args.slice(0, 2).join(' ')} ended with ${code}: ${out.slice(-400)}` };
  }
  const flags = ['-s', '-w', ...linked.flatMap((one) => ['-X', one])].join(' ');
  const args = ['build', '-trimpath', `-ldflags=${flags}`, '-o', path, `${module}/${command}`];
  return build(peer, path, { program: 'go', args, env, cwd: source });
}

async function pipInstall(peer: Peer, name: string): Promise<Found> {
  const folder = folderOf(peer);
  const path = join(folder, 'bin', name);
  const done = join(folder, 'installed');
  if (existsSync(done)) return { path };
  const missing = await missingPrograms(['python3']);
  if (missing !== undefined) return { missing };
  const venv = await runProgram('python3', ['-m', 'venv', '--clear', folder], { timeoutMs: BUILD_TIMEOUT_MS });
  if (venv.code !== 0) {
    return { missing: `python3 -m venv ended with ${venv.code} (is python3-venv installed?): ${venv.out.slice(-400)}` };
  }
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `${name}==${peer.version}`];
  const found = await build(peer, path, { program: join(folder, 'bin', 'python'), args });
  if ('path' in found) await writeFile(done, '');
  return found;
}

async function cargoInstall(peer: Peer): Promise<Found> {
  const folder = folderOf(peer);
  const path = join(folder, 'bin', peer.name);
  if (existsSync(path)) return { path };
  if ((await runProgram('cargo', ['--version'])).code !== 0) return { missing: 'Cargo is not installed' };
  return build(peer, path, {
    program: 'cargo',
    args: ['install', '--quiet', '--root', folder, `${peer.name}@${peer.version}`],
  });
}

interface Build {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

async function build(peer: Peer, path: string, { program, args, env = {}, cwd }: Build): Promise<Found> {
  const started = performance.now();
  const { code, out } = await runProgram(program, args, {
    ...{ env, timeoutMs: BUILD_TIMEOUT_MS },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (code !== 0) return { missing: `${program} ${args[0]} ended with ${code}: ${out.slice(-400)}` };
  console.log(`     built ${labelOf(peer)} in ${Math.round((performance.now() - started) / 1000)} s`);
  return { path };
}
