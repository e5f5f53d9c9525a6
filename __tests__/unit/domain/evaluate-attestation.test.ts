import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type AttestationRequirement,
  evaluateAttestation,
} from '../../../src/domain/attestation/evaluate-attestation.ts';
import { parseLineSigners } from '../../../src/domain/attestation/line-signers.ts';
import { parseRequirementLine } from '../../../src/domain/attestation/requirement-line.ts';
import { CONTEXT, facts, inputs, NOW, RELEASE, REPOSITORY, SIGNED } from './identity-samples.ts';

const SLSA = 'https://slsa.dev/provenance/v1';
const NEW = 'https://actions.github.io/buildtypes/workflow/v1';
const OLD = 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1';

// biome-ignore lint/suspicious/noExplicitAny: predicates are changed by hand
type Json = any;

const CLAIMS = {
  'source-repository-uri': REPOSITORY,
  'source-repository-ref': 'refs/heads/main',
  'source-repository-digest': 'c'.repeat(40),
  'source-repository-identifier': '11',
  'source-repository-owner-identifier': '22',
  'build-config-uri': RELEASE,
  'build-signer-uri': RELEASE,
  'build-trigger': 'push',
  'runner-environment': 'github-hosted',
  'run-invocation-uri': `${REPOSITORY}/actions/runs/7/attempts/1`,
} as const;

/** What actions/attest writes for these claims. */
function provenance(buildType = NEW): Json {
  const isOld = buildType === OLD;
  return {
    buildDefinition: {
      buildType,
      externalParameters: {
        workflow: { ref: 'refs/heads/main', repository: REPOSITORY, path: '.github/workflows/release.yml' },
      },
      internalParameters: {
        github: {
          event_name: 'push',
          repository_id: '11',
          repository_owner_id: '22',
          ...(isOld ? {} : { runner_environment: 'github-hosted' }),
        },
      },
      resolvedDependencies: [{ uri: `git+${REPOSITORY}@refs/heads/main`, digest: { gitCommit: 'c'.repeat(40) } }],
    },
    runDetails: {
      builder: { id: isOld ? 'https://github.com/actions/runner/github-hosted' : RELEASE },
      metadata: { invocationId: `${REPOSITORY}/actions/runs/7/attempts/1` },
    },
  };
}

function requirement(text: string): AttestationRequirement {
  const line = parseRequirementLine(text);
  const parsed = parseLineSigners(line, inputs({ sourceRepository: ['acme/app'] }), CONTEXT);
  if (parsed.kind !== 'signers') throw new Error(parsed.kind);
  return {
    line: text,
    type: line.type,
    signers: parsed.signers,
    builderId: line.conditions.get('builder-id'),
    buildType: line.conditions.get('build-type'),
    hasOwnSigner: line.conditions.has('source-repository'),
    perPlatform: false,
    buildkit: false,
  };
}

/** `accepted`, or the reason with each failed field. */
function judge(
  text: string,
  predicate: Json,
  { predicateType = SLSA, claims = {}, provenTimes = [SIGNED] }: Json = {},
): string {
  const { identity } = facts({ claims: { ...CLAIMS, ...claims } });
  const evaluation = evaluateAttestation(
    { identity, provenTimes, statement: { predicateType, predicate } },
    requirement(text),
    NOW,
  );
  if (evaluation.kind === 'accepted') return 'accepted';
  return [evaluation.reason, ...evaluation.findings.filter(({ ok }) => !ok).map(({ field }) => field)].join(' ');
}

/** The predicate with one value replaced, or removed if undefined. */
function changed(predicate: Json, path: string, value: unknown): Json {
  const copy: Json = structuredClone(predicate);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((object, key) => object[key], copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const FIELDS = [
  'buildDefinition.externalParameters.workflow.ref',
  'buildDefinition.externalParameters.workflow.repository',
  'buildDefinition.externalParameters.workflow.path',
  'buildDefinition.internalParameters.github.event_name',
  'buildDefinition.internalParameters.github.repository_id',
  'buildDefinition.internalParameters.github.repository_owner_id',
  'buildDefinition.resolvedDependencies.0.uri',
  'buildDefinition.resolvedDependencies.0.digest.gitCommit',
  'runDetails.builder.id',
  'runDetails.metadata.invocationId',
];
const shown = (path: string) => path.replace(/\.(\d+)/g, '[$1]');

describe.each([
  ['now', NEW],
  ['until 2024', OLD],
])('provenance as actions/attest writes it %s', (_, buildType) => {
  test('is accepted', () => {
    expect(judge('provenance', provenance(buildType))).toBe('accepted');
    expect(judge(`provenance build-type=${buildType}`, provenance(buildType))).toBe('accepted');
  });

  test.each(FIELDS)('is refused with another %s, or without it', (path) => {
    const wanted = `ATTESTATION_MISMATCH ${shown(path)}`;
    expect(judge('provenance', changed(provenance(buildType), path, 'other'))).toBe(wanted);
    expect(judge('provenance', changed(provenance(buildType), path, undefined))).toBe(wanted);
    // Naming the build type does not avoid the comparison.
    expect(judge(`provenance build-type=${buildType}`, changed(provenance(buildType), path, 'x'))).toBe(wanted);
  });

  test.each(Object.keys(CLAIMS).filter((claim) => claim !== 'source-repository-uri'))(
    'is refused if the certificate lacks the claim %s',
    (claim) => {
      expect(judge('provenance', provenance(buildType), { claims: { [claim]: undefined } })).toMatch(
        /^ATTESTATION_MISMATCH (?:certificate|claims build-signer-uri)$/,
      );
    },
  );

  test.each([
    ['buildDefinition.externalParameters.inputs', {}],
    ['buildDefinition.externalParameters.workflow.extra', 'x'],
    ['buildDefinition.resolvedDependencies.1', {}],
    ['runDetails.metadata.startedOn', '2026'],
    ['extra', null],
  ])('is refused with the field %s, which nobody can confirm', (path, value) => {
    expect(judge('provenance', changed(provenance(buildType), path, value))).toBe(
      `ATTESTATION_MISMATCH ${shown(path)}`,
    );
  });
});

test('a foreign build type does not avoid the comparison: it must be named', () => {
  const foreign = changed(provenance(), 'buildDefinition.buildType', 'https://evil.example/v1');
  for (const line of ['provenance', SLSA, 'slsaprovenance1']) {
    expect(judge(line, foreign), line).toBe('ATTESTATION_MISMATCH build-type');
  }
  expect(judge('provenance build-type=https://evil.example/v1', foreign)).toBe('accepted');
  expect(judge('provenance build-type=https://other.example/v1', foreign)).toBe('ATTESTATION_MISMATCH build-type');
  expect(judge(`provenance build-type=${NEW}`, foreign)).toBe('ATTESTATION_MISMATCH build-type');
  for (const none of [{}, { buildDefinition: {} }, { buildDefinition: { buildType: null } }, { buildType: NEW }]) {
    expect(judge('provenance', none)).toBe('ATTESTATION_MISMATCH build-type');
  }
});

test('neither does another version of the predicate type, nor a build type in the wrong place', () => {
  const predicateType = 'https://slsa.dev/provenance/v0.2';
  const v02 = { buildType: NEW, builder: { id: RELEASE } };
  expect(judge('slsaprovenance', v02, { predicateType })).toMatch(/^ATTESTATION_MISMATCH buildDefinition/);
  expect(judge(`slsaprovenance build-type=${NEW}`, v02, { predicateType })).toMatch(
    /^ATTESTATION_MISMATCH buildDefinition/,
  );
  const generator = { buildType: 'https://gen.example/c@v1', builder: { id: 'https://gen.example/b' } };
  expect(judge('slsaprovenance', generator, { predicateType })).toBe('ATTESTATION_MISMATCH build-type');
  const line = 'slsaprovenance build-type=https://gen.example/c@v1 builder-id=https://gen.example/b';
  expect(judge(line, generator, { predicateType })).toBe('accepted');
  expect(judge(`${line}2`, generator, { predicateType })).toBe('ATTESTATION_MISMATCH builder-id');
});

test('the builder is the workflow in the subject as well as in the claim', () => {
  const other = RELEASE.replace('release', 'other');
  const predicate = changed(provenance(), 'runDetails.builder.id', other);
  expect(judge('provenance', predicate, { claims: { 'build-signer-uri': other } })).toBe(
    'ATTESTATION_MISMATCH claims build-signer-uri',
  );
});

test('predicate written by any step: builder-id is compared exactly, and only after the certificate', () => {
  expect(judge(`provenance builder-id=${RELEASE}`, provenance())).toBe('accepted');
  expect(judge(`provenance builder-id=${RELEASE}x`, provenance())).toBe('ATTESTATION_MISMATCH builder-id');
  expect(judge('provenance source-ref=refs/heads/other', provenance())).toBe('CLAIM_MISMATCH source-ref');
});

test('who signed is decided before what is said, and the age last of all of that', () => {
  expect(judge('provenance max-age=1h', {})).toBe('TOO_OLD max-age');
  expect(judge('provenance max-age=3h', provenance())).toBe('accepted');
  expect(judge('provenance source-repository=acme/other', {})).toBe('CLAIM_MISMATCH source-repository');
});

test('the identity rules hold for a line with its own signer', () => {
  const pull = { 'source-repository-ref': 'refs/pull/7/merge' };
  expect(judge('provenance source-repository=acme/app', provenance(), { claims: pull })).toMatch(/^CLAIM_MISMATCH/);
  expect(judge('vuln source-repository=acme/app', {}, { predicateType: VULN, claims: pull })).toBe(
    'CLAIM_MISMATCH source-ref',
  );
  expect(
    judge('vuln source-repository=acme/app source-ref=refs/pull/7/merge', {}, { predicateType: VULN, claims: pull }),
  ).toBe('accepted');
});

const VULN = 'https://cosign.sigstore.dev/attestation/vuln/v1';

test('exact type: nothing of another type meets a line', () => {
  expect(judge('vuln', {}, { predicateType: `${VULN}.1` })).toBe('ATTESTATION_MISMATCH predicateType');
  expect(judge('vuln', {}, { predicateType: VULN })).toBe('accepted');
});

const SPDX = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', packages: [{ name: 'a' }] };
const SPDX3 = {
  '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
  '@graph': [{ type: 'SpdxDocument' }, { type: 'software_Package', name: 'a' }],
};
const BOM = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ name: 'a', type: 'library' }] };
const SPDX_TYPE = 'https://spdx.dev/Document/v2.3';
const BOM_TYPE = 'https://cyclonedx.org/bom';

describe('an SBOM', () => {
  test.each([
    ['SPDX', SPDX_TYPE, SPDX],
    ['SPDX as the text that cosign writes', 'https://spdx.dev/Document', JSON.stringify(SPDX)],
    ['SPDX 3', 'https://spdx.dev/Document/v3', SPDX3],
    ['CycloneDX', BOM_TYPE, BOM],
  ])('as %s is accepted', (_, predicateType, predicate) => {
    expect(judge('sbom', predicate, { predicateType })).toBe('accepted');
    expect(judge(predicateType, predicate, { predicateType })).toBe('accepted');
  });

  test.each([
    ['without content', SPDX_TYPE, undefined, 'predicate'],
    ['as a text that is not JSON', SPDX_TYPE, 'SPDXVersion: SPDX-2.3', 'predicate'],
    ['as a text with duplicate keys', SPDX_TYPE, '{"spdxVersion":"SPDX-2.3","spdxVersion":"x"}', 'predicate'],
    ['as a text in a text', SPDX_TYPE, JSON.stringify(JSON.stringify(SPDX)), 'predicate'],
    ['that is empty', SPDX_TYPE, {}, 'spdxVersion SPDXID packages'],
    ['of another format', SPDX_TYPE, BOM, 'spdxVersion SPDXID packages'],
    ['of another format still', BOM_TYPE, SPDX, 'bomFormat specVersion components'],
    ['without packages', SPDX_TYPE, { ...SPDX, packages: [] }, 'packages'],
    ['with packages without a name', SPDX_TYPE, { ...SPDX, packages: [{}, { name: '' }, 'a'] }, 'packages'],
    ['with packages that are no list', SPDX_TYPE, { ...SPDX, packages: { name: 'a' } }, 'packages'],
    ['without components', BOM_TYPE, { ...BOM, components: undefined }, 'components'],
    [
      'of SPDX 3 without packages',
      'https://spdx.dev/Document/v3',
      { ...SPDX3, '@graph': [] },
      '@graph of type software_Package',
    ],
  ])('%s is refused', (_, predicateType, predicate, fields) => {
    expect(judge('sbom', predicate, { predicateType })).toBe(`ATTESTATION_MISMATCH ${fields}`);
    // A URI instead of the family does not avoid the check.
    expect(judge(predicateType, predicate, { predicateType })).toBe(`ATTESTATION_MISMATCH ${fields}`);
  });
});

test('many differences, and long ones, are cut', () => {
  const predicate = {
    ...provenance(),
    ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, 'y'.repeat(9999)])),
  };
  const { identity } = facts({ claims: CLAIMS });
  const evaluation = evaluateAttestation(
    { identity, provenTimes: [SIGNED], statement: { predicateType: SLSA, predicate } },
    requirement('provenance'),
    NOW,
  );
  if (evaluation.kind !== 'mismatch') throw new Error('accepted');
  expect(evaluation.findings).toHaveLength(20);
  expect(Math.max(...evaluation.findings.map(({ found }) => found?.length ?? 0))).toBeLessThan(400);
});

test('the schema knows each reason', () => {
  const schema = readFileSync(join(import.meta.dirname, '../../../docs/results.schema.json'), 'utf8');
  for (const reason of ['NO_ATTESTATION', 'ATTESTATION_MISMATCH']) expect(schema).toContain(`"${reason}"`);
});
