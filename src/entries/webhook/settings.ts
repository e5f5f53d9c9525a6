import { hostname } from 'node:os';
import { isAbsolute } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import type { NoMatchPolicy } from '../../domain/policy/decide.ts';
import { nearName } from '../../domain/text/near-name.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { NetworkSettings, TrustOrigin } from '../../usecases/connections.ts';
import type { ImagePath } from '../../workloads/image-paths.ts';
import { readClientCertificates } from '../inputs/client-certificates.ts';
import { readCaCertificates, readHosts } from '../inputs/hosts-and-roots.ts';
import { readImagePaths } from '../inputs/image-paths.ts';
import { createInputProblems, type InputProblem } from '../inputs/input-problems.ts';
import { decodeText, type ReadDeciding, readNamedFile } from '../inputs/named-file.ts';
import {
  type FileSource,
  type Reading,
  readBoolean,
  readChoice,
  readDuration,
  readInteger,
  readText,
} from '../inputs/read-value.ts';
import { readRetryFor } from '../inputs/run-limits.ts';
import { readSignatureRepositories } from '../inputs/signature-repositories.ts';
import { readTrust } from '../inputs/trust.ts';
import { SETTINGS, variableOf } from './settings-table.ts';

/** A mounted trusted root is read again, because its file may change. */
export type WebhookTrust = TrustOrigin | { readonly kind: 'root-file'; readonly path: string };

/** Everything that the environment says, read and checked once. All times in ms. */
export interface WebhookSettings {
  /** A folder; undefined: the API is the only source. */
  readonly policyFolder: string | undefined;
  readonly policiesFromApi: boolean;
  readonly pullSecrets: boolean;
  readonly noMatchPolicy: NoMatchPolicy;
  readonly mode: 'enforce' | 'warn';
  /** Fields of kinds that are not built in. */
  readonly imagePaths: readonly ImagePath[];
  readonly trust: WebhookTrust;
  readonly trustMaxAgeMs: number;
  readonly network: NetworkSettings;
  /** Lower-case hosts, some with a port. */
  readonly privateHosts: readonly string[];
  readonly format: 'any' | 'bundle' | 'legacy';
  /** Undefined: never. */
  readonly rejudgeEveryMs: number | undefined;
  readonly listen: {
    /** Undefined: all addresses. */
    readonly address: string | undefined;
    readonly port: number;
    readonly healthPort: number;
  };
  readonly tls: { readonly certificate: string; readonly key: string };
  readonly maxRequests: number;
  readonly drainMs: number;
  readonly cacheDirectory: string;
  readonly logLevel: LogLevel;
  readonly namespace: string | undefined;
  readonly podName: string;
  readonly webhookConfiguration: string;
  readonly serviceAccountDirectory: string;
}

export type LogLevel = 'debug' | 'info' | 'warning';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What reading the settings needs besides the variables. */
export interface SettingsSource {
  readonly env: Environment;
  readonly readFile: FileSource['files']['read'];
  /** Called with every secret before it is used. */
  readonly mask: (secret: string) => void;
}

const RETRY_FOR_MS = 60_000;
const DAY_MS = 86_400_000;
const TRUST_MAX_AGE_LEAST_MS = 3_600_000;
const REJUDGE_LEAST_MS = 60_000;
const DRAIN_MAX_MS = 600_000;

/**
 * Reads every setting (contract §2.7). Collects every bad one: throws one CodedError INPUT_INVALID that names each variable
 * and its cure. A variable with our prefix that is not a setting is one of them, because a misspelt setting would silently
 * not hold.
 */
export async function readSettings({ env, readFile, mask }: SettingsSource): Promise<WebhookSettings> {
  const problems = createInputProblems();
  const source: FileSource = { input: (name) => env[variableOf(name)], files: { read: readFile }, mask };
  const reading = { source, problems };
  const unknown = unknownVariables(env);
  const readDeciding: ReadDeciding = (name, { isLiteral }) => readMounted(reading, name, isLiteral);
  const retryForMs = readRetryFor(reading, RETRY_FOR_MS);
  const insecureRegistries = readHosts(reading, 'insecure-registries');
  const settings: WebhookSettings = {
    ...readPolicySources(reading),
    noMatchPolicy: readChoice(reading, 'no-match-policy', { choices: ['deny', 'warn', 'allow'], absent: 'deny' }),
    mode: readChoice(reading, 'mode', { choices: ['enforce', 'warn'], absent: 'enforce' }),
    imagePaths: readImagePaths(reading),
    trust: rereadable(reading, await readTrust(reading, { withSigningConfig: false, offline: false, readDeciding })),
    trustMaxAgeMs: readBetween(reading, 'trust-max-age', {
      absentMs: 7 * DAY_MS,
      ...{ leastMs: TRUST_MAX_AGE_LEAST_MS, least: '1h', mostMs: 90 * DAY_MS, most: '90d' },
    }),
    network: {
      registryLogin: undefined,
      fallbackLogin: undefined,
      tokenHosts: readHosts(reading, 'token-hosts'),
      insecureRegistries,
      caCertificates: await readCaCertificates(reading, readDeciding),
      clientCertificates: await readClientCertificates(reading, {
        owner: (name) => refuseBareValue(reading, name),
        insecureRegistries,
      }),
      retryForMs,
      concurrency: readInteger(reading, 'concurrency', { min: 1, max: 100, absent: 16 }),
      signatureRepositories: readSignatureRepositories(reading, undefined),
    },
    privateHosts: readHosts(reading, 'private-hosts'),
    format: readChoice(reading, 'format', { choices: ['any', 'bundle', 'legacy'], absent: 'any' }),
    rejudgeEveryMs: readRejudge(reading),
    listen: {
      address: readAddress(reading),
      port: readPort(reading, 'listen-port', 8443),
      healthPort: readPort(reading, 'health-port', 8080),
    },
    tls: {
      certificate: readPath(reading, 'tls-certificate', '/etc/countersign/tls/tls.crt'),
      key: readPath(reading, 'tls-key', '/etc/countersign/tls/tls.key'),
    },
    maxRequests: readInteger(reading, 'max-requests', { min: 1, max: 10_000, absent: 200 }),
    drainMs: readBetween(reading, 'drain-for', {
      absentMs: 10_000,
      ...{ leastMs: 0, least: '0s', mostMs: DRAIN_MAX_MS, most: '10m' },
    }),
    cacheDirectory: readPath(reading, 'cache-directory', '/tmp/countersign'),
    logLevel: readLogLevel(reading),
    namespace: readName(reading, 'namespace'),
    webhookConfiguration: readName(reading, 'webhook-configuration') ?? 'countersign-webhook',
    serviceAccountDirectory: readPath(
      reading,
      'service-account-directory',
      '/var/run/secrets/kubernetes.io/serviceaccount',
    ),
    podName: readName(reading, 'pod-name') ?? env['HOSTNAME'] ?? hostname(),
  };
  const { port, healthPort } = settings.listen;
  if (port === healthPort && port !== 0) {
    problems.add('health-port', `it is the same as ${variableOf('listen-port')}.`, 'Write another port.');
  }
  refuse([...unknown, ...problems.list.map(inVariables)]);
  return settings;
}

/** The least level to log, before everything else is read; `info` if the value is not valid. */
export function readLogLevelOf(env: Environment): LogLevel {
  return readLogLevel({ source: { input: (name) => env[variableOf(name)] }, problems: createInputProblems() });
}

function readLogLevel(reading: Reading): LogLevel {
  return readChoice(reading, 'log-level', { choices: ['debug', 'info', 'warning'], absent: 'info' });
}

function readPolicySources(
  reading: Reading,
): Pick<WebhookSettings, 'policyFolder' | 'policiesFromApi' | 'pullSecrets'> {
  const policyFolder = readText(reading, 'policy') === undefined ? undefined : readPath(reading, 'policy', '');
  const policiesFromApi = readBoolean(reading, 'policies-from-api', false);
  if (policyFolder === undefined && !policiesFromApi) {
    const cure = `Give the folder that they are mounted in, such as \`policy: /etc/countersign/policies\`, or write \`policies-from-api: true\`.`;
    reading.problems.add('policy', 'nothing says where the policies are.', cure);
  }
  return { policyFolder, policiesFromApi, pullSecrets: readBoolean(reading, 'pull-secrets', false) };
}

interface Bounds {
  readonly absentMs: number;
  readonly leastMs: number;
  readonly least: string;
  readonly mostMs: number;
  readonly most: string;
}

function readBetween(reading: Reading, name: string, bounds: Bounds): number {
  const ms = readDuration(reading, name, bounds.absentMs);
  if (ms >= bounds.leastMs && ms <= bounds.mostMs) return ms;
  const what = `it is not between ${bounds.least} and ${bounds.most}.`;
  reading.problems.add(name, what, `Write a duration between \`${bounds.least}\` and \`${bounds.most}\`.`);
  return bounds.absentMs;
}

function readRejudge(reading: Reading): number | undefined {
  const ms = readDuration(reading, 'rejudge-every', 0);
  if (ms === 0) return undefined;
  if (ms >= REJUDGE_LEAST_MS && ms <= 30 * DAY_MS) return ms;
  reading.problems.add('rejudge-every', 'it is not between 1m and 30d.', 'Write a duration such as `6h`, or `0s`.');
  return undefined;
}

function readPort(reading: Reading, name: string, absent: number): number {
  return readInteger(reading, name, { min: 0, max: 65_535, absent });
}

/** An IP address, as the operating system binds it. */
function readAddress(reading: Reading): string | undefined {
  const value = readText(reading, 'listen-address');
  if (value === undefined || /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(value)) return value;
  const what = `${quoted(value)} is not an IP address.`;
  reading.problems.add('listen-address', what, 'Write an address such as `0.0.0.0`, without a port.');
  return undefined;
}

function readPath(reading: Reading, name: string, absent: string): string {
  const value = readText(reading, name);
  if (value === undefined || isAbsolute(value)) return value ?? absent;
  reading.problems.add(
    name,
    `${quoted(value)} is not an absolute path.`,
    'Write the path from the root of the file system.',
  );
  return absent;
}

/** A name of Kubernetes (RFC 1123 subdomain). */
function readName(reading: Reading, name: string): string | undefined {
  const value = readText(reading, name);
  if (value === undefined || (value.length <= 253 && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(value))) return value;
  const cure = 'Write it as `kubectl get` shows it: lower-case letters, digits, `-` and `.`.';
  reading.problems.add(name, `${quoted(value)} is not a name of Kubernetes.`, cure);
  return undefined;
}

function rereadable(reading: Reading, origin: TrustOrigin): WebhookTrust {
  const value = readText(reading, 'trusted-root');
  const isPath = origin.kind === 'files' && value !== undefined && value !== origin.trustedRoot;
  return isPath ? { kind: 'root-file', path: value } : origin;
}

/** A mounted file, or the content itself. Everything in the container was put there by whoever runs it. */
async function readMounted(
  reading: Reading<FileSource>,
  name: string,
  isLiteral: (value: string) => boolean,
): Promise<string | undefined> {
  const value = readText(reading, name);
  if (value === undefined || isLiteral(value)) return value;
  const cure = 'Mount the file, and give its absolute path.';
  const bytes = await readNamedFile(reading, { name, path: value, cure });
  return bytes === undefined ? undefined : decodeText(reading, name, bytes);
}

function refuseBareValue(reading: Reading, name: string): undefined {
  const what = 'it does not say which registry it is for.';
  reading.problems.add(name, what, 'Write one line `HOST=PATH` for each registry.');
}

// ── variables ───────────────────────────────────────────────────────────────────────────────────

/** The names that Kubernetes itself writes for each Service of the namespace, unless `enableServiceLinks` is false. */
const SERVICE_LINK =
  /_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/;

/** The port of a Service is a URL there, so a port that a person wrote is not taken for one. */
function isServiceLink(variable: string, value: string): boolean {
  return SERVICE_LINK.test(variable) || (variable.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value));
}

/** What else people may want to set, and where it belongs. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'registry-username': 'Logins come from a Docker configuration: mount it, and name its folder in `DOCKER_CONFIG`.',
  'registry-password': 'Logins come from a Docker configuration: mount it, and name its folder in `DOCKER_CONFIG`.',
  'github-token': 'Logins come from a Docker configuration: mount it, and name its folder in `DOCKER_CONFIG`.',
  timeout: 'A request has the time that `timeoutSeconds` of the webhook configuration gives it.',
  port: 'Write `listen-port`.',
};

function unknownVariables(env: Environment): InputProblem[] {
  const known = new Set(NAMES.map(variableOf));
  return Object.keys(env)
    .filter((variable) => variable.toUpperCase().startsWith(variableOf('')) && !known.has(variable))
    .filter((variable) => !isServiceLink(variable, env[variable] ?? ''))
    .sort()
    .map((variable) => {
      const name = variable.slice(variableOf('').length).toLowerCase().replaceAll('_', '-');
      const meant = NAMES.includes(name) ? name : nearName(name, NAMES);
      const guess = meant === undefined ? 'docs/webhook-settings.md lists them.' : `Write \`${variableOf(meant)}\`.`;
      const elsewhere = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
      const cure = inVariables({ input: name, what: '', cure: elsewhere ?? guess }).cure;
      return {
        input: quoted(variable),
        what: 'the webhook has no such setting.',
        cure: `${cure} Remove it otherwise.`,
      };
    });
}

/** The problem in the words of variables: `no-match-policy: deny` is written COUNTERSIGN_NO_MATCH_POLICY=deny. */
function inVariables({ input, what, cure }: InputProblem): InputProblem {
  return { input: variableOf(input), what: variablesIn(what), cure: variablesIn(cure) };
}

const NAMES = SETTINGS.map(({ name }) => name);
/** Names of one word are words of English too, so they count only where they are marked as code. */
const MARKED = new RegExp(`\`(${NAMES.join('|')})(?:: ([^\`]*))?\``, 'g');
const DASHED = new RegExp(`(?<![\\w\`"./-])(${NAMES.filter((name) => name.includes('-')).join('|')})(?![\\w-])`, 'g');

function variablesIn(text: string): string {
  return text
    .replace(MARKED, (_whole, name: string, value: string | undefined) => {
      return value === undefined ? `\`${variableOf(name)}\`` : `\`${variableOf(name)}=${bare(value)}\``;
    })
    .replace(DASHED, (name) => variableOf(name));
}

/** A YAML scalar that `writeInstead` quoted, as a variable has it. */
function bare(value: string): string {
  const [, inner] = /^"([^"\\]*)"$/.exec(value) ?? [];
  return inner ?? value;
}

function refuse(problems: readonly InputProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ input, what, cure }) => `- ${input}: ${what} ${cure}`);
  const count = problems.length === 1 ? 'a setting' : `${problems.length} settings`;
  throw new CodedError('INPUT_INVALID', `${count} cannot be used:\n${lines.join('\n')}`, {
    hint: 'Correct the environment variables of the container. The list is complete.',
  });
}
