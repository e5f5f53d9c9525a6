import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ValueError } from '../../../src/domain/text/value-error.ts';
import { type SelectionOptions, selectServices } from '../../../src/sigstore/trust/service-selection.ts';
import { parseSigningConfig } from '../../../src/sigstore/trust/signing-config.ts';

type Json = Record<string, unknown>;

const NOW = new Date('2026-11-23T00:00:00Z');
const service = (url: string, changes: Json = {}): Json => ({
  url,
  majorApiVersion: 1,
  validFor: { start: '2024-01-01T00:00:00Z' },
  operator: 'one',
  ...changes,
});

function configText(changes: Json = {}): string {
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service('https://ca.example')],
    oidcUrls: [service('https://oidc.example')],
    rekorTlogUrls: [service('https://log.example')],
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service('https://tsa.example/api/v1/timestamp')],
    tsaConfig: { selector: 'ANY' },
    ...changes,
  });
}

function select(changes: Json = {}, options: Partial<SelectionOptions> = {}) {
  const config = parseSigningConfig(configText(changes));
  return selectServices(config, { at: NOW, random: () => 0, bundle: true, legacy: false, ...options });
}

const GOLDEN = new URL('../../fixtures/golden/trust/', import.meta.url);

test.each([
  ['sc-v1.json', [1], 1],
  ['sc-v1-notsa.json', [1], 0],
  ['sc-v2.json', [2], 1],
  ['sc-tsa.json', [], 1],
])("cosign's %s is read and selects logs of versions %j and %i timestamp authorities", (file, versions, tsas) => {
  const config = parseSigningConfig(readFileSync(new URL(file, GOLDEN), 'utf8'));
  const services = selectServices(config, { at: NOW, random: () => 0, bundle: true, legacy: false });
  expect(services.ca).toBe('http://127.0.0.1:5555');
  expect(services.logs.map((log) => log.version)).toEqual(versions);
  expect(services.tsas).toHaveLength(tsas);
});

const withService = (changes: Json): Json => ({ rekorTlogUrls: [service('https://log.example', changes)] });

test.each<[string, Json]>([
  ['an unknown field', { logs: [] }],
  ['the media type of version 0.1', { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.1+json' }],
  ['no media type', { mediaType: undefined }],
  ['a list that is none', { tsaUrls: 'https://tsa.example' }],
  ['more services than any config has', { tsaUrls: Array(33).fill(service('https://tsa.example')) }],
  ['a service that is only a URL', { caUrls: ['https://ca.example'] }],
  ['an unknown field of a service', withService({ priority: 1 })],
  ['a service without URL', withService({ url: undefined })],
  ['a URL that is none', withService({ url: 'log.example' })],
  ['a URL over plain http, which would show the id-token', withService({ url: 'http://log.example' })],
  ['a URL with credentials', withService({ url: 'https://me:secret@log.example' })],
  ['a URL with a query', withService({ url: 'https://log.example?x=1' })],
  ['another scheme', withService({ url: 'file:///etc/passwd' })],
  ['a version that is text', withService({ majorApiVersion: '1' })],
  ['no version', withService({ majorApiVersion: undefined })],
  ['a version that is no whole number', withService({ majorApiVersion: 1.5 })],
  ['a validity that is no object', withService({ validFor: 'always' })],
  ['an unknown bound', withService({ validFor: { begin: '2024-01-01T00:00:00Z' } })],
  ['a bound that is no time', withService({ validFor: { start: 'yesterday' } })],
  ['a bound that is no RFC 3339 time', withService({ validFor: { end: '2024-01-01' } })],
  ['a date there never was', withService({ validFor: { end: '2024-13-41T00:00:00Z' } })],
  ['an operator that is no text', withService({ operator: 1 })],
  ['a selector that is no object', { tsaConfig: 'ANY' }],
  ['an unknown selector', { tsaConfig: { selector: 'SOME' } }],
  ['an unknown field of a selector', { tsaConfig: { selector: 'ANY', min: 1 } }],
  ['a count that is none', { tsaConfig: { selector: 'EXACT', count: -1 } }],
  ['a broken OIDC provider, though none is used', { oidcUrls: [service('http://oidc.example')] }],
])('refuses %s', (_what, changes) => {
  expect(() => parseSigningConfig(configText())).not.toThrow();
  expect(() => parseSigningConfig(configText(changes))).toThrow(ValueError);
});

test.each(['', '{', 'null', '[]', `"${'x'.repeat(1024 * 1024)}"`])('refuses a text that is no config (%#)', (text) => {
  expect(() => parseSigningConfig(text)).toThrow(ValueError);
});

test.each([
  ['http://127.0.0.1:5555', [], true],
  ['http://localhost:5555', [], true],
  ['http://[::1]:5555', [], true],
  ['http://ca.internal:5555', ['ca.internal:5555'], true],
  // As for registries: a host without a port stands for each of its ports.
  ['http://ca.internal:5555', ['ca.internal'], true],
  ['http://ca.internal:5555', ['ca.internal:5556'], false],
  ['http://log.ca.internal:5555', ['ca.internal'], false],
  ['http://127.0.0.1.example', [], false],
])('plain http to %s with insecure hosts %j: %s', (url, hosts, accepted) => {
  const text = configText({ caUrls: [service(url)] });
  const parse = (): unknown => parseSigningConfig(text, hosts);
  if (accepted) expect(parse).not.toThrow();
  else expect(parse).toThrow(ValueError);
});

const log = (url: string, majorApiVersion: number, start: string, operator = 'one', end?: string): Json =>
  service(url, { majorApiVersion, operator, validFor: { start, ...(end !== undefined && { end }) } });

test.each<[string, Json[], string[]]>([
  [
    'the highest version that is valid now',
    [log('https://v1.example', 1, '2026-01-01T00:00:00Z'), log('https://v2.example', 2, '2024-01-01T00:00:00Z')],
    ['https://v2.example'],
  ],
  [
    'a lower version while the higher one is still to come',
    [log('https://v1.example', 1, '2024-01-01T00:00:00Z'), log('https://v2.example', 2, '2027-01-01T00:00:00Z')],
    ['https://v1.example'],
  ],
  [
    'a lower version once the higher one is over',
    [
      log('https://v1.example', 1, '2024-01-01T00:00:00Z'),
      log('https://v2.example', 2, '2025-01-01T00:00:00Z', 'one', '2026-01-01T00:00:00Z'),
    ],
    ['https://v1.example'],
  ],
  [
    'no version we do not speak, however new',
    [log('https://v1.example', 1, '2024-01-01T00:00:00Z'), log('https://v3.example', 3, '2024-01-01T00:00:00Z')],
    ['https://v1.example'],
  ],
  [
    'the newest of one operator',
    [log('https://old.example', 1, '2024-01-01T00:00:00Z'), log('https://new.example', 1, '2025-01-01T00:00:00Z')],
    ['https://new.example'],
  ],
  [
    'a service whose bounds are this very second',
    [log('https://now.example', 1, '2026-11-23T00:00:00Z', 'one', '2026-11-23T00:00:00Z')],
    ['https://now.example'],
  ],
  ['a service without bounds', [service('https://open.example', { validFor: undefined })], ['https://open.example']],
])('selects %s', (_rule, rekorTlogUrls, expected) => {
  expect(select({ rekorTlogUrls }).logs.map(({ url }) => url)).toEqual(expected);
});

const OPERATORS = ['a', 'b', 'c'].map((name) => log(`https://${name}.example`, 1, '2024-01-01T00:00:00Z', name));

test('ALL takes one service of every operator, and never two versions', () => {
  const rekorTlogUrls = [...OPERATORS, log('https://a2.example', 1, '2023-01-01T00:00:00Z', 'a')];
  const rekorTlogConfig = { selector: 'ALL' };
  expect(select({ rekorTlogUrls, rekorTlogConfig }).logs.map(({ url }) => url)).toEqual([
    'https://a.example',
    'https://b.example',
    'https://c.example',
  ]);
  const mixed = [...OPERATORS, log('https://v2.example', 2, '2024-01-01T00:00:00Z', 'd')];
  expect(select({ rekorTlogUrls: mixed, rekorTlogConfig }).logs).toEqual([{ url: 'https://v2.example', version: 2 }]);
});

test('ANY takes one, EXACT as many as it says, by the random numbers given', () => {
  const orders = [0.9, 0.1, 0.5];
  const random = (): (() => number) => {
    let calls = 0;
    return () => orders[calls++ % orders.length] ?? 0;
  };
  const urls = (rekorTlogConfig: Json): readonly string[] =>
    select({ rekorTlogUrls: OPERATORS, rekorTlogConfig }, { random: random() }).logs.map(({ url }) => url);
  expect(urls({ selector: 'ANY' })).toEqual(['https://b.example']);
  expect(urls({ selector: 'EXACT', count: 2 })).toEqual(['https://b.example', 'https://c.example']);
  expect(urls({ selector: 'EXACT', count: 3 })).toHaveLength(3);
});

test('a list that is empty means the service is not used', () => {
  expect(select({ tsaUrls: [], tsaConfig: {} }).tsas).toEqual([]);
  expect(select({ rekorTlogUrls: [], rekorTlogConfig: undefined }).logs).toEqual([]);
});

test.each<[string, Json, Partial<SelectionOptions>, RegExp]>([
  ['no CA', { caUrls: [] }, {}, /no certificate authority/],
  [
    'a CA of another version',
    { caUrls: [service('https://ca.example', { majorApiVersion: 2 })] },
    {},
    /no certificate auth/,
  ],
  [
    'no log that is valid now',
    { rekorTlogUrls: [log('https://x.example', 1, '2030-01-01T00:00:00Z')] },
    {},
    /rekorTlogUrls/,
  ],
  [
    'no log that we speak',
    { rekorTlogUrls: [log('https://x.example', 3, '2024-01-01T00:00:00Z')] },
    {},
    /rekorTlogUrls/,
  ],
  ['no selector', { rekorTlogConfig: {} }, {}, /without a selector/],
  ['an undefined selector', { tsaConfig: { selector: 'SERVICE_SELECTOR_UNDEFINED' } }, {}, /without a selector/],
  ['EXACT zero', { tsaConfig: { selector: 'EXACT' } }, {}, /exactly 0/],
  ['EXACT more than there are', { tsaConfig: { selector: 'EXACT', count: 2 } }, {}, /exactly 2/],
  ['neither log nor timestamp authority', { rekorTlogUrls: [], tsaUrls: [] }, {}, /neither/],
  [
    'Rekor v2 without timestamp authority',
    { rekorTlogUrls: [log('https://v2.example', 2, '2024-01-01T00:00:00Z')], tsaUrls: [] },
    {},
    /needs a timestamp authority/,
  ],
  [
    'legacy without Rekor v1',
    { rekorTlogUrls: [log('https://v2.example', 2, '2024-01-01T00:00:00Z')] },
    { bundle: false, legacy: true },
    /format: legacy and format: both need a Rekor v1/,
  ],
  ['both without any log', { rekorTlogUrls: [] }, { legacy: true }, /need a Rekor v1/],
])('%s is INPUT_INVALID', (_what, changes, options, message) => {
  expect(() => select()).not.toThrow();
  expect(() => select(changes, options)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringMatching(message) }),
  );
});

test('with both versions a bundle goes to Rekor v2 and a legacy signature to Rekor v1', () => {
  const rekorTlogUrls = [
    log('https://v2.example', 2, '2026-01-01T00:00:00Z'),
    log('https://v1.example', 1, '2021-01-01T00:00:00Z'),
  ];
  const services = select({ rekorTlogUrls }, { legacy: true });
  expect(services.logs).toEqual([{ url: 'https://v2.example', version: 2 }]);
  expect(services.legacyLogs).toEqual([{ url: 'https://v1.example', version: 1 }]);
});
