import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { COSIGN, type GoProgram, goInstall, mustRun, runProgram, SIGSTORE_GO } from '../real/programs.ts';

const go = (name: string, binary: string, version: string, command: string): GoProgram => ({
  name: `${name}-${version.slice(1)}`,
  package: command,
  version,
  binary,
});

/** What every run needs, at the versions that the facts were checked with. */
export const CORE = {
  cosign3: COSIGN,
  sigstoreGo: SIGSTORE_GO,
  timestampServer: go(
    'timestamp-authority',
    'timestamp-server',
    'v2.1.3',
    'github.com/sigstore/timestamp-authority/v2/cmd/timestamp-server',
  ),
  fulcio: go('fulcio', 'fulcio', 'v1.8.8', 'github.com/sigstore/fulcio'),
  rekor2: go('rekor-tiles', 'posix', 'v2.3.0', 'github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix'),
  rekor1: go('rekor', 'rekor-server', 'v1.5.4', 'github.com/sigstore/rekor/cmd/rekor-server'),
  logServer: go(
    'trillian-log-server',
    'trillian_log_server',
    'v1.7.3',
    'github.com/google/trillian/cmd/trillian_log_server',
  ),
  logSigner: go(
    'trillian-log-signer',
    'trillian_log_signer',
    'v1.7.3',
    'github.com/google/trillian/cmd/trillian_log_signer',
  ),
  createTree: go('trillian-createtree', 'createtree', 'v1.7.3', 'github.com/google/trillian/cmd/createtree'),
  ctServer: go('ctfe', 'ct_server', 'v1.3.3', 'github.com/google/certificate-transparency-go/trillian/ctfe/ct_server'),
} as const;

/** A workflow runner that is not GitHub's. */
export const ACT = go('act', 'act', 'v0.2.87', 'github.com/nektos/act');

/** What only `--all` takes the time for. */
export const FURTHER = {
  cosign2: go('cosign', 'cosign', 'v2.6.4', 'github.com/sigstore/cosign/v2/cmd/cosign'),
  distribution3: go('distribution', 'registry', 'v3.1.1', 'github.com/distribution/distribution/v3/cmd/registry'),
  crane: go('crane', 'crane', 'v0.21.9', 'github.com/google/go-containerregistry/cmd/crane'),
  oras: go('oras', 'oras', 'v1.3.3', 'oras.land/oras/cmd/oras'),
} as const;

export type CorePaths = Readonly<Record<keyof typeof CORE, string>>;

/** Paths of the core programs, built once; or why one of them cannot be had here. */
export async function installCore(): Promise<{ paths: CorePaths } | { missing: string }> {
  const paths: Partial<Record<keyof typeof CORE, string>> = {};
  for (const name of Object.keys(CORE) as (keyof typeof CORE)[]) {
    const got = await goInstall(CORE[name]);
    if ('missing' in got) return { missing: `${CORE[name].name}: ${got.missing}` };
    paths[name] = got.path;
  }
  return { paths: paths as CorePaths };
}

/** Folder of everything that is built once. */
export const peersCache = (): string =>
  process.env['COUNTERSIGN_PEERS'] ?? join(homedir(), '.cache', 'countersign-peers');

/** Trillian's tables for MariaDB, from its module; kept beside the programs. */
export async function trillianSchema(): Promise<string> {
  const kept = join(peersCache(), 'trillian-1.7.3-storage.sql');
  if (existsSync(kept)) return kept;
  const answer = await mustRun('go', ['mod', 'download', '-json', 'github.com/google/trillian@v1.7.3'], {
    env: { GOTOOLCHAIN: 'local' },
    timeoutMs: 600_000,
  });
  const { Dir } = JSON.parse(answer.slice(answer.indexOf('{'))) as { Dir: string };
  await mkdir(peersCache(), { recursive: true });
  await copyFile(join(Dir, 'storage', 'mysql', 'schema', 'storage.sql'), kept);
  return kept;
}

/** ferro-oci-server 1.0.0, built once with cargo; or why there is none. */
export async function installFerro(): Promise<{ path: string } | { missing: string }> {
  const root = join(peersCache(), 'bin', 'ferro-oci-server-1.0.0');
  const path = join(root, 'bin', 'ferro-oci-server');
  if (existsSync(path)) return { path };
  if ((await runProgram('cargo', ['--version'])).code !== 0) return { missing: 'cargo is not installed' };
  const { code, out } = await runProgram(
    'cargo',
    ['install', '--quiet', '--jobs', '2', '--root', root, 'ferro-oci-server@1.0.0'],
    { timeoutMs: 900_000 },
  );
  return code === 0 ? { path } : { missing: `cargo install ended with ${code}: ${out.slice(-400)}` };
}

/** zot from $ZOT: its module cannot be had from the module proxy. */
export async function findZot(): Promise<{ path: string } | { missing: string }> {
  const path = process.env['ZOT'];
  if (path === undefined || path === '') return { missing: 'the environment variable ZOT names no zot binary' };
  return existsSync(path) ? { path } : { missing: `${path} does not exist` };
}
