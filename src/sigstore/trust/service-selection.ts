import { SigstoreError } from '../sigstore-error.ts';
import type { SelectorConfig, SigningConfig, SigningService } from './signing-config.ts';

/** The services that one run uses for signing. */
export interface SigningServices {
  /** Base URL of the certificate authority. */
  readonly ca: string;
  /** Transparency logs for bundles; empty = do not use a log. */
  readonly logs: readonly LogService[];
  /** Rekor v1 logs, the only ones that a legacy signature can name; empty if legacy was not requested. */
  readonly legacyLogs: readonly LogService[];
  /** Complete endpoints of timestamp authorities. */
  readonly tsas: readonly string[];
}

export interface LogService {
  readonly url: string;
  readonly version: 1 | 2;
}

export interface SelectionOptions {
  readonly at: Date;
  /** Returns a number in [0, 1), like Math.random. */
  readonly random: () => number;
  readonly bundle: boolean;
  readonly legacy: boolean;
}

const SUPPORTED = { ca: [1], log: [1, 2], tsa: [1] } as const;

/**
 * Selects services as sigstore-go does (pkg/root/signing_config.go): among those valid now, the highest supported API
 * version (never mixing versions), one per operator, then by selector. Throws INPUT_INVALID if the config is not enough
 * for this run: no CA, legacy without Rekor v1, Rekor v2 without a timestamp authority (its entries record no time), or
 * neither a log nor a timestamp authority.
 */
export function selectServices(config: SigningConfig, options: SelectionOptions): SigningServices {
  const ca = newestOf(config.cas, SUPPORTED.ca, options.at)[0];
  if (ca === undefined) throw unusable('it has no certificate authority (caUrls, API version 1) that is valid now');
  const logs = options.bundle
    ? pick(
        { name: 'rekorTlogUrls', services: config.logs, selector: config.logSelector, versions: SUPPORTED.log },
        options,
      )
    : [];
  const tsas = pick(
    { name: 'tsaUrls', services: config.tsas, selector: config.tsaSelector, versions: SUPPORTED.tsa },
    options,
  );
  if (options.bundle && tsas.length === 0 && logs.every((log) => log.majorApiVersion === 2)) {
    throw unusable(
      logs.length === 0
        ? 'it has neither a transparency log nor a timestamp authority, so nothing would prove the signing time'
        : 'its transparency log (Rekor v2) records no time, so it needs a timestamp authority (tsaUrls)',
    );
  }
  return {
    ca: ca.url,
    logs: logs.map(toLog),
    legacyLogs: options.legacy ? legacyLogs(config, options).map(toLog) : [],
    tsas: tsas.map((service) => service.url),
  };
}

function legacyLogs(config: SigningConfig, options: SelectionOptions): readonly SigningService[] {
  if (newestOf(config.logs, [1], options.at).length === 0) {
    throw unusable(
      'format: legacy and format: both need a Rekor v1 log (rekorTlogUrls, API version 1), and it lists none',
      'Use format: bundle, or a signing config with a Rekor v1 log.',
    );
  }
  // The annotation of a legacy signature can contain only one entry, regardless of the selector.
  return pick(
    { name: 'rekorTlogUrls', services: config.logs, selector: { selector: 'ANY', count: 0 }, versions: [1] },
    options,
  );
}

/**
 * The services that are valid at `at` and have the highest supported version: the newest per operator, newest first.
 */
function newestOf(
  services: readonly SigningService[],
  supported: readonly number[],
  at: Date,
): readonly SigningService[] {
  const valid = services.filter(
    (service) =>
      supported.includes(service.majorApiVersion) &&
      (service.start === undefined || service.start <= at) &&
      (service.end === undefined || at <= service.end),
  );
  const version = Math.max(...valid.map((service) => service.majorApiVersion));
  const operators = new Set<string>();
  return valid
    .filter((service) => service.majorApiVersion === version)
    .sort((a, b) => (b.start?.getTime() ?? 0) - (a.start?.getTime() ?? 0))
    .filter((service) => !operators.has(service.operator) && operators.add(service.operator));
}

interface Choice {
  /** The list's key in the signing config. */
  readonly name: string;
  readonly services: readonly SigningService[];
  readonly selector: SelectorConfig;
  /** API versions that this program supports. */
  readonly versions: readonly number[];
}

function pick(
  { name, services, selector: config, versions }: Choice,
  options: SelectionOptions,
): readonly SigningService[] {
  if (services.length === 0) return [];
  const candidates = newestOf(services, versions, options.at);
  if (candidates.length === 0) {
    throw unusable(`none of its ${name} is valid now with an API version of ${versions.join(' or ')}`);
  }
  switch (config.selector) {
    case 'ALL':
      return candidates;
    case 'ANY':
      return shuffled(candidates, options.random).slice(0, 1);
    case 'EXACT':
      if (config.count === 0 || config.count > candidates.length) {
        throw unusable(`it requires exactly ${config.count} of its ${name}, but ${candidates.length} can be used`);
      }
      return shuffled(candidates, options.random).slice(0, config.count);
    case undefined:
      throw unusable(`it lists ${name} without a selector (ANY, ALL, EXACT)`);
  }
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function toLog(service: SigningService): LogService {
  return { url: service.url, version: service.majorApiVersion === 2 ? 2 : 1 };
}

function unusable(
  why: string,
  hint = 'Check the input signing-config, or the signing config that the TUF repository of this run publishes.',
): SigstoreError {
  return new SigstoreError('INPUT_INVALID', `the signing config cannot be used: ${why}`, { hint });
}
