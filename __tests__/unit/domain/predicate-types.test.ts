import { expect, test } from 'vitest';
import {
  COSIGN_ALIAS_NAMES,
  isCosignAlias,
  isCycloneDx,
  isImageSignatureType,
  isSlsaProvenance,
  isSpdx,
  parsePredicateType,
  spdxTypeOf,
  typeOfAlias,
} from '../../../src/domain/attestation/predicate-types.ts';

test("each of cosign's aliases means the type that cosign gives it", () => {
  expect(Object.fromEntries(COSIGN_ALIAS_NAMES.map((alias) => [alias, typeOfAlias(alias)]))).toEqual({
    custom: 'https://cosign.sigstore.dev/attestation/v1',
    slsaprovenance: 'https://slsa.dev/provenance/v0.2',
    slsaprovenance02: 'https://slsa.dev/provenance/v0.2',
    slsaprovenance1: 'https://slsa.dev/provenance/v1',
    spdx: 'https://spdx.dev/Document',
    spdxjson: 'https://spdx.dev/Document',
    cyclonedx: 'https://cyclonedx.org/bom',
    link: 'https://in-toto.io/Link/v1',
    vuln: 'https://cosign.sigstore.dev/attestation/vuln/v1',
    openvex: 'https://openvex.dev/ns',
  });
  expect(isCosignAlias('toString')).toBe(false);
  expect(isCosignAlias('SPDX')).toBe(false);
});

test.each([
  ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
  ['https://example.com/my-check/v1', 'https://example.com/my-check/v1'],
  ['urn:acme:review', 'urn:acme:review'],
  ['Vuln', undefined],
  ['example.com/check', undefined],
  ['https://', undefined],
  ['https://example.com/a b', undefined],
  ['https://example.com/a\nb', undefined],
  ['https://example.com/\u00e9', undefined],
  ['', undefined],
])('%j means the predicate type %j', (text, wanted) => {
  expect(parsePredicateType(text)).toBe(wanted);
});

test.each([
  ['https://slsa.dev/provenance/v1', true],
  ['https://slsa.dev/provenance/v0.2', true],
  ['https://slsa.dev/provenance/v1.1', true],
  ['https://slsa.dev/provenance/v1/', true],
  ['https://slsa.dev/provenance/v1?draft', true],
  ['https://slsa.dev//provenance/v1', true],
  ['http://SLSA.dev/provenance/v1', true],
  ['https://slsa.dev/provenance', true],
  ['https://slsa.dev/verification_summary/v1', false],
  ['https://slsa.dev/provenances', false],
  ['https://example.com/?https://slsa.dev/provenance/v1', false],
])('%s is a type of SLSA provenance: %s', (type, wanted) => {
  expect(isSlsaProvenance(type)).toBe(wanted);
});

test.each([
  ['https://spdx.dev/Document', 'spdx'],
  ['https://spdx.dev/Document/v2.3', 'spdx'],
  ['https://spdx.dev/Document/v3', 'spdx'],
  ['https://spdx.dev/Document/v', undefined],
  ['https://spdx.dev/Document/v2.3/extra', undefined],
  ['https://spdx.dev/Documents', undefined],
  ['https://cyclonedx.org/bom', 'cyclonedx'],
  ['https://cyclonedx.org/bom/v1.6', 'cyclonedx'],
  ['https://cyclonedx.org/bom/', undefined],
  ['https://cyclonedx.org/bom/v1.6\n', undefined],
])('%j is an SBOM of kind %s', (type, wanted) => {
  expect(isSpdx(type)).toBe(wanted === 'spdx');
  expect(isCycloneDx(type)).toBe(wanted === 'cyclonedx');
});

test('an SPDX version gives the type that actions/attest writes, and nothing else does', () => {
  expect(spdxTypeOf('SPDX-2.3')).toBe('https://spdx.dev/Document/v2.3');
  expect(spdxTypeOf('SPDX-2.2')).toBe('https://spdx.dev/Document/v2.2');
  for (const other of ['SPDX-3.0', '2.3', 'SPDX-2.3 ', 'SPDX-2.3/../v3', 'SPDX-2', '']) {
    expect(spdxTypeOf(other), other).toBeUndefined();
  }
});

test("only cosign's image signature is no attestation", () => {
  expect(isImageSignatureType('https://sigstore.dev/cosign/sign/v1')).toBe(true);
  expect(isImageSignatureType('https://sigstore.dev/cosign/sign/v2')).toBe(false);
});
