/**
 * Counts requests and round trips of the committed dist/ in the sandbox, from its request log, and
 * compares times as ratios within this run. Prints a table; with --write also docs/numbers.md. A
 * number over its limit is a failure only where it is a count or a size: times are noisy.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { criticalPath, type LoggedRequest } from '../sandbox/http/request-log.ts';
import { buildImage, pushImage } from '../sandbox/registry/image-builder.ts';
import type { Quirks } from '../sandbox/registry/quirks.ts';
import type { RunResult } from '../sandbox/runner/runner.ts';
import { ROOT, startWorld, type World, type WorldOptions } from '../sandbox/world.ts';
import { hasFlag } from './common/arguments.ts';
import { markdownTable } from './common/markdown-table.ts';
import { median } from './common/median.ts';
import { identityInputs, shownRun } from './common/sandbox-identity.ts';

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly ok: boolean;
  /** A time: reported, never failed on. */
  readonly isTime: boolean;
}

const LATENCY_MS = 25;
const NO_REFERRERS_API: Quirks = { referrers: 'not-found' };
const rows: Row[] = [];
const chains: string[] = [];

function count(what: string, measured: number, limit: number): void {
  rows.push({ what, measured: String(measured), limit: `≤ ${limit}`, ok: measured <= limit, isTime: false });
}

function ratio(what: string, measured: number, limit: number): void {
  rows.push({ what, measured: measured.toFixed(2), limit: `≤ ${limit}`, ok: measured <= limit, isTime: true });
}

async function pushImages(world: World, amount: number, repository = 'numbers/app'): Promise<string[]> {
  const login = await world.pushLogin(repository);
  const references: string[] = [];
  for (let i = 0; i < amount; i++) {
    const image = buildImage({ content: `number ${i}` });
    await pushImage(world.registryUrl, repository, image, { tag: `v${i}`, ...login });
    references.push(`${world.host}/${repository}@${image.digest}`);
  }
  return references;
}

function mustPass(run: RunResult): RunResult {
  if (run.exitCode !== 0) throw new Error(shownRun(run));
  return run;
}

/** Requests of one run of an action, without those that came before. */
async function logged(
  world: World,
  run: () => Promise<RunResult>,
): Promise<{ requests: readonly LoggedRequest[]; run: RunResult }> {
  world.log.clear();
  const result = mustPass(await run());
  return { requests: world.log.requests(), run: result };
}

/** The world's own connections are closed or idle by now: the action's process opens its own. */
async function inWorld<Result>(options: WorldOptions, use: (world: World) => Promise<Result>): Promise<Result> {
  await using world = await startWorld({ debugLogging: false, ...options });
  return await use(world);
}

/**
 * The attempt with the fewest round trips of three. On a busy machine requests that were sent together may
 * be seen one after another and then look as if one had waited for the other; never the other way round.
 */
async function leastTrips(
  measure: (attempt: number) => Promise<readonly LoggedRequest[]>,
): Promise<readonly LoggedRequest[]> {
  const attempts: (readonly LoggedRequest[])[] = [];
  for (let attempt = 0; attempt < 3; attempt++) attempts.push(await measure(attempt));
  const trips = (requests: readonly LoggedRequest[]): number => criticalPath(requests).roundTrips;
  return attempts.reduce((best, other) => (trips(other) < trips(best) ? other : best));
}

function describeChain(title: string, requests: readonly LoggedRequest[]): void {
  const path = criticalPath(requests);
  const lines = path.chain.map(
    ({ request, waitedForConnection }) =>
      `- ${waitedForConnection ? 'connect, ' : ''}${request.server}: ${request.method} ${shortPath(request.path)} → ${request.status}`,
  );
  chains.push(
    `### ${title}\n\n${path.requests} requests, ${path.roundTrips} round trips on the critical path:\n\n${lines.join('\n')}`,
  );
}

const shortPath = (path: string): string =>
  (path.split('?')[0] ?? '')
    .replace(/sha256[:-][0-9a-f]{64}/g, (digest) => `${digest.slice(0, 13)}…`)
    .replace(/uploads\/.+/, 'uploads/…');

// ── sign ────────────────────────────────────────────────────────────────────────────────────────

for (const [api, quirks, limits] of [
  ['referrers API', {}, { skip: [14, 10], sign: [13, 9] }],
  ['no referrers API', NO_REFERRERS_API, { skip: [17, 12], sign: [17, 12] }],
] as const) {
  for (const ifSigned of ['skip', 'sign'] as const) {
    await inWorld({ quirks, latencyMs: LATENCY_MS }, async (world) => {
      // Each time the first signature of another repository.
      const requests = await leastTrips(async (attempt) => {
        const [image = ''] = await pushImages(world, 1, `numbers/app${attempt}`);
        return (await logged(world, () => world.sign({ images: image, 'if-signed': ifSigned }))).requests;
      });
      const title = `sign 1 image, ${api}, if-signed: ${ifSigned}`;
      const path = criticalPath(requests);
      count(`${title}: requests`, path.requests, limits[ifSigned][0]);
      count(`${title}: round trips`, path.roundTrips, limits[ifSigned][1]);
      describeChain(title, requests);
    });
  }
}
for (const [ifSigned, limit] of [
  ['skip', 8],
  ['sign', 7],
] as const) {
  await inWorld({}, async (world) => {
    const images = await pushImages(world, 11);
    const one = await logged(world, () => world.sign({ images: images[0] ?? '', 'if-signed': ifSigned }));
    const ten = await logged(world, () => world.sign({ images: images.slice(1).join('\n'), 'if-signed': ifSigned }));
    const further = (ten.requests.length - one.requests.length) / 9;
    rows.push({
      what: `sign, each further image in the repository, if-signed: ${ifSigned}: requests`,
      measured: further.toFixed(1),
      limit: `≤ ${limit}`,
      ok: further <= limit,
      isTime: false,
    });
  });
}
await inWorld({ latencyMs: LATENCY_MS }, async (world) => {
  const images = await pushImages(world, 51);
  const one = await logged(world, () => world.sign({ images: images[0] ?? '' }));
  const fifty = await logged(world, () => world.sign({ images: images.slice(1).join('\n') }));
  ratio(
    `sign, wall time of 50 images ÷ that of 1 (${LATENCY_MS} ms each way)`,
    fifty.run.durationMs / one.run.durationMs,
    4,
  );
});
const signBytes = bytesOf(join(ROOT, 'dist', 'sign'));
count('dist/sign: bytes', signBytes, 2_150_000);
const verifyBytes = bytesOf(join(ROOT, 'dist', 'verify'));
rows.push({ what: 'dist/verify: bytes', measured: String(verifyBytes), limit: 'none', ok: true, isTime: false });
await inWorld({}, async (world) => {
  const [image = ''] = await pushImages(world, 1);
  const ratios: number[] = [];
  const connected: number[] = [];
  for (let i = 0; i < 7; i++) {
    const node = await timeOfNode();
    world.log.clear();
    const before = world.log.connections().length;
    const run = await world.sign({ images: image, 'if-signed': 'sign' });
    mustPass(run);
    const first = Math.min(...world.log.requests().map((request) => request.startedAt));
    ratios.push((first - run.startedAt) / node);
    const opened = Math.min(
      ...world.log
        .connections()
        .slice(before)
        .map(({ openedAt }) => openedAt),
    );
    connected.push((opened - run.startedAt) / node);
  }
  ratio('sign, first connection after start ÷ wall time of `node -e 0` (median of 7)', median(connected), 2);
  ratio('sign, first request after start ÷ wall time of `node -e 0` (median of 7)', median(ratios), 3.2);
});

// ── verify ──────────────────────────────────────────────────────────────────────────────────────

await inWorld({ latencyMs: LATENCY_MS }, async (world) => {
  const [image = '', five = ''] = await pushImages(world, 2);
  mustPass(await world.sign({ images: image }));
  for (let i = 0; i < 5; i++) mustPass(await world.sign({ images: five, 'if-signed': 'sign' }));
  const tag = image.replace(/@.*/, ':v0');
  for (const [title, images, requestsMax, tripsMax] of [
    ['verify 1 image by digest, one signature', image, 7, 7],
    ['verify 1 image by tag, one signature', tag, 8, 8],
    ['verify 1 image by digest, five signatures', five, 15, 8],
  ] as const) {
    let durationMs = Number.NaN;
    const requests = await leastTrips(async () => {
      const { requests, run } = await logged(world, () => world.verify({ images, ...identityInputs(world) }));
      durationMs = run.durationMs;
      return requests;
    });
    const path = criticalPath(requests);
    count(`${title}: requests`, path.requests, requestsMax);
    count(`${title}: round trips`, path.roundTrips, tripsMax);
    describeChain(title, requests);
    if (images === image) {
      const trips = path.roundTrips * 2 * LATENCY_MS;
      ratio(`${title}: wall time ÷ its round trips (${LATENCY_MS} ms each way)`, durationMs / trips, 2.5);
    }
  }
});
await inWorld({ latencyMs: LATENCY_MS }, async (world) => {
  const images = await pushImages(world, 100);
  mustPass(await world.sign({ images: images.join('\n') }));
  const one = await logged(world, () => world.verify({ images: images[0] ?? '', ...identityInputs(world) }));
  const hundred = await logged(world, () =>
    world.verify({ images: images.join('\n'), ...identityInputs(world) }, { measureMemory: true }),
  );
  ratio(
    `verify, wall time of 100 images ÷ that of 1 (${LATENCY_MS} ms each way)`,
    hundred.run.durationMs / one.run.durationMs,
    6,
  );
  const peak = hundred.run.peakRssBytes;
  if (peak !== undefined) ratio('verify, peak memory with 100 images (MB)', peak / 1e6, 130);
});
if (process.platform === 'linux') {
  await inWorld({}, async (world) => {
    const images = await pushImages(world, 51);
    mustPass(await world.sign({ images: images.join('\n') }));
    const cpuMsOf = async (some: readonly string[]): Promise<number> => {
      const before = cpuMsOfChildren();
      mustPass(await world.verify({ images: some.join('\n'), ...identityInputs(world) }));
      return cpuMsOfChildren() - before;
    };
    const further: number[] = [];
    for (let i = 0; i < 5; i++) {
      const one = await cpuMsOf(images.slice(0, 1));
      further.push(((await cpuMsOf(images)) - one) / 50);
    }
    ratio('verify, CPU time of each further image (ms, of 50, median of 5)', median(further), 8);
  });
}

// ── attestations ────────────────────────────────────────────────────────────────────────────────

/** An SPDX document of about this many bytes, in a workspace of its own. */
async function sbomWorkspace(world: World, bytes: number): Promise<string> {
  const workspace = join(world.directory, `sbom-${bytes}`);
  await mkdir(workspace);
  const packages = [{ name: 'musl', SPDXID: 'SPDXRef-musl', comment: 'x'.repeat(bytes) }];
  const sbom = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app', packages };
  await writeFile(join(workspace, 'sbom.spdx.json'), JSON.stringify(sbom));
  return workspace;
}

const ATTESTING = { provenance: 'true', 'sbom-path': 'sbom.spdx.json' };

await inWorld({ latencyMs: LATENCY_MS }, async (world) => {
  const [image = '', plain = ''] = await pushImages(world, 2);
  const workspace = await sbomWorkspace(world, 1000);
  const signing = await logged(world, () => world.sign({ images: plain }));
  const attesting = await logged(world, () => world.sign({ images: image, ...ATTESTING }, { workspace }));
  const path = criticalPath(attesting.requests);
  count('sign 1 image with provenance and SBOM, referrers API: requests', path.requests, 27);
  count('sign 1 image with provenance and SBOM, referrers API: round trips', path.roundTrips, 13);
  const each = (path.requests - criticalPath(signing.requests).requests) / 2;
  count('sign, each attestation of an image: requests', each, 7);
  const gate = { images: image, attestations: 'provenance\nsbom', ...identityInputs(world) };
  const judging = await logged(world, () => world.verify(gate));
  const judged = criticalPath(judging.requests);
  count('verify 1 image by digest with two lines of attestations: requests', judged.requests, 12);
  count('verify 1 image by digest with two lines of attestations: round trips', judged.roundTrips, 8);
});
await inWorld({}, async (world) => {
  const images: string[] = [];
  for (let i = 0; i < 100; i++) images.push(...(await pushImages(world, 1, `numbers/app${i}`)));
  const workspace = await sbomWorkspace(world, 1_000_000);
  const lines = images.map((image) => `${image.replace(/@.*/, '')}=sbom.spdx.json`);
  const inputs = { images: images.join('\n'), ...ATTESTING, 'sbom-path': lines.join('\n') };
  const { requests, run } = await logged(world, () => world.sign(inputs, { workspace, measureMemory: true }));
  const what = 'sign 100 images with provenance and an SBOM of 1 MB each';
  rows.push({ what: `${what}: requests`, measured: String(requests.length), limit: 'none', ok: true, isTime: false });
  const peak = run.peakRssBytes;
  if (peak !== undefined) ratio(`${what}: peak memory (MB)`, peak / 1e6, 800);
});

// ── report ──────────────────────────────────────────────────────────────────────────────────────

const table = markdownTable(
  ['what', 'measured', 'limit', ''],
  rows.map(({ what, measured, limit, ok }) => [what, measured, limit, ok ? 'within' : '**over**']),
  { rightAligned: [1, 2] },
).join('\n');
console.log(table);
if (hasFlag('write')) {
  const text = [
    '# Numbers',
    '',
    'Written by `npm run numbers -- --write`; measured in the sandbox from its request log, with the committed `dist/`, a registry with token auth whose token server is on another origin, and trust from files. A new TCP connection counts as a round trip unless it was opened while something else was still under way. Ratios are of times within one run.',
    '',
    table,
    '',
    'Until the first request of the gate with one image, by the clock of the process (medians of 15 runs, 2026-11-28, `node -e 0` takes 24 ms): Node begins with our first file after 17 ms; that file begins the first connection, 7 ms; the main part is compiled, 13 ms; its modules and Node’s own, 6 ms; environment and outputs, 5 ms; inputs, 6 ms; the clients, 5 ms; undici, 9 ms; the request leaves after 69 ms. The connection is there long before, so on a network with a latency the wait for it is over by then. What undici loads and no request of ours needs is left out ([0044](decisions/0044-one-token-for-several-repositories.md)). `node:crypto` later would gain 5 ms, but not over https ([0043](decisions/0043-before-the-first-request-and-for-each-image.md)). Minified code compiles about 2 ms faster, and nobody could read what runs. V8’s compile cache would help and is not safe ([benchmarks](benchmarks.md)).',
    '',
    '## Critical paths',
    '',
    chains.join('\n\n'),
    '',
    '### The course of GHCR',
    '',
    'The paths of one image are counted in the log of that course ([benchmarks](benchmarks.md)) on 2026-11-29, since it needs the real services; that of 50 follows from them. A new connection through its proxy takes three round trips: TCP, CONNECT, TLS 1.3.',
    '',
    '- verify 1 image, 8 round trips: connect (3), the token, the tag that lists the signatures, the manifest, the redirect of the bundle, its storage. Beside them as many for TUF: connect (3), the next root, timestamp, snapshot, targets, the trusted root.',
    '- verify 50 images, 20 round trips: those 8, and each of three further waves of 16 images needs the tag, the manifest, the redirect and the storage.',
    '- sign 1 image, 14 round trips: connect (3) and five for TUF, the certificate, the log’s entry, the bundle, its manifest, the tag, and the tag again.',
    '',
    'What is wanted of each row there is this path, plus five per cent, divided by the round trips of cosign in a run of that day (sign 1 image 49.9, verify 1 image 26.7, 50 images 460.6); and 50 ms for each round trip of the path with the time of a run without latency, plus five per cent, divided by the time of cosign at 25 ms each way. The 3 s that pass before the tag is read again are not counted.',
    '',
  ].join('\n');
  writeFileSync(join(ROOT, 'docs', 'numbers.md'), text);
}
if (rows.some((row) => !row.ok && !row.isTime)) process.exitCode = 1;

function bytesOf(directory: string): number {
  return readdirSync(directory)
    .filter((name) => name !== 'LICENSES.txt' && name !== 'sbom.cdx.json')
    .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

/** CPU time of the processes that this one has started and that have ended (proc_pid_stat(5): cutime, cstime; 10 ms each). */
function cpuMsOfChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function timeOfNode(): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => {
    spawn(process.execPath, ['-e', '0']).once('close', () => resolve(performance.now() - started));
  });
}
