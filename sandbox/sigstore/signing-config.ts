import { timeRange, type Validity } from './trusted-root.ts';

export interface ServiceEntry {
  /** Base URL; of a timestamp authority the whole endpoint. */
  readonly url: string;
  readonly majorApiVersion?: number;
  readonly validFor?: Validity | undefined;
  readonly operator?: string;
}

/** How many of the services are to be used. */
export interface ServiceSelection {
  readonly selector: 'ANY' | 'ALL' | 'EXACT';
  /** EXACT only. */
  readonly count?: number;
}

export interface SigningConfigContent {
  readonly certificateAuthorities: readonly ServiceEntry[];
  readonly oidc: readonly ServiceEntry[];
  readonly logs: readonly ServiceEntry[];
  readonly timestampAuthorities: readonly ServiceEntry[];
  readonly logSelection?: ServiceSelection | undefined;
  readonly timestampSelection?: ServiceSelection | undefined;
}

function service(entry: ServiceEntry): object {
  return {
    url: entry.url,
    majorApiVersion: entry.majorApiVersion ?? 1,
    validFor: timeRange(entry.validFor ?? { start: new Date('2024-01-01T00:00:00Z') }),
    operator: entry.operator ?? 'local',
  };
}

/** A signing_config.v0.2.json, members as cosign writes them: a service not used has no list and an empty selection. */
export function signingConfigJson(content: SigningConfigContent): string {
  const list = (name: string, entries: readonly ServiceEntry[]): object =>
    entries.length === 0 ? {} : { [name]: entries.map(service) };
  const selection = (entries: readonly ServiceEntry[], wanted: ServiceSelection | undefined): object =>
    wanted ?? (entries.length === 0 ? {} : { selector: 'ANY' });
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    ...list('caUrls', content.certificateAuthorities),
    ...list('oidcUrls', content.oidc),
    ...list('rekorTlogUrls', content.logs),
    rekorTlogConfig: selection(content.logs, content.logSelection),
    ...list('tsaUrls', content.timestampAuthorities),
    tsaConfig: selection(content.timestampAuthorities, content.timestampSelection),
  });
}
