import type { LoggedRequest } from '../../sandbox/http/request-log.ts';
import type { Store } from '../../sandbox/registry/store.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import type { Json } from '../e2e/sign-world.ts';

/** What one run did, without what differs from run to run (ports, keys, times) and without its wording. */
export interface RunRecord {
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** Verdicts and reasons, claims by name. */
  readonly results: unknown;
  /** Level of each annotation, with the code it names. */
  readonly annotations: readonly string[];
  /** `service METHOD path → status`, sorted: parallel requests have no order. */
  readonly requests: readonly string[];
  /** What the repository holds afterwards. */
  readonly registry: readonly string[];
}

/** Takes out what differs between two equal runs. */
function normalise(text: string): string {
  return text
    .replace(/sha256:[0-9a-f]{64}/g, '<digest>')
    .replace(/sha256-[0-9a-f]{64}/g, 'sha256-<hex>')
    .replace(/\b(?:127\.0\.0\.1|localhost)[:_][0-9]+/g, '<host>')
    .replace(/(\/blobs\/uploads\/)[^/?\s]+/g, '$1<session>')
    .replace(/\/[^\s"]*\/_temp\//g, '<temp>/')
    .replace(/[0-9a-f]{16}(?=\.(?:bundle|legacy))/g, '<hex>')
    .replace(/\d{4}-\d\d-\d\dT[0-9:.]+Z/g, '<time>');
}

export function recordRun(run: RunResult, requests: readonly LoggedRequest[], store: Store): RunRecord {
  const { results = '', ...outputs } = run.outputs;
  return {
    exitCode: run.exitCode,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, normalise(value)])),
    results: shortResults(results === '' ? undefined : JSON.parse(results)),
    annotations: run.commands
      .filter(({ name }) => name === 'error' || name === 'warning' || name === 'notice')
      .map(
        ({ name, properties }) => `${name}: ${/\b[A-Z]+(?:_[A-Z]+)+\b/.exec(properties['title'] ?? '')?.[0] ?? 'text'}`,
      ),
    requests: requests.map(shortRequest).sort(),
    registry: shortStore(store),
  };
}

/** Times a writer may read a shared tag again: before each of three drafts, and when the upload of a config took long. */
const LATE_READS_MAX = 6;

/**
 * The requests as a machine makes them that is fast enough for the record. A slow one differs in two ways:
 *
 * - Whoever writes a shared tag reads it again if the last look is older than a part of the settling time. So a recorded
 *   read of a tag that the run writes may be repeated.
 * - A run that fails does not wait for what it began early (`unawaited`), so those lines may be missing.
 */
export function atFullSpeed(
  requests: readonly string[],
  recorded: readonly string[],
  unawaited: RegExp | undefined,
): readonly string[] {
  const countOf = (lines: readonly string[], line: string): number => lines.filter((one) => one === line).length;
  const kept = [...requests];
  for (const line of new Set(recorded)) {
    const surplus = countOf(requests, line) - countOf(recorded, line);
    const tag = /^registry GET (\S+\/manifests\/sha256-\S+) → (?:200|404)$/.exec(line)?.[1];
    const isWriter = tag !== undefined && requests.some((one) => one.startsWith(`registry PUT ${tag} → `));
    if (isWriter && surplus <= LATE_READS_MAX) {
      for (let left = surplus; left > 0; left -= 1) kept.splice(kept.indexOf(line), 1);
    }
    if (unawaited?.test(line) === true) for (let left = surplus; left < 0; left += 1) kept.push(line);
  }
  return kept.sort();
}

function shortResults(results: Json): unknown {
  if (results === undefined) return undefined;
  return {
    verified: results.verified,
    images: results.images.map((image: Json) => ({
      verdict: image.verdict,
      reason: image.reason,
      resolved: image.resolved === null ? null : normalise(image.resolved),
      tag: image.tag,
      platforms: image.platforms?.map(({ platform, verdict, reason }: Json) => [platform, verdict, reason]),
      signatures: image.signatures.map((signature: Json) => ({
        format: signature.format,
        verdict: signature.verdict,
        reason: signature.reason,
        subject: signature.subject === null ? null : normalise(signature.subject),
        claims: Object.keys(signature.claims).sort().join(' '),
        annotations: signature.annotations,
        isLogged: signature.log !== null,
        isTimed: signature.signedAt !== null,
        isUnverified: signature.unverified === true,
        written: signature.written,
      })),
    })),
  };
}

function shortRequest({ server, method, path, status }: LoggedRequest): string {
  const url = new URL(path, 'http://host');
  const query = [...url.searchParams.keys()].sort();
  const scope = url.searchParams.getAll('scope').join(' ');
  const asked = query.length === 0 ? '' : `?${query.join('&')}`;
  return normalise(`${server} ${method} ${url.pathname}${asked}${scope === '' ? '' : ` ${scope}`} → ${status}`);
}

/** Tags and manifests of every repository; key order counts, as readers compare bytes. */
function shortStore(store: Store): string[] {
  return store.repositories().flatMap((repository) => [
    ...store.tags(repository).map((tag) => normalise(`${repository}:${tag}`)),
    ...store
      .manifests(repository)
      .map(({ mediaType, json }) => normalise(`${repository} ${mediaType} ${shape(json)}`))
      .sort(),
  ]);
}

/** Keys and types of a document in their order; a value where it is a fixed word. */
function shape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shape).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}:${shape(inner)}`)
      .join(',')}}`;
  }
  return typeof value === 'string' && /^(?:application|https:\/\/sigstore)/.test(value) ? value : typeof value;
}
