/**
 * Signs and verifies with real peers on real services, both ways, with the committed dist/. Peers are
 * built once into a cache outside the repository; what cannot be installed here is said and counted as
 * skipped. `--all` adds the peers and the cases that take long and prove little more, `--every-registry` crosses
 * every case with every registry, which otherwise take turns. Writes docs/interop.md and its data with `--write`.
 * `--workflows` runs nothing but the workflows on act.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../sandbox/world.ts';
import { hasFlag } from '../common/arguments.ts';
import { createReport } from '../common/report.ts';
import {
  ACT,
  ACTIONLINT,
  COSIGN_2,
  COSIGN_3,
  CRANE,
  DISTRIBUTION,
  DOCKER_REGISTRY,
  FERRO,
  GH,
  installCommandOf,
  labelOf,
  ORAS,
  type Peer,
  POLICY_TESTER,
  SERVICES,
  SIGSTORE_GO,
  SIGSTORE_PYTHON,
  ZOT,
} from '../peers/catalogue.ts';
import { distribution, dockerRegistry } from '../peers/distribution.ts';
import { ferro } from '../peers/ferro.ts';
import { missingPrograms, peerOrSkip } from '../peers/install.ts';
import type { Auth } from '../peers/login.ts';
import { type Registry, type RegistryKind, registryOrSkip } from '../peers/registry.ts';
import { sandboxRegistry } from '../peers/sandbox-registry.ts';
import { findStack, type Stack } from '../peers/stack.ts';
import { zot, zotVersion } from '../peers/zot.ts';
import { runExamples } from './act/examples.ts';
import { lintExamples } from './act/lint.ts';
import { runOwnWorkflows } from './act/workflows.ts';
import { runAttestations } from './attestations.ts';
import { cosign, ourGate, ourSigner, type SigningClient, sigstoreGo } from './clients.ts';
import { runCoexistence } from './coexistence.ts';
import { dataText, type InteropData, limitsOf, rowsOf, type TakenPart } from './data.ts';
import { runMatrix } from './matrix.ts';
import { interopPage } from './page.ts';

const all = hasFlag('all');
const everyRegistry = hasFlag('every-registry');
const workflowsOnly = hasFlag('workflows');
if (workflowsOnly && hasFlag('write')) throw new Error('--write needs all of it; leave --workflows out');
const directory = await mkdtemp(join(tmpdir(), 'countersign-interop-'));
const peers: TakenPart[] = [];
const report = createReport('interop');

/** Path of a peer, or undefined after a skip line. */
async function client(peer: Peer, role: TakenPart['role'] = 'client'): Promise<string | undefined> {
  const path = await peerOrSkip(report, peer);
  if (path !== undefined) notePeer(peer, role);
  return path;
}

function notePeer(peer: Peer, role: TakenPart['role']): void {
  peers.push({ role, name: peer.name, version: peer.version, from: installCommandOf(peer) });
}

async function run(): Promise<void> {
  const found = await findStack();
  if ('missing' in found) return report.skip('interop', found.missing);
  for (const peer of Object.values(SERVICES)) notePeer(peer, 'service');
  const cosign3Path = await client(COSIGN_3);
  if (cosign3Path === undefined) return;
  if (workflowsOnly) {
    await using stack = await found.start();
    await using registries = await startRegistries();
    const cosign3 = cosign(stack, { name: labelOf(COSIGN_3), path: cosign3Path, major: 3 });
    await workflows({ stack, ours: ourSigner(stack), cosign: cosign3, list: registries.list });
    return;
  }
  const cosign2Path = await client(COSIGN_2);
  const sigstoreGoPath = await client(SIGSTORE_GO);
  const crane = all ? await client(CRANE) : undefined;
  const oras = all ? await client(ORAS) : undefined;
  const sigstorePython = await client(SIGSTORE_PYTHON);
  const policyTester = await client(POLICY_TESTER);
  const gh = await client(GH);

  await using stack = await found.start();
  await using registries = await startRegistries();
  const cosign3 = cosign(stack, { name: labelOf(COSIGN_3), path: cosign3Path, major: 3 });
  const cosign2 =
    cosign2Path === undefined ? undefined : cosign(stack, { name: labelOf(COSIGN_2), path: cosign2Path, major: 2 });
  const cosigns = [cosign3, ...(cosign2 === undefined ? [] : [cosign2])];
  const ours = ourSigner(stack);
  // What matters of cosign 2 is that it reads what we write; what it writes is the long tail.
  const signers = [ours, ...(all ? cosigns : [cosign3])];
  const gate = ourGate(stack);
  const verifiers = [gate, ...cosigns, ...(sigstoreGoPath === undefined ? [] : [sigstoreGo(stack, sigstoreGoPath)])];
  const cells = await runMatrix({
    ...{ report, signers, verifiers, registries: registries.list, everyRegistry, everyShape: all },
  });
  for (const registry of registries.list) {
    await runCoexistence(registry, { report, stack, ours, gate, cosign: cosign3, crane, oras });
    await runAttestations(registry, {
      ...{ report, stack, cosign3, cosign2, sigstoreGo: sigstoreGoPath, sigstorePython, policyTester, gh },
    });
  }
  await workflows({ stack, ours, cosign: cosign3, list: registries.list });
  if (!hasFlag('write')) return;
  const { outcomes } = report;
  await writeDocuments({
    command: `npm run interop -- ${all ? '--all ' : ''}${everyRegistry ? '--every-registry ' : ''}--write`,
    date: new Date().toISOString().slice(0, 10),
    peers,
    skipped: outcomes.filter(({ outcome }) => outcome === 'skip').map(({ name, why }) => `${name}: ${why}`),
    registries: registries.list.map(({ name }) => ({ name, hasReferrersApi: registries.withApi.has(name) })),
    verifiers: verifiers.map(({ name }) => name),
    limits: limitsOf(cells),
    // Checks of the matrix have a number, and are rows.
    checks: outcomes.filter(({ name, outcome }) => outcome === 'pass' && !name.startsWith('#')).map(({ name }) => name),
    rows: rowsOf(cells),
  });
}

async function writeDocuments(data: InteropData): Promise<void> {
  await writeFile(join(ROOT, 'docs', 'interop.json'), dataText(data));
  await writeFile(join(ROOT, 'docs', 'interop.md'), interopPage(data));
}

interface Workflows {
  readonly stack: Stack;
  readonly ours: SigningClient;
  readonly cosign: ReturnType<typeof cosign>;
  readonly list: readonly Registry[];
}

async function workflows({ list, ...clients }: Workflows): Promise<void> {
  const linter = await client(ACTIONLINT);
  if (linter !== undefined) await lintExamples(report, linter);
  const missing = await missingPrograms(['umoci', 'skopeo', 'git']);
  if (missing !== undefined) return report.skip(labelOf(ACT), missing);
  const act = await client(ACT, 'runner');
  const registry = list.find(({ login }) => login !== undefined);
  if (act === undefined || registry === undefined) return;
  const options = { ...clients, report, registry, act };
  await runOwnWorkflows(options);
  await runExamples(options);
}

interface Registries extends AsyncDisposable {
  readonly list: readonly Registry[];
  /** Names of those with the referrers API. */
  readonly withApi: ReadonlySet<string>;
}

/** One with the referrers API and one without; with `--all`, and with a zot that `ZOT` names, more of each. */
async function startRegistries(): Promise<Registries> {
  const list: Registry[] = [];
  const withApi = new Set<string>();
  const dispose = async (): Promise<void> => {
    for (const registry of list) await registry[Symbol.asyncDispose]();
  };
  const add = async (kind: RegistryKind, auth: Auth): Promise<boolean> => {
    const found = await registryOrSkip(report, kind);
    if (found === undefined) return false;
    list.push(await found.start({ directory: join(directory, kind.name.replace(/\W/g, '-')), auth }));
    if (kind.hasReferrersApi) withApi.add(kind.name);
    return true;
  };
  try {
    if (await add(ferro, 'none')) notePeer(FERRO, 'registry');
    const isZotReady = process.env['ZOT'] !== undefined;
    if ((all || isZotReady) && (await add(zot, 'none'))) {
      const version = (await zotVersion()) ?? `not told by the binary; ${ZOT.version} is asked for`;
      const from = isZotReady ? 'the binary that `$ZOT` names' : installCommandOf(ZOT);
      peers.push({ role: 'registry', name: ZOT.name, version, from });
    }
    // The last resort where no other with the referrers API runs.
    if (withApi.size === 0) await add(sandboxRegistry, 'none');
    if (await add(dockerRegistry, 'token')) notePeer(DOCKER_REGISTRY, 'registry');
    if (all && (await add(distribution, 'none'))) notePeer(DISTRIBUTION, 'registry');
  } catch (error) {
    await dispose();
    throw error;
  }
  return { list, withApi, [Symbol.asyncDispose]: dispose };
}

try {
  await run();
} finally {
  await rm(directory, { recursive: true, force: true });
}
if (!report.finish()) process.exitCode = 1;
