import { CodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { isSafeServiceUrl } from '../../sigstore/service-url.ts';
import { type IdentityToken, requestIdentityToken, SIGSTORE_AUDIENCE } from '../../sigstore/signing/identity-token.ts';
import type { SignRequest } from '../../usecases/signing/sign-request.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { refusePublicLog } from './public-log-guard.ts';

/**
 * Asks the runner for the id-token of this job. Throws IDENTITY_TOKEN_UNAVAILABLE, and PUBLIC_LOG_REFUSED for a
 * repository that the token does not call public.
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

/** What the run is, to say why it has no id-token. */
interface MissingTokenContext {
  /** A fork's pull request started it, and it does not run as the own repository. */
  readonly isFork: boolean;
  readonly isDependabot: boolean;
}

/** The condition under which a run of this workflow can sign. */
const CAN_SIGN_IF =
  "if: github.actor != 'dependabot[bot]' && (github.event_name != 'pull_request' || " +
  'github.event.pull_request.head.repo.full_name == github.repository)';

/**
 * The error for a run without ACTIONS_ID_TOKEN_REQUEST_URL/_TOKEN: fork and Dependabot runs never get a
 * token, so they are told that and the `if:` line; every other run lacks a permission.
 */
export function missingIdentityToken(context: MissingTokenContext): CodedError {
  if (context.isFork || context.isDependabot) {
    const who = context.isFork ? 'a pull request from a fork' : 'a Dependabot run';
    return new CodedError(
      'IDENTITY_TOKEN_UNAVAILABLE',
      `there is no id-token on fork and Dependabot runs, and this is ${who}: it cannot sign`,
      {
        hint: `Skip signing there; write on the step or job:\n${CAN_SIGN_IF}`,
      },
    );
  }
  // Whether the job belongs to a called workflow no variable tells.
  return new CodedError(
    'IDENTITY_TOKEN_UNAVAILABLE',
    'this job may not ask for an id-token: the permission id-token: write is missing',
    {
      hint:
        'Give the job these permissions:\npermissions:\n  contents: read\n  id-token: write\n  packages: write\n' +
        'In a called workflow the caller must grant it too: write the same lines on the job that calls it with `uses:`.',
    },
  );
}
