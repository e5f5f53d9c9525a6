import type { Finding } from '../identity/evaluation.ts';
import type { Claims } from '../signature/claims.ts';
import type { CertificateIdentity } from '../signature/facts.ts';
import type { Statement } from '../signature/signed-content.ts';
import { isJsonObject, type JsonObject } from '../text/json-object.ts';
import { ValueError } from '../text/value-error.ts';
import { differences, shownJson } from './differences.ts';
import { ACTIONS_BUILD_TYPE, OLD_ACTIONS_BUILD_TYPE } from './predicate-types.ts';
import { workflowProvenance } from './provenance.ts';

/** What a line requires of provenance in addition to its signer. */
export interface ProvenanceConditions {
  readonly builderId: string | undefined;
  readonly buildType: string | undefined;
}

/** `builder.id` of the old build type is this and the runner environment. */
const OLD_BUILDER_PREFIX = 'https://github.com/actions/runner/';

/**
 * Checks the content of SLSA provenance of any version. Any step of a job can write any predicate, so it counts only as
 * far as the certificate confirms it: the build types of actions/attest are compared with it field by field. Any other
 * build type must be named, or else it would be a way around this comparison. Returns the findings, failed or not.
 */
export function checkProvenance(
  { predicateType, predicate }: Pick<Statement, 'predicateType' | 'predicate'>,
  identity: CertificateIdentity,
  { builderId, buildType }: ProvenanceConditions,
): Finding[] {
  if (!isJsonObject(predicate)) {
    return [{ field: 'predicate', expected: 'an object', found: shownJson(predicate), ok: false }];
  }
  const isOldLayout = /\/v0(?:\.|$)/.test(predicateType);
  const build = isOldLayout ? predicate : objectAt(predicate, 'buildDefinition');
  const run = isOldLayout ? predicate : objectAt(predicate, 'runDetails');
  const foundType = valueAt(build, 'buildType');
  const foundBuilder = valueAt(objectAt(run, 'builder'), 'id');
  const findings: Finding[] = [];
  if (buildType !== undefined) findings.push(equality('build-type', buildType, foundType));
  if (builderId !== undefined) findings.push(equality('builder-id', builderId, foundBuilder));
  const compared = COMPARED.find(({ type }) => type === foundType);
  if (compared !== undefined) {
    findings.push(...compareWithCertificate(compared.expected, identity, predicate));
  } else if (buildType === undefined) {
    findings.push({
      field: 'build-type',
      expected: `${COMPARED.map(({ type }) => type).join(' or ')}, which are compared with the certificate, unless the line names another`,
      found: foundType === undefined ? undefined : shownJson(foundType),
      ok: false,
    });
  }
  return findings;
}

function compareWithCertificate(
  expected: (identity: CertificateIdentity) => JsonObject,
  identity: CertificateIdentity,
  predicate: JsonObject,
): Finding[] {
  const { subject, claims } = identity;
  const signer = claims['build-signer-uri'];
  // Two names of the workflow that held the key.
  if (signer !== subject) {
    return [{ field: 'claims build-signer-uri', expected: `the subject ${subject}`, found: signer, ok: false }];
  }
  try {
    const unequal = differences(expected(identity), predicate, '');
    const agrees = { field: 'predicate', expected: 'what the certificate says', found: 'the same', ok: true };
    return unequal.length === 0 ? [agrees] : unequal;
  } catch (error) {
    // A claim that the certificate lacks confirms nothing.
    if (!(error instanceof ValueError)) throw error;
    return [{ field: 'certificate', expected: 'all claims that provenance repeats', found: error.message, ok: false }];
  }
}

function equality(field: string, expected: string, found: unknown): Finding {
  return { field, expected, found: found === undefined ? undefined : shownJson(found), ok: found === expected };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = valueAt(object, key);
  return isJsonObject(value) ? value : {};
}

function valueAt(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The build types of actions/attest, and the predicate that a certificate implies. */
const COMPARED: readonly { readonly type: string; readonly expected: (identity: CertificateIdentity) => JsonObject }[] =
  [
    { type: ACTIONS_BUILD_TYPE, expected: ({ claims }) => ({ ...workflowProvenance(claims) }) },
    { type: OLD_ACTIONS_BUILD_TYPE, expected: ({ claims }) => oldProvenance(claims) },
  ];

/** The provenance that actions/attest wrote until mid-2024 for the run in the certificate. */
function oldProvenance(claims: Claims): JsonObject {
  const { buildDefinition, runDetails } = workflowProvenance(claims);
  const { runner_environment: runner, ...github } = buildDefinition.internalParameters.github;
  return {
    buildDefinition: { ...buildDefinition, buildType: OLD_ACTIONS_BUILD_TYPE, internalParameters: { github } },
    runDetails: { ...runDetails, builder: { id: `${OLD_BUILDER_PREFIX}${runner}` } },
  };
}
