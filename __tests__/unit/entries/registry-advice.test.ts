import { describe, expect, test } from 'vitest';
import { workflowAdvice } from '../../../src/entries/action/registry-advice.ts';
import { completeAdvice, type RegistryProblem } from '../../../src/oci/transport/advice.ts';

const ghcr = { registry: 'ghcr.io', path: 'acme/app' };
const other = { registry: 'registry.example', path: 'acme/app' };

/** One of each kind that both roots have words for. */
const PROBLEMS: readonly RegistryProblem[] = [
  { kind: 'right-missing', repository: ghcr, access: 'push' },
  { kind: 'right-missing', repository: ghcr, access: 'pull' },
  { kind: 'right-missing', repository: other, access: 'push' },
  { kind: 'right-missing', repository: other, access: 'pull' },
  { kind: 'pull-forbidden', repository: ghcr },
  { kind: 'pull-forbidden', repository: other },
  { kind: 'push-forbidden', repository: ghcr, answer: 'permission_denied: write_package' },
  { kind: 'push-forbidden', repository: ghcr, answer: 'denied' },
  { kind: 'push-forbidden', repository: other, answer: 'denied' },
  { kind: 'login-missing' },
  { kind: 'login-malformed' },
  { kind: 'login-helper-failed' },
  { kind: 'token-host-unlisted', host: 'auth.example' },
  { kind: 'certificate-missing', host: 'registry.example' },
  { kind: 'certificate-refused', host: 'registry.example' },
  { kind: 'certificate-elsewhere', host: 'storage.example' },
  { kind: 'announces-http', registry: 'registry.example', host: 'registry.example', isOwnHost: true },
  { kind: 'announces-http', registry: 'registry.example', host: 'storage.example', isOwnHost: false },
  { kind: 'announces-port', registry: 'registry.example:8443', host: 'registry.example' },
  { kind: 'no-answer', failure: 'dns' },
  { kind: 'no-answer', failure: 'tls' },
  { kind: 'no-answer', failure: 'proxy' },
  { kind: 'no-answer', failure: 'connect' },
  { kind: 'no-answer', failure: 'protocol' },
  { kind: 'rate-limited' },
  { kind: 'outage' },
];

describe('without a root of its own', () => {
  const neutral = completeAdvice(undefined);

  test.each(PROBLEMS.map((problem) => [JSON.stringify(problem), problem] as const))(
    'the advice on %s names nothing of a workflow',
    (_text, problem) => {
      const advice = neutral(problem);
      expect(advice).toMatch(/^[A-Z].*\.$/);
      // Inputs stand in backticks, and permissions are GitHub's.
      expect(advice).not.toMatch(/`|permission|packages|action|workflow|job|runner|GitHub/i);
    },
  );
});

describe('the advice of the actions', () => {
  const advise = completeAdvice(workflowAdvice);

  test.each<[RegistryProblem, string]>([
    [
      { kind: 'right-missing', repository: ghcr, access: 'push' },
      'Add `packages: write` to the job\'s permissions, and check that the package grants access to this repository ("Manage Actions access" in its settings).',
    ],
    [
      { kind: 'right-missing', repository: ghcr, access: 'pull' },
      'Add `packages: read` to the job\'s permissions, and check that the package grants access to this repository ("Manage Actions access" in its settings).',
    ],
    [{ kind: 'right-missing', repository: other, access: 'push' }, 'It must have the right to push to acme/app.'],
    [{ kind: 'right-missing', repository: other, access: 'pull' }, 'It must have the right to pull from acme/app.'],
    [
      { kind: 'pull-forbidden', repository: ghcr },
      'A private package needs `packages: read`, and its settings must list this repository under "Manage Actions access".',
    ],
    [{ kind: 'pull-forbidden', repository: other }, 'The login must have the right to pull.'],
    [
      { kind: 'push-forbidden', repository: ghcr, answer: 'permission_denied: write_package' },
      'The package exists, but this repository may not write to it. In the package\'s settings, under "Manage Actions access", add this repository with the role Write. The job needs `packages: write`.',
    ],
    [
      { kind: 'push-forbidden', repository: ghcr, answer: 'denied' },
      'Add `packages: write` to the job\'s permissions. If it is already there, the organization may forbid creating packages, or the package is not linked to this repository ("Manage Actions access" in its settings).',
    ],
    [
      { kind: 'push-forbidden', repository: other, answer: 'permission_denied' },
      'It must have the right to push to acme/app.',
    ],
    [
      { kind: 'login-missing' },
      'No login was found for this registry. Add docker/login-action, or `registry-username` and `registry-password`.',
    ],
    [{ kind: 'login-malformed' }, 'Repair it, or log in again with docker/login-action.'],
    [{ kind: 'login-helper-failed' }, 'Log in again, or give `registry-username` and `registry-password`.'],
    [
      { kind: 'token-host-unlisted', host: 'auth.example' },
      'If this token server belongs to the registry, add `token-hosts: auth.example`.',
    ],
    [
      { kind: 'certificate-missing', host: 'registry.example:8443' },
      'If registry.example:8443 lets in only clients that have a certificate, give one: the line `registry.example:8443=PATH` in `client-certificate`, and one for its key in `client-key`.',
    ],
    [{ kind: 'no-answer', failure: 'dns' }, 'Check the registry name in the image reference.'],
    [
      { kind: 'no-answer', failure: 'tls' },
      'If the registry has a private certificate authority, name it in `ca-certificates`.',
    ],
    [
      { kind: 'no-answer', failure: 'connect' },
      'Check that the registry can be reached from this runner (proxy, firewall).',
    ],
    [
      { kind: 'no-answer', failure: 'protocol' },
      'Plain http is only for loopback and for hosts in `insecure-registries`.',
    ],
    [{ kind: 'rate-limited' }, 'The registry limits requests. Try again later, or with a lower `concurrency`.'],
    [{ kind: 'outage' }, 'The registry has an outage. Try again, or allow more time with `retry-for`.'],
  ])('on %j', (problem, words) => {
    expect(advise(problem)).toBe(words);
  });
});
