import type { Finding } from '../identity/evaluation.ts';
import { parseWorkflowUri } from '../identity/workflow-uri.ts';
import type { CertificateIdentity } from '../signature/facts.ts';
import type { Statement } from '../signature/signed-content.ts';
import { isJsonObject, type JsonObject } from '../text/json-object.ts';
import { differences, shownJson } from './differences.ts';
import { ACTIONS_BUILD_TYPE, OLD_ACTIONS_BUILD_TYPE } from './predicate-types.ts';

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
    const unequal = differences(compared.expected(identity), predicate, '');
    const agrees = { field: 'predicate', expected: 'what the certificate says', found: 'the same', ok: true };
    findings.push(...(unequal.length === 0 ? [agrees] : unequal));
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
    {
      type: ACTIONS_BUILD_TYPE,
      expected: (identity) => {
        const { 'build-signer-uri': signer, 'runner-environment': runner } = identity.claims;
        return expectedPredicate(identity, {
          type: ACTIONS_BUILD_TYPE,
          // The claim and the subject are two names of the workflow that held the key.
          builder: signer === identity.subject ? signer : undefined,
          runner: { runner_environment: runner },
        });
      },
    },
    {
      type: OLD_ACTIONS_BUILD_TYPE,
      expected: (identity) => {
        const { 'runner-environment': runner } = identity.claims;
        const builder = runner === undefined ? undefined : `${OLD_BUILDER_PREFIX}${runner}`;
        return expectedPredicate(identity, { type: OLD_ACTIONS_BUILD_TYPE, builder, runner: {} });
      },
    },
  ];

/** The provenance that actions/attest writes for the run in the certificate (actions/toolkit, packages/attest). */
function expectedPredicate(
  { claims }: CertificateIdentity,
  {
    type,
    builder,
    runner,
  }: { readonly type: string; readonly builder: string | undefined; readonly runner: JsonObject },
): JsonObject {
  const repository = claims['source-repository-uri'];
  const ref = claims['source-repository-ref'];
  const config = claims['build-config-uri'];
  const path =
    repository === undefined || config === undefined ? undefined : parseWorkflowUri(config, repository)?.path;
  return {
    buildDefinition: {
      buildType: type,
      externalParameters: { workflow: { ref, repository, path } },
      internalParameters: {
        github: {
          event_name: claims['build-trigger'],
          repository_id: claims['source-repository-identifier'],
          repository_owner_id: claims['source-repository-owner-identifier'],
          ...runner,
        },
      },
      resolvedDependencies: [
        {
          uri: repository === undefined || ref === undefined ? undefined : `git+${repository}@${ref}`,
          digest: { gitCommit: claims['source-repository-digest'] },
        },
      ],
    },
    runDetails: { builder: { id: builder }, metadata: { invocationId: claims['run-invocation-uri'] } },
  };
}
