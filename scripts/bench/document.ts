import { markdownTable } from '../common/markdown-table.ts';
import { DISCIPLINES, type Discipline, type Phases, type RaceResult, tripsOf } from './races.ts';

export interface Weights {
  /** Bytes a runner downloads before the first signature. */
  readonly oursBytes: number;
  readonly cosignBytes: number;
  /** Medians of a start that does nothing, in milliseconds. */
  readonly oursStartMs: number;
  readonly cosignStartMs: number;
  /** Median of `node -e 0`, and of what loading `@actions/core` adds to it, in milliseconds. */
  readonly nodeStartMs: number;
  readonly toolkitMs: number;
}

export interface BenchDocumentOptions {
  readonly results: readonly RaceResult[];
  readonly weights: Weights;
  readonly machine: string;
  readonly versions: string;
  readonly date: Date;
  /** Whether more wanted to run than the machine has cores. */
  readonly busy: boolean;
}

interface Row {
  readonly what: string;
  readonly wanted: number;
  readonly measured: number;
  /** Why it cannot be less, if that is known. */
  readonly floor?: string;
  /** Where the time or the bytes go, without a claim that it cannot be less. */
  readonly spent?: string;
}

/** The wanted ratios beside the measured ones. */
export function ratios({ results, weights }: Pick<BenchDocumentOptions, 'results' | 'weights'>): readonly Row[] {
  const rows: Row[] = [];
  for (const discipline of DISCIPLINES) {
    const own = results.filter((result) => result.discipline === discipline);
    const slowest = own.find(({ latencyMs }) => latencyMs === 25);
    const trips = tripsOf(own, 'ours') / tripsOf(own, 'cosign');
    const { wanted } = discipline;
    const wall = ({ ours, cosign }: RaceResult): number => ours.wallMs / cosign.wallMs;
    const near = own.find(({ latencyMs }) => latencyMs === 0);
    rows.push({
      what: `${discipline.name}: trips`,
      wanted: wanted.trips,
      measured: trips,
      ...floorOf(pathWords(discipline, tripsOf(own, 'ours'))),
    });
    if (slowest !== undefined) {
      const { settlingMs } = discipline;
      const row = {
        what: `${discipline.name}: wall`,
        wanted: wanted.wall,
        measured: wall(slowest),
        ...(near && wallWords(discipline, tripsOf(own, 'ours'), near)),
      };
      if (settlingMs === undefined) rows.push(row);
      else {
        const without = (slowest.ours.wallMs - settlingMs) / slowest.cosign.wallMs;
        const floor = `${settlingMs / 1000} s of it pass before the tag is read again`;
        rows.push({ ...row, floor });
        rows.push({ ...row, what: `${row.what} without that time`, measured: without });
      }
    }
    if (near !== undefined && wanted.wallAtZero !== undefined) {
      const what = `${discipline.name}: wall without latency`;
      const further = furtherOf(near, results);
      const words = zeroWords(near, weights.nodeStartMs, further);
      const verdict = isAtFloor(further, wanted.wallAtZero * near.cosign.wallMs) ? { floor: words } : { spent: words };
      rows.push({ what, wanted: wanted.wallAtZero, measured: wall(near), ...verdict });
    }
  }
  const spent = 'four actions, each a bundle of its own';
  rows.push({ what: 'bytes to download', wanted: 0.02, measured: weights.oursBytes / weights.cosignBytes, spent });
  return rows;
}

function floorOf(floor: string | undefined): Pick<Row, 'floor'> {
  return floor === undefined ? {} : { floor };
}

/** What each image after the first takes without latency, in ms. */
interface Further {
  readonly images: number;
  /** Wall time of a run of one image, in ms. */
  readonly oneMs: number;
  /** While no request is at a service. */
  readonly ownMs: number;
  /** While requests are at services. */
  readonly servedMs: number;
}

/** Undefined for a run of one image, or if there is none to compare with. */
function furtherOf(many: RaceResult, results: readonly RaceResult[]): Further | undefined {
  const { course, action, images } = many.discipline;
  const signatures = action === 'verify' ? 1 : 0;
  const one = results.find(
    ({ discipline, latencyMs }) =>
      latencyMs === many.latencyMs &&
      discipline.images === 1 &&
      discipline.course === course &&
      discipline.action === action &&
      discipline.signatures === signatures,
  );
  if (images === 1 || one === undefined) return undefined;
  const servedMs = (many.ours.phases.servedMs - one.ours.phases.servedMs) / (images - 1);
  const wallMs = (many.ours.wallMs - one.ours.wallMs) / (images - 1);
  return { images: images - 1, oneMs: one.ours.wallMs, ownMs: wallMs - servedMs, servedMs };
}

/**
 * One image is at the floor of a process that starts cold (“Where our time goes”). Many images are if what is wanted is
 * less than the time of one image and that of the services for the others: then no work of ours could be little enough.
 */
function isAtFloor(further: Further | undefined, wantedMs: number): boolean {
  return further === undefined || further.oneMs + further.images * further.servedMs > wantedMs;
}

/** Undefined if more trips were measured than the path has, give or take what loading and judging add to the slope. */
function pathWords({ pathTrips, waves }: Discipline, measured: number): string | undefined {
  if (measured > pathTrips + 0.5) return undefined;
  const within = waves === undefined ? '(docs/numbers.md)' : `in ${waves} waves of 16 images (\`concurrency\`)`;
  return `${pathTrips} round trips that follow from one another ${within}`;
}

/** Of many images it is not known that their work could not be less. */
function wallWords(discipline: Discipline, trips: number, near: RaceResult): Pick<Row, 'floor' | 'spent'> {
  const nearMs = near.ours.wallMs - (discipline.settlingMs ?? 0);
  const words = `${trips.toFixed(1)} trips of 50 ms, and ${Math.round(nearMs)} ms without latency, as below`;
  return discipline.images === 1 ? { floor: words } : { spent: words };
}

/** The row without latency: phase by phase for one image, and what each further one adds for many. */
function zeroWords({ ours }: RaceResult, nodeStartMs: number, further: Further | undefined): string {
  if (further === undefined) return phaseWords(ours.phases, nodeStartMs);
  const { oneMs, images, servedMs, ownMs } = further;
  return `${Math.round(oneMs)} ms for one image, and for each of ${images} more ${servedMs.toFixed(1)} ms services and ${ownMs.toFixed(1)} ms ours: one thread sends its requests, and two judges prove its signature`;
}

function phaseWords({ startMs, servedMs, betweenMs, endMs }: Phases, nodeStartMs: number): string {
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return [
    `${ms(nodeStartMs)} Node`,
    `${ms(startMs - nodeStartMs)} until the first request`,
    `${ms(servedMs)} services`,
    `${ms(betweenMs)} between answers`,
    `${ms(endMs)} after the last`,
  ].join(', ');
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** docs/benchmarks.md. */
export function benchDocument(options: BenchDocumentOptions): string {
  const { results, weights, machine, versions, date } = options;
  const rows = ratios(options);
  const lost = [
    ...results
      .filter(({ ours, cosign }) => ours.wallMs > cosign.wallMs)
      .map(
        ({ discipline, latencyMs, ours, cosign }) =>
          `- ${discipline.name} at ${latencyMs} ms each way: ${seconds(ours.wallMs)} s against ${seconds(cosign.wallMs)} s.`,
      ),
    ...(weights.oursStartMs > weights.cosignStartMs
      ? [`- process start: ${Math.round(weights.oursStartMs)} ms against ${Math.round(weights.cosignStartMs)} ms.`]
      : []),
    ...results
      .filter(({ latencyMs, ours, cosign }) => latencyMs === 25 && ours.peakRssBytes > cosign.peakRssBytes)
      .map(
        ({ discipline, ours, cosign }) =>
          `- ${discipline.name}: ${mebibytes(ours.peakRssBytes)} MiB of memory against ${mebibytes(cosign.peakRssBytes)} MiB.`,
      ),
  ];
  const missed = rows.filter(({ wanted, measured, floor }) => measured > wanted && floor === undefined);
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\` on ${date.toISOString().slice(0, 10)}. ${machine}. ${versions}.`,
    '',
    'Both sign and verify on the same real Fulcio, Rekor v1, timestamp authority and a registry with token auth and the referrers API (the sandbox’s), every service behind a proxy that adds the latency to each direction and a round trip to each new connection. Every image lies in a repository of its own that has been signed into before. cosign gets its trusted root and signing config as files and all references in one command. Runs are paired, who starts alternates; the numbers are medians. Compare ratios: absolute times are this machine’s.',
    '',
    'The rows that begin with GHCR are run as on a fresh runner of GitHub: TLS 1.3 and the real host names, reached through one CONNECT proxy on loopback that adds the latency to each direction of each connection and a round trip to each new one; a registry without the referrers API whose token server is on its own host and whose blobs are on another (`pkg-containers.githubusercontent.com`); trusted root and signing config by TUF with an empty cache. No host of the internet is asked. When signing there, we read the tag that lists the signatures again after a settling time of 3 s, because another writer’s change could have replaced ours; cosign does not look again.',
    '',
    ...(options.busy
      ? [
          'The machine was busy with other work when this began (load above half of its cores): processor time then counts for more than round trips, and the ratios are worse than on an idle one. Run it again there before quoting it.',
          '',
        ]
      : []),
    '![Wall time at 25 ms each way](benchmarks.svg)',
    '',
    '## Ours ÷ cosign',
    '',
    ...markdownTable(
      ['', 'wanted', 'measured', ''],
      rows.map(({ what, wanted, measured, floor, spent }) => [
        what,
        `≤ ${wanted}`,
        measured.toFixed(measured < 0.1 ? 3 : 2),
        measured <= wanted
          ? 'reached'
          : floor === undefined
            ? ['missed', ...(spent === undefined ? [] : [spent])].join(': ')
            : `at its floor: ${floor}`,
      ]),
    ),
    '',
    'Trips are the slope of wall time over round-trip time, so new connections count, and so does whatever waits for the log.',
    '',
    '## Measured',
    '',
    ...markdownTable(
      [...['', 'latency each way', 'pairs', 'wall, ours / cosign (s)', 'requests', 'connections'], 'peak memory (MiB)'],
      results.map(({ discipline, latencyMs, runs, ours, cosign }) => [
        discipline.name,
        `${latencyMs} ms`,
        String(runs),
        `${seconds(ours.wallMs)} / ${seconds(cosign.wallMs)}`,
        `${ours.requests} / ${cosign.requests}`,
        `${ours.connections} / ${cosign.connections}`,
        `${mebibytes(ours.peakRssBytes)} / ${mebibytes(cosign.peakRssBytes)}`,
      ]),
    ),
    '',
    ...markdownTable(
      ['', 'trips, ours', 'trips, cosign'],
      DISCIPLINES.map((discipline) => {
        const own = results.filter((result) => result.discipline === discipline);
        return [discipline.name, tripsOf(own, 'ours').toFixed(1), tripsOf(own, 'cosign').toFixed(1)];
      }),
    ),
    '',
    `Download before the first signature: ${mebibytes(weights.oursBytes)} MiB (compressed archive of the ref) against ${mebibytes(weights.cosignBytes)} MiB (stripped binary). Start of a process that does nothing: ${Math.round(weights.oursStartMs)} ms (the action, refusing empty inputs) against ${Math.round(weights.cosignStartMs)} ms (\`cosign version\`).`,
    '',
    '## Where we lose',
    '',
    ...(lost.length === 0 ? ['Nowhere in this run.'] : lost),
    '',
    ...(missed.length === 0
      ? []
      : [
          `Wanted and not reached: ${missed.map(({ what }) => what).join('; ')}. docs/numbers.md shows each path round trip by round trip.`,
          '',
        ]),
    ...whereTimeGoes(results, weights),
  ].join('\n');
}

function whereTimeGoes(results: readonly RaceResult[], { nodeStartMs, toolkitMs }: Weights): string[] {
  const at = ({ name }: Discipline, latencyMs: number): RaceResult['ours'] | undefined =>
    results.find(({ discipline, latencyMs: own }) => discipline.name === name && own === latencyMs)?.ours;
  const ms = (value: number | undefined): string => (value === undefined ? '' : String(Math.round(value)));
  return [
    '## Where our time goes',
    '',
    'Medians in ms. Without latency: from the start of the process until its first request arrives; while a request is at a service; between answers, while none is; from the last answer to the end. The last two columns are for 25 ms each way.',
    '',
    ...markdownTable(
      ['', 'start', 'services', 'between', 'end', 'wall without latency', 'wall at 25 ms', 'of it network'],
      DISCIPLINES.map((discipline) => {
        const [near, far] = [at(discipline, 0), at(discipline, 25)];
        const { startMs, servedMs, betweenMs, endMs } = near?.phases ?? {};
        const network = far && near && far.wallMs - near.wallMs;
        return [discipline.name, ...[startMs, servedMs, betweenMs, endMs, near?.wallMs, far?.wallMs, network].map(ms)];
      }),
      { rightAligned: [1, 2, 3, 4, 5, 6, 7] },
    ),
    '',
    `**Start**: Node itself takes ${ms(nodeStartMs)} ms (\`node -e 0\`), the rest is compiling what the first request needs and loading Node’s own modules for it; a connection is opened meanwhile (docs/numbers.md has the parts). **Between and end**: code that runs for the first time and is compiled for it, two judges for every signature, the reports. Loading \`@actions/core\` from the files of its package takes ${ms(toolkitMs)} ms (median of runs that do nothing else), and 3.4 ms as it is bundled, without its HTTP client (median of 16 runs of the gate, 2026-11-28; decision [0043](decisions/0043-before-the-first-request-and-for-each-image.md)).`,
    '',
    'What would make a cold process faster, and why it is not done: V8’s compile cache and snapshots lie in a directory that an earlier step can write to, and hold code; the two judges stay; the services are asked only behind the barriers of decision 0004. Measured and not kept ([decision 0032](decisions/0032-less-work-in-the-proof.md)): undici 7, minified code, code in ASCII only. A worker thread for the proofs of many images: its start with the library alone takes 80 ms of processor time and 17 MB, more than the limit for memory leaves (decision [0042](decisions/0042-nothing-waits-for-a-wave.md)). Judging a sample signature while the network is waited for saves 11 ms on slow networks, takes 4 MB, and would give a gate a root that it must not trust ([0043](decisions/0043-before-the-first-request-and-for-each-image.md)).',
    '',
    'The network part of verifying one image is at its floor for a registry whose token server nobody knows beforehand: connect, the call that is refused, connect to the token server, the token, the listing, the manifest, the bundle: seven trips, of which the first passes while the code is loaded. One could go only by asking a known registry’s token server before the registry has named it, as the GHCR rows do. Signing needs ten there: connect, the call that is refused, connect to the token server, the token, the look for signatures, the certificate, the log’s entry, the bundle, its manifest, and the listing that shows it, because a registry’s header alone proves nothing. Of many images, 16 are processed at a time (`concurrency`): 20 take two waves, 50 take four. The tokens of a wave are asked for while the one before is under way; its listing, manifest and bundle, or its look, log entry and three writes, follow from one another.',
    '',
  ];
}

interface Bar {
  /** In pixels. */
  readonly top: number;
  readonly ms: number;
  readonly colour: string;
  readonly who: string;
}

/** Bars of wall time at 25 ms each way, cosign’s the full width of its row. */
export function barChart(results: readonly RaceResult[]): string {
  const rows = results.filter(({ latencyMs }) => latencyMs === 25);
  const rowHeight = 62;
  const height = 56 + rows.length * rowHeight;
  const bars = rows.map(({ discipline, ours, cosign }, index) => {
    const y = 50 + index * rowHeight;
    const full = 380;
    const longest = Math.max(ours.wallMs, cosign.wallMs);
    const bar = ({ top, ms, colour, who }: Bar): string =>
      `<rect x="220" y="${top}" width="${Math.max(2, (full * ms) / longest).toFixed(1)}" height="18" rx="2" fill="${colour}"/>` +
      `<text x="${(226 + (full * ms) / longest).toFixed(1)}" y="${top + 13}" font-size="12">${who} ${seconds(ms)} s</text>`;
    return (
      `<text x="208" y="${y + 25}" font-size="13" text-anchor="end">${discipline.name}</text>` +
      bar({ top: y, ms: ours.wallMs, colour: '#2563eb', who: 'this action' }) +
      bar({ top: y + 22, ms: cosign.wallMs, colour: '#94a3b8', who: 'cosign' })
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${height}" viewBox="0 0 760 ${height}" font-family="system-ui, sans-serif" role="img" aria-label="Wall time of this action and of cosign 3.1.2 at 25 ms each way">`,
    `<rect width="760" height="${height}" fill="#ffffff"/>`,
    '<g fill="#0f172a">',
    '<text x="16" y="26" font-size="15" font-weight="600">Wall time, 25 ms each way (each row on its own scale)</text>',
    ...bars,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
