import { isLoopbackHost } from '../../../domain/image/network-host.ts';
import type { TrustOrigin } from '../../../usecases/connections.ts';
import { quoted } from './input-problems.ts';
import { readJudgedFile } from './judged-file.ts';
import { type Reading, readChoice, readText } from './read-value.ts';

export interface TrustRules {
  /** Sign takes `signing-config` and `trusted-root` together, verify only the latter. */
  readonly withSigningConfig: boolean;
  readonly offline: boolean;
}

/** Reads the inputs of contract §2.2, which exclude each other; problems are collected. */
export async function readTrust(reading: Reading, rules: TrustRules): Promise<TrustOrigin> {
  const instance = readChoice(reading, 'instance', ['auto', 'public-good', 'github'], 'auto');
  const names = rules.withSigningConfig ? ['trusted-root', 'signing-config'] : ['trusted-root'];
  const files = names.filter((name) => readText(reading, name) !== undefined);
  const tuf = ['tuf-mirror', 'tuf-root'].filter((name) => readText(reading, name) !== undefined);
  refuseConflicts(reading, instance, files, tuf);
  const [trustedRoot, signingConfig, root] = await Promise.all([
    readJson(reading, 'trusted-root', 'application/vnd.dev.sigstore.trustedroot', rules),
    rules.withSigningConfig
      ? readJson(reading, 'signing-config', 'application/vnd.dev.sigstore.signingconfig.v0.2+json', rules)
      : undefined,
    readJson(reading, 'tuf-root', undefined, rules),
  ]);
  refuseHalves(reading, rules, files, tuf);
  const mirror = readMirror(reading);
  if (trustedRoot !== undefined) return { kind: 'files', trustedRoot, signingConfig };
  if (mirror !== undefined) return { kind: 'tuf', mirror, root };
  return { kind: 'instance', instance };
}

function refuseConflicts(reading: Reading, instance: string, files: readonly string[], tuf: readonly string[]): void {
  const groups = [instance === 'auto' ? [] : ['instance'], files, tuf].filter((group) => group.length > 0);
  if (groups.length < 2) return;
  const [first, ...others] = groups.flat();
  const what = `it excludes ${others.join(' and ')}: each of them says alone where trust comes from.`;
  reading.problems.add(first ?? 'instance', what, 'Keep one of them.');
}

function refuseHalves(reading: Reading, rules: TrustRules, files: readonly string[], tuf: readonly string[]): void {
  const { problems } = reading;
  if (rules.withSigningConfig && files.length === 1) {
    const [given = ''] = files;
    const other = given === 'trusted-root' ? 'signing-config' : 'trusted-root';
    problems.add(
      given,
      `it is given without ${other}.`,
      `Give \`${other}\` too: one says where to sign, the other what to trust.`,
    );
  }
  if (tuf.length === 1 && tuf[0] === 'tuf-root') {
    problems.add('tuf-root', 'it is given without tuf-mirror.', 'Give the URL of its repository in `tuf-mirror`.');
  }
  if (rules.offline && files.length === 0) {
    problems.add(
      'offline',
      'it needs trusted-root: nothing may be fetched.',
      'Give the trusted root as a path or as JSON.',
    );
  }
}

/** JSON of an object, with the media type (or its prefix) if one is asked for; deeper checks follow where it is used. */
async function readJson(
  reading: Reading,
  name: string,
  mediaType: string | undefined,
  rules: TrustRules,
): Promise<string | undefined> {
  const isLiteral = (value: string): boolean => value.startsWith('{');
  const text = await readJudgedFile(reading, name, { isLiteral, offline: rules.offline });
  if (text === undefined) return undefined;
  const problem = describeJsonProblem(text, mediaType);
  if (problem === undefined) return text;
  reading.problems.add(name, problem, 'Give a path to the file, or its JSON.');
  return undefined;
}

function describeJsonProblem(text: string, mediaType: string | undefined): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return 'it is no JSON.';
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return 'it is no JSON object.';
  if (mediaType === undefined) return undefined;
  const found: unknown = Reflect.get(document, 'mediaType');
  if (typeof found === 'string' && found.startsWith(mediaType)) return undefined;
  const shown = typeof found === 'string' ? `mediaType ${quoted(found)}` : 'no mediaType';
  return `it has ${shown}, but should have ${mediaType}.`;
}

function readMirror(reading: Reading): URL | undefined {
  const value = readText(reading, 'tuf-mirror');
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)))) {
    reading.problems.add(
      'tuf-mirror',
      `${quoted(value)} is no https URL.`,
      'Write a URL such as https://tuf.example.com.',
    );
    return undefined;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    const what = 'it holds credentials, a query or a fragment; no credential is sent to a TUF host.';
    reading.problems.add('tuf-mirror', what, 'Write only scheme, host and path.');
    return undefined;
  }
  return url;
}
