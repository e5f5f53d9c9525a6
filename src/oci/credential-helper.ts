import type { StoredLogin } from './credentials.ts';
import { RegistryError } from './registry-error.ts';

/** Runs a program without a shell and answers when it has ended; rejects if it cannot run or takes too long. */
export type RunHelper = (
  program: string,
  args: readonly string[],
  stdin: string,
) => Promise<{ readonly exitCode: number; readonly stdout: string }>;

/** What helpers print when they hold nothing for a server (docker/docker-credential-helpers v0.9). */
const NOT_FOUND = 'credentials not found in native keychain';
/** Longest answer of a helper, in characters. */
const ANSWER_MAX = 1024 * 1024;
/** Longest run of a helper, in ms; some ask a cloud service. */
const HELPER_TIMEOUT_MS = 30_000;

/**
 * Asks `docker-credential-…` for the login of a server, by its protocol: `get`, the server on stdin, JSON or an
 * error on stdout. Undefined = it holds none. Throws REGISTRY_DENIED.
 */
export async function askHelper(run: RunHelper, program: string, server: string): Promise<StoredLogin | undefined> {
  const fail = (why: string, cause?: unknown, advice = ''): RegistryError =>
    new RegistryError('REGISTRY_DENIED', `the credential helper ${program} gave no login for ${server}: ${why}`, {
      cause,
      hint: `${advice}Log in again, or give \`registry-username\` and \`registry-password\`.`,
    });
  let answer: Awaited<ReturnType<RunHelper>>;
  try {
    answer = await run(program, ['get'], server);
  } catch (cause) {
    throw fail(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const { exitCode, stdout } = answer;
  if (stdout.length > ANSWER_MAX) throw fail('its answer is too long');
  if (exitCode !== 0) {
    if (stdout.trim() === NOT_FOUND) return undefined;
    // Never quoted: some helpers print a login and fail all the same.
    const said = stdout.trim() === '' ? 'no words' : 'words that are not shown, as they may hold a login';
    const advice = `To read them, run \`${program} get\` on the runner and write ${server} to its standard input. `;
    throw fail(`exit status ${exitCode} and ${said}`, undefined, stdout.trim() === '' ? '' : advice);
  }
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    // Without the cause: a JSON error quotes the text, which may be a password.
    throw fail('its answer is no JSON');
  }
  if (typeof value !== 'object' || value === null) throw fail('its answer is no object');
  const { Username, Secret } = value as Readonly<Record<string, unknown>>;
  if (typeof Username !== 'string' || typeof Secret !== 'string') throw fail('its answer lacks Username or Secret');
  if (Secret === '') return undefined;
  return Username === '<token>'
    ? { username: Username, identityToken: Secret }
    : { username: Username, password: Secret };
}

/** What is needed of a started process. */
interface Child {
  kill(signal: 'SIGKILL'): unknown;
  readonly spawnfile: string | null;
  readonly stdin: { on(event: 'error', listener: () => void): unknown } | null | undefined;
}

/** The RunHelper of real runs: from PATH, by @actions/exec, nothing echoed, killed after `timeoutMs`. */
export function createHelperRunner(timeoutMs: number = HELPER_TIMEOUT_MS): RunHelper {
  return async (program, args, stdin) => {
    const [{ getExecOutput }, { subscribe, unsubscribe }] = await Promise.all([
      import('@actions/exec'),
      import('node:diagnostics_channel'),
    ]);
    // @actions/exec neither kills nor hands out its child; a helper that waits for a locked keychain would
    // otherwise outlive the run. Node announces each child it starts.
    const children: Child[] = [];
    const onChild = (message: unknown): void => {
      const child = (message as { readonly process?: Child }).process;
      if (child === undefined) return;
      children.push(child);
      // A helper may answer without reading what it is asked. Its closed stdin is an error event, which
      // @actions/exec does not listen for and which would end this process. The streams come after the announcement.
      queueMicrotask(() => {
        if (child.spawnfile?.includes(program) === true) child.stdin?.on('error', () => undefined);
      });
    };
    subscribe('child_process', onChild);
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // The name is set after the announcement, and others may start children meanwhile.
        for (const child of children) if (child.spawnfile?.includes(program) === true) child.kill('SIGKILL');
        reject(new Error(`no answer within ${timeoutMs / 1000} s`));
      }, timeoutMs);
    });
    try {
      const input = Buffer.from(stdin);
      const running = getExecOutput(program, [...args], { input, silent: true, ignoreReturnCode: true });
      const { exitCode, stdout } = await Promise.race([running, expired]);
      return { exitCode, stdout };
    } finally {
      clearTimeout(timer);
      unsubscribe('child_process', onChild);
    }
  };
}
