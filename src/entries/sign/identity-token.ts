import { CodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { isSafeServiceUrl } from '../../sigstore/service-url.ts';
import { type IdentityToken, requestIdentityToken, SIGSTORE_AUDIENCE } from '../../sigstore/signing/identity-token.ts';
import type { SignRequest } from '../../usecases/signing/sign-request.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { refusePublicLog } from './public-log-guard.ts';

/**
 * Requests the id-token of this job from the runner. Throws IDENTITY_TOKEN_UNAVAILABLE, and PUBLIC_LOG_REFUSED for a
 * repository that is not public according to the token.
 */
export async function askIdentityToken(
  call: CallLimits,
  run: RunEnvironment,
  { request, http }: { readonly request: SignRequest; readonly http: HttpClient },
): Promise<IdentityToken> {
  const requestUrl = run.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const requestToken = run.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  const { isForkRun, isDependabot } = run.context;
  if (requestUrl === '' || requestToken === '') {
    throw missingIdentityToken({ isFork: isForkRun, isDependabot });
  }
  run.mask(requestToken);
  const plainHttpHosts = request.network.insecureRegistries;
  if (!isSafeServiceUrl(requestUrl, plainHttpHosts)) {
    throw new CodedError('IDENTITY_TOKEN_UNAVAILABLE', 'ACTIONS_ID_TOKEN_REQUEST_URL is not an https URL', {
      hint: 'The runner sets this variable; do not override it in the workflow.',
    });
  }
  const token = await requestIdentityToken(call, http, {
    requestUrl,
    requestToken,
    audience: SIGSTORE_AUDIENCE,
    clock: run.clock,
    mask: run.mask,
    plainHttpHosts,
  });
  // The payload may lack the visibility or be outdated. The token decides.
  refusePublicLog(request.trust, visibilityOf(token.claims['repository_visibility']));
  return token;
}

function visibilityOf(claim: unknown): 'public' | 'private' | 'internal' | 'unknown' {
  return claim === 'public' || claim === 'private' || claim === 'internal' ? claim : 'unknown';
}

/** The kind of run, which explains why it has no id-token. */
interface MissingTokenContext {
  /** True if a pull request of a fork started the run, and it does not run in the context of the base repository. */
  readonly isFork: boolean;
  readonly isDependabot: boolean;
}

/** The condition under which a run of this workflow can sign. */
const CAN_SIGN_IF =
  "if: github.actor != 'dependabot[bot]' && (github.event_name != 'pull_request' || " +
  'github.event.pull_request.head.repo.full_name == github.repository)';

/**
 * The error for a run without ACTIONS_ID_TOKEN_REQUEST_URL/_TOKEN. Runs of forks and Dependabot never get a token, so
 * the hint for them is an `if:` line. Every other run lacks a permission.
 */
export function missingIdentityToken(context: MissingTokenContext): CodedError {
  if (context.isFork || context.isDependabot) {
    const who = context.isFork ? 'a pull request from a fork' : 'a Dependabot run';
    return new CodedError(
      'IDENTITY_TOKEN_UNAVAILABLE',
      `runs of forks and Dependabot get no id-token, and this is ${who}, so it cannot sign`,
      {
        hint: `Skip signing in such runs. Add this line to the step or job:\n${CAN_SIGN_IF}`,
      },
    );
  }
  // No variable tells whether the job belongs to a called workflow.
  return new CodedError(
    'IDENTITY_TOKEN_UNAVAILABLE',
    'this job may not request an id-token: the permission id-token: write is missing',
    {
      hint:
        'Give the job these permissions:\npermissions:\n  contents: read\n  id-token: write\n  packages: write\n' +
        'In a called workflow, the caller must grant them too: add the same lines to the job that calls it with `uses:`.',
    },
  );
}
