import type { OwnAdvice } from '../../oci/transport/advice.ts';

/** What a workflow's author should try when a registry refuses: inputs of the actions, and permissions of the job. */
export const workflowAdvice: OwnAdvice = (problem) => {
  switch (problem.kind) {
    case 'right-missing': {
      if (problem.repository.registry !== GHCR) return undefined;
      const permission = problem.access === 'push' ? 'packages: write' : 'packages: read';
      return `Add \`${permission}\` to the job's permissions, and see that the package lets this repository in ("Manage Actions access" in its settings).`;
    }
    case 'pull-forbidden':
      if (problem.repository.registry !== GHCR) return undefined;
      return 'A private package needs `packages: read`, and its settings must list this repository under "Manage Actions access".';
    case 'push-forbidden':
      return problem.repository.registry === GHCR ? pushAdvice(problem.answer) : undefined;
    case 'login-missing':
      return 'No login was found for this registry; add docker/login-action, or `registry-username` and `registry-password`.';
    case 'login-malformed':
      return 'Repair it, or log in again with docker/login-action.';
    case 'login-helper-failed':
      return 'Log in again, or give `registry-username` and `registry-password`.';
    case 'token-host-unlisted':
      return `If this token server belongs to the registry, add \`token-hosts: ${problem.host}\`.`;
    case 'no-answer':
      return NO_ANSWER[problem.failure];
    case 'rate-limited':
      return 'The registry limits requests; try later, or with a lower `concurrency`.';
    case 'outage':
      return 'The registry has an outage; try again, or give it longer with `retry-for`.';
  }
};

const GHCR = 'ghcr.io';

/** GHCR's words tell a package that this repository may not write from one that it may not create. */
function pushAdvice(answer: string): string {
  if (/write_package|permission_denied/i.test(answer)) {
    return (
      "The package exists, but this repository may not write it: open the package's settings, " +
      '"Manage Actions access", add this repository with role Write. The job needs `packages: write`.'
    );
  }
  return (
    "Add `packages: write` to the job's permissions. If it is there: the organization may forbid " +
    'creating packages, or the package is not linked to this repository ("Manage Actions access" in its settings).'
  );
}

/** Other failures are the same everywhere. */
const NO_ANSWER: Readonly<Partial<Record<string, string>>> = {
  tls: 'If the registry has a private certificate authority, name it in `ca-certificates`.',
  connect: 'Check that the registry can be reached from this runner (proxy, firewall).',
  protocol: 'Plain http is for loopback and for hosts in `insecure-registries` only.',
};
