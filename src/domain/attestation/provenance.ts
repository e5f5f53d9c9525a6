import type { ClaimName, Claims } from '../signature/claims.ts';
import { ValueError } from '../text/value-error.ts';
import { ACTIONS_BUILD_TYPE } from './predicate-types.ts';

/** An SLSA provenance v1 predicate (slsa.dev/spec/v1.0/provenance) with the fields of GitHub's build type. */
export interface WorkflowProvenance {
  readonly buildDefinition: {
    readonly buildType: typeof ACTIONS_BUILD_TYPE;
    readonly externalParameters: {
      readonly workflow: { readonly ref: string; readonly repository: string; readonly path: string };
    };
    readonly internalParameters: {
      readonly github: {
        readonly event_name: string;
        readonly repository_id: string;
        readonly repository_owner_id: string;
        readonly runner_environment: string;
      };
    };
    readonly resolvedDependencies: readonly [{ readonly uri: string; readonly digest: { readonly gitCommit: string } }];
  };
  readonly runDetails: {
    readonly builder: { readonly id: string };
    readonly metadata: { readonly invocationId: string };
  };
}

/**
 * The provenance that actions/attest writes for the run with these claims (actions/toolkit packages/attest,
 * provenance.ts), with the same fields in the same order. A certificate has the same claims as the id-token that it was
 * issued for, so a gate can compute the predicate from the certificate and compare. Throws ValueError that names the
 * claims that are missing.
 */
export function workflowProvenance(claims: Claims): WorkflowProvenance {
  const missing: ClaimName[] = [];
  const value = (name: ClaimName): string => {
    const found = claims[name];
    if (found === undefined) missing.push(name);
    return found ?? '';
  };
  const repository = value('source-repository-uri');
  const ref = value('source-repository-ref');
  const provenance: WorkflowProvenance = {
    buildDefinition: {
      buildType: ACTIONS_BUILD_TYPE,
      externalParameters: {
        workflow: { ref, repository, path: workflowPath(value('build-config-uri'), repository) },
      },
      internalParameters: {
        github: {
          event_name: value('build-trigger'),
          repository_id: value('source-repository-identifier'),
          repository_owner_id: value('source-repository-owner-identifier'),
          runner_environment: value('runner-environment'),
        },
      },
      resolvedDependencies: [
        { uri: `git+${repository}@${ref}`, digest: { gitCommit: value('source-repository-digest') } },
      ],
    },
    runDetails: {
      builder: { id: value('build-signer-uri') },
      metadata: { invocationId: value('run-invocation-uri') },
    },
  };
  if (missing.length === 0) return provenance;
  throw new ValueError(`there is no claim ${missing.join(', ')}`);
}

/** The path of the top-level workflow: its URI without the repository, up to the ref. */
function workflowPath(buildConfigUri: string, repository: string): string {
  const inRepository = buildConfigUri.startsWith(`${repository}/`);
  // A workflow that an organisation requires may be in another repository, which then stays in the path.
  const path = inRepository ? buildConfigUri.slice(repository.length + 1) : withoutOrigin(buildConfigUri);
  const at = path.indexOf('@');
  return at < 0 ? path : path.slice(0, at);
}

function withoutOrigin(uri: string): string {
  return /^[a-z]+:\/\/[^/]*\/(.*)$/s.exec(uri)?.[1] ?? uri;
}

/**
 * The events that the text of GitHub's build type allows (actions/buildtypes workflow/v1). actions/attest writes
 * provenance for every event.
 */
const DESCRIBED_EVENTS: readonly string[] = ['create', 'release', 'push', 'workflow_dispatch'];

export function isDescribedEvent(event: string): boolean {
  return DESCRIBED_EVENTS.includes(event);
}
