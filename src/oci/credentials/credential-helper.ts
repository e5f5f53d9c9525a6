import { CodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Advise } from '../transport/advice.ts';
import { RegistryError } from '../transport/registry-error.ts';
import type { StoredLogin } from './stored-login.ts';

/** Runs a program to its end; rejects if it cannot run, takes too long or prints too much. */
export type RunHelper = (
  call: CallLimits,
  command: { readonly program: string; readonly args: readonly string[]; readonly stdin: string },
) => Promise<{ readonly exitCode: number; readonly stdout: string }>;

/** What helpers print if they have no login for a server (docker/docker-credential-helpers v0.9). */
const NOT_FOUND = 'credentials not found in native keychain';

/**
 * Asks a credential helper for the login of a server (docker/docker-credential-helpers): argument `get`, the server on
 * stdin, JSON or an error on stdout. Undefined if it has none. Throws REGISTRY_DENIED.
 */
export async function askHelper(
  call: CallLimits,
  asked: {
    readonly run: RunHelper;
    readonly program: string;
    readonly server: string;
    readonly advise: Advise;
  },
): Promise<StoredLogin | undefined> {
  const { run, program, server, advise } = asked;
  const fail = (why: string, cause?: unknown, first = ''): RegistryError =>
    new RegistryError('REGISTRY_DENIED', `the credential helper ${program} returned no login for ${server}: ${why}`, {
      cause,
      hint: `${first}${advise({ kind: 'login-helper-failed' })}`,
    });
  let answer: Awaited<ReturnType<RunHelper>>;
  try {
    answer = await run(call, { program, args: ['get'], stdin: server });
  } catch (cause) {
    // The call has ended.
    if (cause instanceof CodedError) throw cause;
    throw fail(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const { exitCode, stdout } = answer;
  if (exitCode !== 0) {
    if (stdout.trim() === NOT_FOUND) return undefined;
    // Never quoted: some helpers print a login even when they fail.
    const said = stdout.trim() === '' ? 'no output' : 'output that is not shown because it may contain a login';
    const toRead = `To read it, run \`${program} get\` on the runner and write ${server} to its standard input. `;
    throw fail(`exit status ${exitCode} and ${said}`, undefined, stdout.trim() === '' ? '' : toRead);
  }
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    // Without the cause: a JSON error quotes the text, which may be a password.
    throw fail('its output is not valid JSON');
  }
  if (typeof value !== 'object' || value === null) throw fail('its output is not an object');
  const { Username, Secret } = value as Readonly<Record<string, unknown>>;
  if (typeof Username !== 'string' || typeof Secret !== 'string') throw fail('its output has no Username or Secret');
  if (Secret === '') return undefined;
  return Username === '<token>'
    ? { username: Username, identityToken: Secret }
    : { username: Username, password: Secret };
}
