import { expect, test } from 'vitest';
import {
  cosignPredicate,
  PREDICATE_MAX_BYTES,
  parsePredicateJson,
  samePredicate,
} from '../../../src/domain/attestation/predicate.ts';
import { namesParts, sbomTypeOf } from '../../../src/domain/attestation/sbom.ts';
import { attestationStatement } from '../../../src/domain/attestation/statement.ts';
import { parseDigest } from '../../../src/domain/image/digest.ts';
import { compactJson } from '../../../src/domain/text/compact-json.ts';
import { sameJson } from '../../../src/domain/text/same-json.ts';

const NOW = new Date('2026-11-28T01:02:03.456Z');
const SPDX = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', packages: [{ name: 'a' }] };
const CYCLONEDX = { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: 'urn:uuid:1', components: [] };

// ── SBOMs ───────────────────────────────────────────────────────────────────────────────────────

test.each([
  [SPDX, 'https://spdx.dev/Document/v2.3'],
  [{ ...SPDX, spdxVersion: 'SPDX-2.2' }, 'https://spdx.dev/Document/v2.2'],
  [CYCLONEDX, 'https://cyclonedx.org/bom'],
])('the marks of %j mean %s', (document, type) => {
  expect(sbomTypeOf(document)).toBe(type);
});

test.each([
  [{ ...SPDX, SPDXID: '' }, 'neither'],
  [{ ...SPDX, SPDXID: 7 }, 'neither'],
  [{ ...SPDX, spdxVersion: 'SPDX-3.0' }, 'another version than 2.x'],
  [{ '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': [] }, 'SPDX 3'],
  [{ ...CYCLONEDX, serialNumber: undefined }, 'without serialNumber'],
  [{ ...CYCLONEDX, bomFormat: 'cyclonedx' }, 'neither'],
  [Object.create(SPDX), 'neither'],
  [[SPDX], 'neither'],
  [null, 'neither'],
  ['SPDX-2.3', 'neither'],
])('%j is no SBOM: %s', (document, problem) => {
  expect(() => sbomTypeOf(document)).toThrow(problem);
});

test('an SBOM that names no part is recognised', () => {
  expect(namesParts(SPDX)).toBe(true);
  expect(namesParts(CYCLONEDX)).toBe(false);
  expect(namesParts({ ...CYCLONEDX, components: ['a'] })).toBe(false);
  expect(namesParts([SPDX])).toBe(false);
});

// ── predicates of one's own ─────────────────────────────────────────────────────────────────────

test('a predicate keeps its text, without the blanks between tokens', () => {
  const text = '{ "10": 1,\n\t"2": 12345678901234567890, "a b": [1.0, "x \\" y", 1e400] }\r\n';
  expect(cosignPredicate('vuln', text, NOW)).toEqual({
    type: 'https://cosign.sigstore.dev/attestation/vuln/v1',
    json: '{"10":1,"2":12345678901234567890,"a b":[1.0,"x \\" y",1e400]}',
  });
  expect(compactJson(' "a  b" ')).toBe('"a  b"');
});

test("custom and its URI wrap the text and the time, as cosign's", () => {
  for (const named of ['custom', 'https://cosign.sigstore.dev/attestation/v1']) {
    expect(cosignPredicate(named, 'not "JSON"\n', NOW)).toEqual({
      type: 'https://cosign.sigstore.dev/attestation/v1',
      json: '{"Data":"not \\"JSON\\"\\n","Timestamp":"2026-11-28T01:02:03Z"}',
    });
  }
});

test('spdx is a JSON text, spdxjson and the URI are objects', () => {
  expect(cosignPredicate('spdx', '{"a": 1}', NOW)).toEqual({
    type: 'https://spdx.dev/Document',
    json: '"{\\"a\\": 1}"',
  });
  for (const named of ['spdxjson', 'https://spdx.dev/Document']) {
    expect(cosignPredicate(named, '{"a": 1}', NOW)).toEqual({ type: 'https://spdx.dev/Document', json: '{"a":1}' });
  }
});

test('the older name of the invocation id is replaced in SLSA provenance v1 only', () => {
  const text = '{"runDetails":{"metadata":{"invocationID":"x","startedOn":"y"}},"extra":1}';
  expect(JSON.parse(cosignPredicate('slsaprovenance1', text, NOW).json)).toEqual({
    runDetails: { metadata: { startedOn: 'y', invocationId: 'x' } },
    extra: 1,
  });
  expect(cosignPredicate('slsaprovenance', text, NOW).json).toBe(text);
});

test.each([
  ['[]', 'not a JSON object'],
  ['"text"', 'not a JSON object'],
  ['{"a":1,"a":2}', 'duplicate key "a"'],
  ['{"a":{"b":1,"\\u0062":2}}', 'duplicate key "b"'],
  ['{"a":1', 'not JSON'],
  ['\ufeff{}', 'not JSON'],
  [`${'['.repeat(200)}${']'.repeat(200)}`, 'nested deeper'],
  [`[${'0,'.repeat(500_000)}0]`, 'more than 490000 members'],
])('a predicate must be an object that every reader understands alike: %#', (text, problem) => {
  expect(() => cosignPredicate('openvex', text, NOW)).toThrow(problem);
});

test('a predicate may have 16 MiB and no more, also after it was wrapped', () => {
  const whole = `{"a":"${'x'.repeat(PREDICATE_MAX_BYTES - 8)}"}`;
  expect(Buffer.byteLength(whole)).toBe(PREDICATE_MAX_BYTES);
  expect(parsePredicateJson(whole)).toBeTruthy();
  expect(() => parsePredicateJson(`${whole} `)).toThrow('is larger than 16777216');
  expect(() => cosignPredicate('custom', '"'.repeat(PREDICATE_MAX_BYTES / 2), NOW)).toThrow('more than 16777216 bytes');
  expect(cosignPredicate('custom', '"'.repeat(1000), NOW).json).toContain('\\"\\"');
});

// ── equality ────────────────────────────────────────────────────────────────────────────────────

test.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: [1, 2] }, { a: [2, 1] }, false],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [{ a: undefined }, { b: 1 }, false],
  [[], {}, false],
  [{ 0: 1 }, [1], false],
  [null, {}, false],
  ['1', 1, false],
])('%j and %j are the same: %s', (one, other, wanted) => {
  expect(sameJson(one, other)).toBe(wanted);
  expect(sameJson(other, one)).toBe(wanted);
});

test('custom predicates are compared without their time, all others as a whole', () => {
  const custom = 'https://cosign.sigstore.dev/attestation/v1';
  const one = { Data: 'x', Timestamp: '2026-01-01T00:00:00Z' };
  expect(samePredicate(custom, one, { Data: 'x', Timestamp: '2027-01-01T00:00:00Z' })).toBe(true);
  expect(samePredicate(custom, one, { Data: 'y', Timestamp: '2026-01-01T00:00:00Z' })).toBe(false);
  expect(samePredicate(custom, one, { Data: 'x', Timestamp: '', more: 1 })).toBe(false);
  expect(samePredicate('https://example.com/v1', one, { ...one, Timestamp: 'later' })).toBe(false);
});

// ── statements ──────────────────────────────────────────────────────────────────────────────────

test('a statement has one subject in lower case, and its strings are escaped', () => {
  const digest = parseDigest(`sha256:${'0'.repeat(64)}`);
  if (digest === undefined) throw new TypeError('no digest');
  const repository = { registry: 'LOCALHOST:5000', path: 'acme/app' };
  const type = 'https://example.com/"quoted"';
  expect(
    JSON.parse(new TextDecoder().decode(attestationStatement({ repository, digest }, { type, json: '{"a":1}' }))),
  ).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'localhost:5000/acme/app', digest: { sha256: '0'.repeat(64) } }],
    predicateType: type,
    predicate: { a: 1 },
  });
});
