import { isLoopbackHost } from '../../domain/image/network-host.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { TrustOrigin } from '../../usecases/connections.ts';
import { writeInstead } from './instead.ts';
import type { ReadDeciding } from './named-file.ts';
import { type Reading, readChoice, readText } from './read-value.ts';

interface TrustRules {
  /** True for sign, which takes `signing-config` and `trusted-root` together. Verify takes only the latter. */
  readonly withSigningConfig: boolean;
  readonly offline: boolean;
  readonly readDeciding: ReadDeciding;
}

/** Reads the mutually exclusive trust inputs (contract §2.2). Problems are collected. */
export async function readTrust(reading: Reading, rules: TrustRules): Promise<TrustOrigin> {
  const instance = readChoice(reading, 'instance', {
    choices: ['auto', 'public-good', 'github'],
    absent: 'auto',
  });
  const names = rules.withSigningConfig ? ['trusted-root', 'signing-config'] : ['trusted-root'];
  const files = names.filter((name) => readText(reading, name) !== undefined);
  const tuf = ['tuf-mirror', 'tuf-root'].filter((name) => readText(reading, name) !== undefined);
  const given: GivenTrust = { instance, files, tuf };
  refuseConflicts(reading, given);
  const { readDeciding } = rules;
  const [trustedRoot, signingConfig, root] = await Promise.all([
    readJson(reading, 'trusted-root', { mediaType: TRUSTED_ROOT, readDeciding }),
    rules.withSigningConfig
      ? readJson(reading, 'signing-config', { mediaType: SIGNING_CONFIG, readDeciding })
      : undefined,
    readJson(reading, 'tuf-root', { mediaType: undefined, readDeciding }),
  ]);
  refuseHalves(reading, rules, given);
  const mirror = readMirror(reading);
  if (trustedRoot !== undefined) return { kind: 'files', trustedRoot, signingConfig };
  if (mirror !== undefined) return { kind: 'tuf', mirror, root };
  return { kind: 'instance', instance };
}

/** Media types (sigstore/protobuf-specs); the first is a prefix of those of all versions. */
const TRUSTED_ROOT = 'application/vnd.dev.sigstore.trustedroot';
const SIGNING_CONFIG = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';

/** The trust inputs that the workflow gives. */
interface GivenTrust {
  readonly instance: string;
  /** Names of inputs. */
  readonly files: readonly string[];
  /** Names of inputs. */
  readonly tuf: readonly string[];
}

function refuseConflicts(reading: Reading, { instance, files, tuf }: GivenTrust): void {
  const groups = [instance === 'auto' ? [] : ['instance'], files, tuf].filter((group) => group.length > 0);
  if (groups.length < 2) return;
  const [first, ...others] = groups.flat();
  const what = `it cannot be combined with ${others.join(' and ')}: only one of them can define what to trust.`;
  reading.problems.add(first ?? 'instance', what, 'Keep one of them.');
}

function refuseHalves(reading: Reading, rules: TrustRules, { files, tuf }: GivenTrust): void {
  const { problems } = reading;
  if (rules.withSigningConfig && files.length === 1) {
    const [given = ''] = files;
    const other = given === 'trusted-root' ? 'signing-config' : 'trusted-root';
    problems.add(
      given,
      `it is given without ${other}.`,
      `Give \`${other}\` too. One defines where to sign, the other what to trust.`,
    );
  }
  if (tuf.length === 1 && tuf[0] === 'tuf-root') {
    problems.add('tuf-root', 'it is given without tuf-mirror.', 'Give the URL of its repository in `tuf-mirror`.');
  }
  if (rules.offline && files.length === 0) {
    problems.add(
      'offline',
      'it requires trusted-root, because nothing may be fetched.',
      'Give the trusted root as a path or as JSON.',
    );
  }
}

/** Reads a JSON object and checks its media type (or a prefix) if one is given. Its user checks the rest. */
async function readJson(
  reading: Reading,
  name: string,
  { mediaType, readDeciding }: { readonly mediaType: string | undefined; readonly readDeciding: ReadDeciding },
): Promise<string | undefined> {
  const isLiteral = (value: string): boolean => value.startsWith('{');
  const text = await readDeciding(name, { isLiteral });
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
    return 'it is not valid JSON.';
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return 'it is not a JSON object.';
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
      `${quoted(value)} is not an https URL.`,
      (/^[a-z0-9.-]+\.[a-z]{2,}(?:[:/]\S*)?$/i.test(value)
        ? writeInstead([{ input: 'tuf-mirror', value: `https://${value}` }])
        : undefined) ?? 'Write a URL such as https://tuf.example.com.',
    );
    return undefined;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    const what = 'it contains credentials, a query or a fragment, and no credentials are sent to a TUF host.';
    reading.problems.add('tuf-mirror', what, 'Write only scheme, host and path.');
    return undefined;
  }
  return url;
}
