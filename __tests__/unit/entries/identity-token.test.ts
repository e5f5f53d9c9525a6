import { expect, test } from 'vitest';
import { startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import type { RunEnvironment } from '../../../src/entries/action/run-environment.ts';
import { askIdentityToken, missingIdentityToken } from '../../../src/entries/sign/identity-token.ts';
import type { GithubContext } from '../../../src/github/context.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import type { NetworkSettings } from '../../../src/usecases/connections.ts';
import type { SignRequest } from '../../../src/usecases/signing/sign-request.ts';
import { testCall } from '../../calls.ts';

const clock = { now: () => new Date(), sleep: () => Promise.resolve() };

/** Asks as a run with this environment does; which URLs were asked. */
async function ask(env: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const http = createHttpClient({ clock, random: () => 0, trace: ({ url }) => void asked.push(url) });
  const masked: string[] = [];
  const run = {
    env,
    clock,
    context: { isForkRun: false, isDependabot: false } as Partial<GithubContext> as GithubContext,
    mask: (secret) => void masked.push(secret),
  } as Partial<RunEnvironment> as RunEnvironment;
  const request = {
    trust: { kind: 'instance', instance: 'public-good' },
    network: { insecureRegistries: [] } as Partial<NetworkSettings> as NetworkSettings,
  } as Partial<SignRequest> as SignRequest;
  try {
    return { token: await askIdentityToken(testCall(), run, { request, http }), error: undefined, asked, masked };
  } catch (error) {
    return { token: undefined, error, asked, masked };
  } finally {
    await http.close();
  }
}

test('asks the endpoint that the runner names, and no other than an https one', async () => {
  await using stack = await startSigstore();
  const env = stack.idTokenEnvironment;
  const { token, asked } = await ask(env);
  expect(token?.issuer).toBe(stack.issuer);
  expect(asked).toHaveLength(1);

  // The same with the host changed to one that is not this machine: the secret would travel in the clear.
  const url = env.ACTIONS_ID_TOKEN_REQUEST_URL.replace(/\/\/[^/:]+/, '//runner.example');
  const refused = await ask({ ...env, ACTIONS_ID_TOKEN_REQUEST_URL: url });
  expect(refused.error).toMatchObject({
    code: 'IDENTITY_TOKEN_UNAVAILABLE',
    message: 'ACTIONS_ID_TOKEN_REQUEST_URL is not an https URL',
    hint: 'The runner sets this variable; do not override it in the workflow.',
  });
  expect(refused.asked).toEqual([]);
  expect(refused.masked).toContain(env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
});

const IF_LINE =
  "if: github.actor != 'dependabot[bot]' && (github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository)";

test.each([
  [{ isFork: true, isDependabot: false }, 'a pull request from a fork'],
  [{ isFork: false, isDependabot: true }, 'a Dependabot run'],
])('%j: says that there is none on fork and Dependabot runs, and prints the if: line', (context, who) => {
  const error = missingIdentityToken(context);
  expect(error.code).toBe('IDENTITY_TOKEN_UNAVAILABLE');
  expect(error.message).toContain('runs of forks and Dependabot get no id-token');
  expect(error.message).toContain(who);
  expect(error.hint).toContain(IF_LINE);
  expect(error.hint).not.toContain('permissions:');
});

test('elsewhere it prints the permissions, and that a caller of the workflow must grant them too', () => {
  const error = missingIdentityToken({ isFork: false, isDependabot: false });
  expect(error.code).toBe('IDENTITY_TOKEN_UNAVAILABLE');
  expect(error.hint).toContain('permissions:\n  contents: read\n  id-token: write\n  packages: write');
  expect(error.hint).toContain('In a called workflow, the caller must grant them too');
});
