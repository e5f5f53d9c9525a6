import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import { parseStrictJson } from '../../domain/text/strict-json.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { isSafeServiceUrl } from '../service-url.ts';
import { parseTime } from './parse-time.ts';

/** One service of a signing config (protobuf-specs sigstore_trustroot.proto, Service). */
export interface SigningService {
  readonly url: string;
  readonly majorApiVersion: number;
  readonly start: Date | undefined;
  readonly end: Date | undefined;
  readonly operator: string;
}

export type Selector = 'ANY' | 'ALL' | 'EXACT' | undefined;

export interface SelectorConfig {
  readonly selector: Selector;
  readonly count: number;
}

/**
 * A Sigstore signing config v0.2: the services to use. OIDC providers are checked but not kept; the runner issues our
 * token.
 */
export interface SigningConfig {
  readonly cas: readonly SigningService[];
  readonly logs: readonly SigningService[];
  readonly logSelector: SelectorConfig;
  readonly tsas: readonly SigningService[];
  readonly tsaSelector: SelectorConfig;
}

const SIGNING_CONFIG_V02 = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';

/** Every object is closed, so a differently spelled key is an unknown field. */
const LIMITS = { maxBytes: 1024 * 1024, maxDepth: 32 };
const MAX_SERVICES = 32;
const CONFIG_KEYS = ['mediaType', 'caUrls', 'oidcUrls', 'rekorTlogUrls', 'rekorTlogConfig', 'tsaUrls', 'tsaConfig'];
const SERVICE_KEYS = ['url', 'majorApiVersion', 'validFor', 'operator'];

/**
 * Parses a signing config v0.2. Strict: throws ValueError for an unknown field, type or media type, and for a plain
 * http URL that is neither loopback nor listed in `plainHttpHosts`.
 */
export function parseSigningConfig(text: string, plainHttpHosts: readonly string[] = []): SigningConfig {
  const root = readJson(text);
  if (!isJsonObject(root)) throw new ValueError('the signing config is not a JSON object');
  refuseUnknown(root, CONFIG_KEYS, 'the signing config');
  if (root['mediaType'] !== SIGNING_CONFIG_V02) {
    throw new ValueError(`the signing config has mediaType ${quote(root['mediaType'])}, not ${SIGNING_CONFIG_V02}`);
  }
  const services = (key: string): readonly SigningService[] => parseServices(root[key], key, plainHttpHosts);
  services('oidcUrls');
  return {
    cas: services('caUrls'),
    logs: services('rekorTlogUrls'),
    logSelector: parseSelector(root['rekorTlogConfig'], 'rekorTlogConfig'),
    tsas: services('tsaUrls'),
    tsaSelector: parseSelector(root['tsaConfig'], 'tsaConfig'),
  };
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, LIMITS);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ValueError(`the signing config cannot be read: ${error.message}`, { cause: error });
  }
}

function parseServices(value: unknown, key: string, plainHttpHosts: readonly string[]): readonly SigningService[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_SERVICES) {
    throw new ValueError(`${key} of the signing config is not a list of at most ${MAX_SERVICES} services`);
  }
  return value.map((item: unknown, index) => parseService(item, `${key}[${index}]`, plainHttpHosts));
}

function parseService(value: unknown, where: string, plainHttpHosts: readonly string[]): SigningService {
  if (!isJsonObject(value)) throw new ValueError(`${where} of the signing config is not an object`);
  refuseUnknown(value, SERVICE_KEYS, where);
  const { url, majorApiVersion, operator } = value as { url?: unknown; majorApiVersion?: unknown; operator?: unknown };
  if (typeof url !== 'string' || !isSafeServiceUrl(url, plainHttpHosts) || new URL(url).search !== '') {
    throw new ValueError(
      `${where}.url ${quote(url)} is not an https URL (http is allowed only for loopback and insecure-registries)`,
    );
  }
  if (typeof majorApiVersion !== 'number' || !Number.isInteger(majorApiVersion) || majorApiVersion < 0) {
    throw new ValueError(`${where}.majorApiVersion ${quote(majorApiVersion)} is not a version number`);
  }
  if (operator !== undefined && typeof operator !== 'string') throw new ValueError(`${where}.operator is not a string`);
  const validFor = value['validFor'] ?? {};
  if (!isJsonObject(validFor)) throw new ValueError(`${where}.validFor is not an object`);
  refuseUnknown(validFor, ['start', 'end'], `${where}.validFor`);
  return {
    url,
    majorApiVersion,
    operator: operator ?? '',
    start: parseTime(validFor['start'], `${where}.validFor.start`),
    end: parseTime(validFor['end'], `${where}.validFor.end`),
  };
}

function parseSelector(value: unknown, where: string): SelectorConfig {
  if (value === undefined || value === null) return { selector: undefined, count: 0 };
  if (!isJsonObject(value)) throw new ValueError(`${where} of the signing config is not an object`);
  refuseUnknown(value, ['selector', 'count'], where);
  const count = value['count'] ?? 0;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw new ValueError(`${where}.count ${quote(count)} is not a number of services`);
  }
  switch (value['selector']) {
    case 'ANY':
    case 'ALL':
    case 'EXACT':
      return { selector: value['selector'], count };
    case undefined:
    case 'SERVICE_SELECTOR_UNDEFINED':
      return { selector: undefined, count };
    default:
      throw new ValueError(`${where}.selector ${quote(value['selector'])} is not ANY, ALL or EXACT`);
  }
}

function refuseUnknown(value: JsonObject, known: readonly string[], where: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new ValueError(`${where} has an unknown field ${quote(unknown)}`);
}

function quote(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}
