import type { OwnAdvice } from '../../oci/transport/advice.ts';

/** Advice for the author of a workflow when a registry refuses: inputs of the actions, and permissions of the job. */
export const workflowAdvice: OwnAdvice = (problem) => {
  switch (problem.kind) {
    case 'right-missing': {
      if (problem.repository.registry !== GHCR) return undefined;
      const permission = problem.access === 'push' ? 'packages: write' : 'packages: read';
      return `Add \`${permission}\` to the job's permissions, and check that the package grants access to this repository ("Manage Actions access" in its settings).`;
    }
    case 'pull-forbidden':
      if (problem.repository.registry !== GHCR) return undefined;
      return 'A private package needs `packages: read`, and its settings must list this repository under "Manage Actions access".';
    case 'push-forbidden':
      return problem.repository.registry === GHCR ? pushAdvice(problem.answer) : undefined;
    case 'login-missing':
      return 'No login was found for this registry. Add docker/login-action, or `registry-username` and `registry-password`.';
    case 'login-malformed':
      return 'Repair it, or log in again with docker/login-action.';
    case 'login-helper-failed':
      return 'Log in again, or give `registry-username` and `registry-password`.';
    case 'token-host-unlisted':
      return `If this token server belongs to the registry, add \`token-hosts: ${problem.host}\`.`;
    case 'announces-http':
    case 'announces-port':
      return undefined;
    case 'certificate-missing':
      return `If ${problem.host} lets in only clients that have a certificate, give one: the line \`${problem.host}=PATH\` in \`client-certificate\`, and one for its key in \`client-key\`.`;
    case 'certificate-refused':
      return `${problem.host} did not accept the certificate in \`client-certificate\`. Check that it is valid today, complete with its chain, and issued by an authority that ${problem.host} trusts.`;
    case 'certificate-elsewhere':
      return `${problem.host} lets in only clients that have a certificate. \`client-certificate\` is presented only to registries and their own token servers (\`token-hosts\`), never after a redirect.`;
    case 'no-answer':
      return NO_ANSWER[problem.failure];
    case 'rate-limited':
      return 'The registry limits requests. Try again later, or with a lower `concurrency`.';
    case 'outage':
      return 'The registry has an outage. Try again, or allow more time with `retry-for`.';
  }
};

const GHCR = 'ghcr.io';

/** The text of GHCR's answer distinguishes a package that may not be written from one that may not be created. */
function pushAdvice(answer: string): string {
  if (/write_package|permission_denied/i.test(answer)) {
    return (
      "The package exists, but this repository may not write to it. In the package's settings, under " +
      '"Manage Actions access", add this repository with the role Write. The job needs `packages: write`.'
    );
  }
  return (
    "Add `packages: write` to the job's permissions. If it is already there, the organization may forbid " +
    'creating packages, or the package is not linked to this repository ("Manage Actions access" in its settings).'
  );
}

/** Only the failures with special advice for workflows. */
const NO_ANSWER: Readonly<Partial<Record<string, string>>> = {
  tls: 'If the registry has a private certificate authority, name it in `ca-certificates`.',
  connect: 'Check that the registry can be reached from this runner (proxy, firewall).',
  protocol: 'Plain http is only for loopback and for hosts in `insecure-registries`.',
};
