import { markdownTable } from '../common/markdown-table.ts';
import { DISCIPLINES, type RaceResult, tripsOf } from './races.ts';

export interface Weights {
  /** Bytes a runner downloads before the first signature. */
  readonly oursBytes: number;
  readonly cosignBytes: number;
  /** Medians of a start that does nothing, in milliseconds. */
  readonly oursStartMs: number;
  readonly cosignStartMs: number;
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
    rows.push({ what: `${discipline.name}: trips`, wanted: wanted.trips, measured: trips });
    if (slowest !== undefined) {
      const { settlingMs } = discipline;
      const row = { what: `${discipline.name}: wall`, wanted: wanted.wall, measured: wall(slowest) };
      if (settlingMs === undefined) rows.push(row);
      else {
        const without = (slowest.ours.wallMs - settlingMs) / slowest.cosign.wallMs;
        rows.push({ ...row, floor: `${settlingMs / 1000} s of it pass before the tag is read again` });
        rows.push({ ...row, what: `${row.what} without that time`, measured: without });
      }
    }
    const near = own.find(({ latencyMs }) => latencyMs === 0);
    if (near !== undefined && wanted.wallAtZero !== undefined) {
      const what = `${discipline.name}: wall without latency`;
      rows.push({ what, wanted: wanted.wallAtZero, measured: wall(near) });
    }
  }
  rows.push({ what: 'bytes to download', wanted: 0.02, measured: weights.oursBytes / weights.cosignBytes });
  return rows;
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
          'The machine was busy with other work while this ran (load above its cores): processor time then counts for more than round trips, and the ratios are worse than on an idle one. Run it again there before quoting it.',
          '',
        ]
      : []),
    '![Wall time at 25 ms each way](benchmarks.svg)',
    '',
    '## Ours ÷ cosign',
    '',
    ...markdownTable(
      ['', 'wanted', 'measured', ''],
      rows.map(({ what, wanted, measured, floor }) => [
        what,
        `≤ ${wanted}`,
        measured.toFixed(measured < 0.1 ? 3 : 2),
        measured <= wanted ? 'reached' : floor === undefined ? 'missed' : `at its floor: ${floor}`,
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
          'Wanted and not reached: ' +
            missed.map(({ what }) => what).join('; ') +
            '. docs/numbers.md shows each path round trip by round trip.',
          '',
          ...whereTimeGoes(results),
        ]),
  ].join('\n');
}

/** Wall time at 25 ms each way, split into what is left without latency and what the network takes. */
function whereTimeGoes(results: readonly RaceResult[]): string[] {
  const wallAt = (discipline: RaceResult['discipline'], latencyMs: number): number =>
    results.find((result) => result.discipline === discipline && result.latencyMs === latencyMs)?.ours.wallMs ??
    Number.NaN;
  return [
    '## Where our time goes, at 25 ms each way',
    '',
    ...markdownTable(
      ['', 'wall', 'without latency', 'network'],
      DISCIPLINES.map((discipline) => {
        const [all, local] = [wallAt(discipline, 25), wallAt(discipline, 0)];
        return [discipline.name, `${seconds(all)} s`, `${seconds(local)} s`, `${seconds(all - local)} s`];
      }),
    ),
    '',
    'Without latency it is the start of Node, reading the bundle, judging signatures, and the services’ own time (Rekor v1 answers when an entry is sequenced). The network part of verifying one image is at its floor for a registry whose token server nobody knows beforehand: connect, the call that is refused, connect to the token server, the token, the listing, the manifest, the bundle, seven trips of 50 ms. cosign needs about ten there, so 0.6 of its trips would be six; one of ours could go only by asking a known registry’s token server before the registry has named it.',
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
