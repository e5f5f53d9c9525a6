/** Outside programs: Debian packages and Go commands at pinned versions, kept outside the repository. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
}

export interface RunProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** Runs a program to its end; both streams in one text. A missing program gives code 127. */
export function runProgram(
  program: string,
  args: readonly string[],
  { env = {}, cwd, timeoutMs = 120_000 }: RunProgramOptions = {},
): Promise<Ran> {
  return new Promise((settle) => {
    const child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => settle({ code: 127, out: error.message }));
    child.once('close', (code) => settle({ code, out: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** The same, but anything other than exit code 0 throws. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<string> {
  const { code, out } = await runProgram(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${out}`);
  return out;
}

/** Installs Debian packages whose programs are missing; a text says why it could not. */
export async function aptInstall(programs: Readonly<Record<string, string>>): Promise<string | undefined> {
  const missing: string[] = [];
  for (const [program, debianPackage] of Object.entries(programs)) {
    if ((await runProgram('sh', ['-c', `command -v ${program}`])).code !== 0) missing.push(debianPackage);
  }
  if (missing.length === 0) return undefined;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = async (...args: string[]): Promise<Ran> => {
    const [program = '', ...rest] = [...sudo, 'apt-get', ...args];
    return runProgram(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 600_000 });
  };
  await apt('update', '-qq');
  const { code, out } = await apt('install', '-y', '-qq', ...missing);
  return code === 0 ? undefined : `apt-get install ${missing.join(' ')} ended with ${code}: ${out.slice(-400)}`;
}

/** One Go command at one version. */
export interface GoProgram {
  /** Folder in the cache, since names of binaries collide. */
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Name that `go install` gives the binary. */
  readonly binary: string;
}

export const COSIGN: GoProgram = {
  name: 'cosign-3.1.2',
  package: 'github.com/sigstore/cosign/v3/cmd/cosign',
  version: 'v3.1.2',
  binary: 'cosign',
};
export const SIGSTORE_GO: GoProgram = {
  name: 'sigstore-go-1.2.1',
  package: 'github.com/sigstore/sigstore-go/test/conformance',
  version: 'v1.2.1',
  binary: 'conformance',
};

export const DISTRIBUTION: GoProgram = {
  name: 'distribution-3.1.1',
  package: 'github.com/distribution/distribution/v3/cmd/registry',
  version: 'v3.1.1',
  binary: 'registry',
};
/** Not every module proxy serves it; a ready binary may be named by `ZOT`. */
export const ZOT: GoProgram = {
  name: 'zot-2.1.20',
  package: 'zotregistry.dev/zot/v2/cmd/zot',
  version: 'v2.1.20',
  binary: 'zot',
};

/** Where one outside program lies, outside the repository. */
function peerDirectory(name: string): string {
  const cache = process.env['COUNTERSIGN_PEERS'] ?? join(homedir(), '.cache', 'countersign-peers');
  return join(cache, 'bin', name);
}

/** Path of a crate's program at one version, built once and kept in the cache; or why there is none. */
export async function cargoInstall(crate: string, version: string): Promise<{ path: string } | { missing: string }> {
  const root = peerDirectory(`${crate}-${version}`);
  const path = join(root, 'bin', crate);
  if (existsSync(path)) return { path };
  if ((await runProgram('cargo', ['--version'])).code !== 0) return { missing: 'Cargo is not installed' };
  const started = Date.now();
  const args = ['install', '--root', root, `${crate}@${version}`];
  const { code, out } = await runProgram('cargo', args, { timeoutMs: 900_000 });
  if (code !== 0) return { missing: `cargo install ended with ${code}: ${out.slice(-400)}` };
  console.log(`     built ${crate} in ${Math.round((Date.now() - started) / 1000)} s`);
  return { path };
}

/** Path of the program, built once and kept in the cache; or why there is none. */
export async function goInstall(program: GoProgram): Promise<{ path: string } | { missing: string }> {
  const gobin = peerDirectory(program.name);
  const path = join(gobin, program.binary);
  if (existsSync(path)) return { path };
  const version = await runProgram('go', ['version']);
  if (version.code !== 0) return { missing: 'Go is not installed' };
  await mkdir(gobin, { recursive: true });
  const started = Date.now();
  const { code, out } = await runProgram(
    'go',
    ['install', '-trimpath', '-ldflags=-s -w', `${program.package}@${program.version}`],
    { env: { GOBIN: gobin, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' }, timeoutMs: 1_500_000 },
  );
  if (code !== 0) return { missing: `go install ended with ${code}: ${out.slice(-400)}` };
  console.log(`     built ${program.name} in ${Math.round((Date.now() - started) / 1000)} s`);
  return { path };
}
