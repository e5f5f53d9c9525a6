/**
 * Signs and verifies with real peers on real services, both ways, with the committed dist/. Peers are
 * built once into a cache outside the repository; what cannot be had here is said and counted as
 * skipped. `--all` adds the peers that take long to build, `--every-registry` crosses every case with every
 * registry, which otherwise take turns. Writes docs/interop.md with `--write`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../sandbox/world.ts';
import { aptInstall, type GoProgram, goInstall, runProgram } from '../real/programs.ts';
import { createReport, type Report } from '../real/report.ts';
import { runWorkflows } from './act.ts';
import { cosign, ourGate, ourSigner, sigstoreGo } from './clients.ts';
import { runCoexistence } from './coexistence.ts';
import { interopDocument } from './document.ts';
import { runMatrix } from './matrix.ts';
import { ACT, CORE, FURTHER, findZot, installCore, installFerro } from './peers.ts';
import {
  type PeerRegistry,
  startDistribution3,
  startDockerRegistry2,
  startFerro,
  startSandboxRegistry,
  startZot,
} from './registries.ts';
import { startStack } from './stack.ts';

const all = process.argv.includes('--all');
const everyRegistry = process.argv.includes('--every-registry');
const directory = await mkdtemp(join(tmpdir(), 'countersign-interop-'));
const skipped: string[] = [];
const checks: string[] = [];
const peers: [string, string, string][] = [];
const report = remembering(createReport());

/** The report, with names kept for the document: checks of the matrix have a number and stand there. */
function remembering(inner: Report): Report {
  return {
    check: (name, run) => {
      if (!name.startsWith('#')) checks.push(name);
      return inner.check(name, run);
    },
    skip: (name, why) => {
      skipped.push(`${name}: ${why}`);
      inner.skip(name, why);
    },
    finish: () => inner.finish(),
  };
}

/** Path of a Go peer, or undefined after a skip line. */
async function optional(program: GoProgram): Promise<string | undefined> {
  const got = await goInstall(program);
  if ('missing' in got) {
    report.skip(program.name, got.missing);
    return undefined;
  }
  notePeer(program);
  return got.path;
}

function notePeer({ name, version, package: command }: GoProgram): void {
  peers.push([name.replace(/-[\d.]+$/, ''), version.slice(1), `\`go install ${command}@${version}\``]);
}

async function run(): Promise<void> {
  const debian = await aptInstall({
    mariadbd: 'mariadb-server-core',
    mariadb: 'mariadb-client-core',
    'docker-registry': 'docker-registry',
    openssl: 'openssl',
  });
  if (debian !== undefined) return report.skip('interop', debian);
  const core = await installCore();
  if ('missing' in core) return report.skip('interop', core.missing);
  for (const program of Object.values(CORE)) notePeer(program);
  const cosign2 = all ? await optional(FURTHER.cosign2) : undefined;
  const crane = all ? await optional(FURTHER.crane) : undefined;
  const oras = all ? await optional(FURTHER.oras) : undefined;

  await using stack = await startStack(core.paths);
  await using registries = await startRegistries();
  const cosign3 = cosign(stack, { name: 'cosign 3.1.2', path: core.paths.cosign3, major: 3 });
  const cosigns = [
    cosign3,
    ...(cosign2 === undefined ? [] : [cosign(stack, { name: 'cosign 2.6.4', path: cosign2, major: 2 })]),
  ];
  const ours = ourSigner(stack);
  const gate = ourGate(stack);
  const verifiers = [gate, ...cosigns, sigstoreGo(stack, core.paths.sigstoreGo)];
  const cells = await runMatrix({
    ...{ report, signers: [ours, ...cosigns], verifiers, registries: registries.list, everyRegistry },
  });
  for (const registry of registries.list) {
    await runCoexistence(registry, { report, stack, ours, gate, cosign: cosign3, crane, oras });
  }
  await workflows(stack, registries.list);
  if (process.argv.includes('--write')) {
    const document = interopDocument({
      ...{ cells, verifiers: verifiers.map(({ name }) => name), peers, skipped, checks, all, everyRegistry },
      date: new Date(),
    });
    await writeFile(join(ROOT, 'docs', 'interop.md'), document);
  }
}

async function workflows(stack: Awaited<ReturnType<typeof startStack>>, list: readonly PeerRegistry[]): Promise<void> {
  const missing = await aptInstall({ umoci: 'umoci', skopeo: 'skopeo', git: 'git' });
  if (missing !== undefined) return report.skip('act', missing);
  const act = await optional(ACT);
  const registry = list.find(({ login }) => login !== undefined);
  if (act !== undefined && registry !== undefined) await runWorkflows({ report, stack, registry, act });
}

async function startRegistries(): Promise<AsyncDisposable & { readonly list: readonly PeerRegistry[] }> {
  const list: PeerRegistry[] = [];
  const dispose = async (): Promise<void> => {
    for (const registry of list) await registry[Symbol.asyncDispose]();
  };
  try {
    const ferro = await installFerro();
    const zot = await findZot();
    if ('path' in ferro) {
      list.push(await startFerro(ferro.path, join(directory, 'ferro')));
      peers.push(['ferro-oci-server', '1.0.0', '`cargo install ferro-oci-server@1.0.0`']);
    } else report.skip('ferro-oci-server 1.0.0', ferro.missing);
    if ('path' in zot) {
      list.push(await startZot(zot.path, join(directory, 'zot')));
      const { out } = await runProgram(zot.path, ['--version']);
      peers.push([
        'zot',
        /\bv(\d+\.\d+\.\d+)/.exec(out)?.[1] ?? 'not told by the binary; 2.1.20 is asked for',
        'the binary that `$ZOT` names',
      ]);
    } else if (all) report.skip('zot 2.1.20', zot.missing);
    if (list.length === 0) list.push(await startSandboxRegistry(join(directory, 'sandbox')));
    list.push(await startDockerRegistry2(join(directory, 'docker-registry')));
    peers.push(['docker-registry', '2.8.2', 'Debian package']);
    const distribution = all ? await optional(FURTHER.distribution3) : undefined;
    if (distribution !== undefined) list.push(await startDistribution3(distribution, join(directory, 'distribution')));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { list, [Symbol.asyncDispose]: dispose };
}

try {
  await run();
} finally {
  await rm(directory, { recursive: true, force: true });
}
if (!report.finish()) process.exitCode = 1;
