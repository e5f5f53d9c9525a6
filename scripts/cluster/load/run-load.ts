import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultRule, tooManyRequests } from '../../../sandbox/http/faults.ts';
import { textReply } from '../../../sandbox/http/serve.ts';
import { startWorld, type World } from '../../../sandbox/world.ts';
import { until } from '../webhook/answers.ts';
import { type Certificates, makeCertificates } from '../webhook/certificates.ts';
import { putImage, type StoredImage, sign } from '../webhook/images.ts';
import { policyFor } from '../webhook/policies.ts';
import { shownAt, startProgram, type WebhookProgram } from '../webhook/program.ts';
import { ordinaryPod, reviewOf } from '../webhook/reviews.ts';
import { type Distribution, denialsOf, distributionOf } from './distribution.ts';
import { startEcho } from './echo-server.ts';
import { type Sent, sendAtRate, type Target } from './open-loop.ts';

/** How much is measured. */
export interface LoadOptions {
  readonly pods: number;
  /** Distinct images of these Pods. */
  readonly images: number;
  readonly perSecond: number;
  /** For a day's worth of new certificates and policies. */
  readonly reloadSeconds: number;
  /** Distinct signed images, each judged once, for the memory of the process. */
  readonly digests: number;
}

export interface Measured {
  readonly what: string;
  readonly distribution: Distribution;
  /** Processor time of the server per request, in ms; unlike the rest it hardly depends on what else runs. */
  readonly cpuMs: number;
  /** Good Pods that were kept out, by reason. */
  readonly denied: readonly string[];
}

export interface LoadResult {
  readonly rows: readonly Measured[];
  /** What must not happen, and did. */
  readonly failures: readonly string[];
  /** The p99 of a warm webhook over that of the echo. */
  readonly ratio: number;
  /** Resident memory of the webhook in MB, from before the first digest to after the last, in equal steps. */
  readonly residentMb: readonly number[];
  readonly reloads: { readonly certificates: number; readonly policies: number };
}

/** The goal for the warm webhook: its p99 over that of a bare HTTPS echo. */
export const RATIO_MAX = 10;
const TIMEOUT_MS = 10_000;
/** A certificate every hour, and another set of policies every five minutes. */
const DAY = { certificates: 24, policies: 288 };
const PATH = `/validate?timeout=${TIMEOUT_MS / 1000}s`;

/** Sends Pods to a started webhook in every situation, and measures. Prints each row when it is there. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-load-'));
  const rows: Measured[] = [];
  const failures: string[] = [];
  const note = ({ sent, cpuMs }: Sending, what: string): Measured => {
    const row = { what, distribution: distributionOf(sent), cpuMs: cpuMs / sent.length, denied: denialsOf(sent) };
    rows.push(row);
    if (sent.length === 0) failures.push(`${what}: nothing was sent`);
    failures.push(...row.denied.map((why) => `${what}: ${why}`));
    console.log(`     ${cellsOf(row).join('  ')}`);
    return row;
  };
  const rate = { perSecond: options.perSecond, timeoutMs: TIMEOUT_MS };
  try {
    await using echo = await startEcho(join(directory, 'echo'));
    let ratio = Number.NaN;
    let residentMb: readonly number[] = [];
    {
      await using world = await startWorld();
      const images = await signed(world, 'load', options.images);
      await using site = await openSite(world, join(directory, 'plain'));
      const target = targetOf(site.program);
      const bodies = podsOf(images, options.pods);
      // A process that has just started compiles its code while it answers.
      await sendAtRate(echo, bodies.slice(0, 100), rate);
      const send = (): Promise<Sending> => spending(site.program.pid, () => sendAtRate(target, bodies, rate));
      const sendEcho = (): Promise<Sending> => spending(echo.pid, () => sendAtRate(echo, bodies, rate));
      note(await send(), 'cold: every image for the first time');
      // Before and after the warm webhook, in case the machine changes its mind.
      const before = await sendEcho();
      const warm = note(await send(), 'warm');
      const after = await sendEcho();
      const echoed = [...before.sent, ...after.sent];
      const cpuMs = (before.cpuMs + after.cpuMs) / echoed.length;
      // The echo answers with the question, which is not a verdict.
      const row = { what: 'a bare HTTPS echo', distribution: distributionOf(echoed), cpuMs, denied: [] };
      rows.push(row);
      console.log(`     ${cellsOf(row).join('  ')}`);
      ratio = warm.distribution.p99 / row.distribution.p99;
      const reloading = () => sendWhileReloading(site, bodies, options);
      note(await spending(site.program.pid, reloading), 'while certificates and policies of a day change');
      const end = site.certificates.fingerprint();
      await until('the last certificate', async () => (await shownAt(site.program.url)) === end);
      residentMb = await measureMemory(site, options, note);
    }
    {
      let asked = 0;
      let refused = 0;
      const rule: FaultRule = {
        match: () => {
          asked += 1;
          return asked % 10 === 0;
        },
        times: 'always',
        action: {
          reply: () => {
            refused += 1;
            return refused % 2 === 0 ? tooManyRequests({ seconds: 1 }) : textReply(503, 'busy\n');
          },
        },
      };
      await using world = await startWorld({ registryFaults: [rule] });
      const images = await signed(world, 'load', options.images);
      [asked, refused] = [0, 0];
      await using site = await openSite(world, join(directory, 'busy'));
      const bodies = podsOf(images, options.pods);
      const send = () => sendAtRate(targetOf(site.program), bodies, rate);
      note(await spending(site.program.pid, send), 'cold, and the registry says 429 or 503 to every tenth request');
      if (refused === 0) failures.push('the registry refused nothing');
    }
    return { rows, failures, ratio, residentMb, reloads: DAY };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Cells of a table about one row. */
export function cellsOf({ what, distribution, cpuMs, denied }: Measured): string[] {
  const { count, p50, p90, p99, max, late } = distribution;
  const times = [p50, p90, p99, max, late, cpuMs].map((ms) => ms.toFixed(1));
  return [what, String(count), ...times, String(denied.length)];
}

/** What was sent, and the processor time of the server meanwhile, in ms. */
interface Sending {
  readonly sent: readonly Sent[];
  readonly cpuMs: number;
}

async function spending(pid: number, send: () => Promise<readonly Sent[]>): Promise<Sending> {
  const before = await cpuMsOf(pid);
  const sent = await send();
  return { sent, cpuMs: (await cpuMsOf(pid)) - before };
}

/** Processor time of a process so far, in ms (proc(5), utime and stime of stat, in hundredths of a second). */
async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name before it may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) * 10;
}

interface Site extends AsyncDisposable {
  readonly world: World;
  readonly program: WebhookProgram;
  readonly certificates: Certificates;
}

/** A webhook outside a cluster, with one policy from its folder. */
async function openSite(world: World, directory: string): Promise<Site> {
  const certificates = makeCertificates();
  const program = await startProgram({
    ...{ directory, certificates, policies: policiesOf(world, 0) },
    env: {
      DOCKER_CONFIG: world.directory,
      COUNTERSIGN_TRUSTED_ROOT: world.files.trustedRoot,
      COUNTERSIGN_INSECURE_REGISTRIES: 'localhost',
      COUNTERSIGN_PRIVATE_HOSTS: 'localhost',
    },
  });
  return { world, program, certificates, [Symbol.asyncDispose]: () => program.kill() };
}

/** A set of policies; another turn has another content, and the same verdicts. */
function policiesOf(world: World, turn: number): Readonly<Record<string, string>> {
  const annotations = { 'countersign/max-age': `${turn + 1}d` };
  return { 'load.yaml': JSON.stringify(policyFor(world, 'load', { images: 'load/**', annotations })) };
}

async function signed(world: World, prefix: string, count: number): Promise<readonly StoredImage[]> {
  const images = Array.from({ length: count }, (_, index) => putImage(world, `${prefix}/app${index}`));
  await sign(world, images);
  return images;
}

const podsOf = (images: readonly StoredImage[], count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const image = images[index % images.length];
    return reviewOf(ordinaryPod(image?.pinned ?? '', `pod-${index}`, 'shop'), 'shop');
  });

const targetOf = ({ url, ca }: WebhookProgram): Target => ({ url: `${url}${PATH}`, ca });

async function sendWhileReloading(
  { program, world }: Site,
  bodies: readonly string[],
  { perSecond, reloadSeconds }: LoadOptions,
): Promise<readonly Sent[]> {
  const endMs = performance.now() + reloadSeconds * 1000;
  const repeat = async (times: number, act: (turn: number) => Promise<void>): Promise<void> => {
    const startMs = performance.now();
    for (let turn = 0; turn < times; turn++) {
      await act(turn);
      await sleep(Math.max(0, startMs + ((turn + 1) * reloadSeconds * 1000) / times - performance.now()));
    }
  };
  function* pods(): Iterable<string> {
    for (let index = 0; performance.now() < endMs; index++) yield bodies[index % bodies.length] ?? '';
  }
  const [sent] = await Promise.all([
    sendAtRate(targetOf(program), pods(), { perSecond, timeoutMs: TIMEOUT_MS, connections: 'new' }),
    repeat(DAY.certificates, () => program.rotate()),
    repeat(DAY.policies, (turn) => program.mountPolicies(policiesOf(world, turn))),
  ]);
  return sent;
}

const STEPS = 5;

/** Judges distinct images in equal steps, and looks at the process after each. */
async function measureMemory(
  { program, world }: Site,
  { digests, perSecond }: LoadOptions,
  note: (sending: Sending, what: string) => void,
): Promise<readonly number[]> {
  if (digests === 0) return [];
  const images = await signed(world, 'load/many', digests);
  const resident = [await residentMbOf(program.pid)];
  const each = Math.ceil(digests / STEPS);
  const sent: Sent[] = [];
  const cpuBefore = await cpuMsOf(program.pid);
  for (let step = 0; step < STEPS; step++) {
    const part = images.slice(step * each, (step + 1) * each);
    if (part.length === 0) break;
    const bodies = podsOf(part, part.length);
    sent.push(...(await sendAtRate(targetOf(program), bodies, { perSecond, timeoutMs: TIMEOUT_MS })));
    resident.push(await residentMbOf(program.pid));
  }
  note({ sent, cpuMs: (await cpuMsOf(program.pid)) - cpuBefore }, `${digests} distinct images, each once`);
  return resident;
}

/** Resident memory of a process, in MB (proc(5), VmRSS); NaN where there is no /proc. */
async function residentMbOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
