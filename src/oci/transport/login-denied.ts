import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { Advise } from './advice.ts';
import type { Authorization } from './choose-authorization.ts';
import { basicOf, type Credential, type CredentialStore } from './credential.ts';
import type { LoginMemory } from './login-memory.ts';
import { answerError, type RegistryError } from './registry-error.ts';
import { registryOrigin } from './registry-origin.ts';
import type { RegistryCall } from './send-call.ts';

/** Explains refused logins. */
export interface Denials {
  /** Where the login for this repository came from, or which places were searched; one sentence. */
  describeLogin(call: Pick<RegistryCall, 'repository' | 'access'>): Promise<string>;
  /** The error for a 401 that no login changes. */
  denied(call: RegistryCall, response: HttpResponse, used: Authorization): Promise<RegistryError>;
}

export function createDenials(options: {
  readonly credentials: CredentialStore;
  readonly advise: Advise;
  readonly memory: LoginMemory;
  readonly context: CallLimits;
  readonly insecureRegistries: readonly string[];
}): Denials {
  const { credentials, advise, memory, context } = options;

  const describeLogin: Denials['describeLogin'] = async (call) => {
    const origin = registryOrigin(call.repository.registry, options.insecureRegistries);
    const login = await describeCredential(call);
    if (!memory.stateOf(context, origin).lacksCertificate) return login;
    return `${login} The registry also asked for a client certificate. ${advise({ kind: 'certificate-missing', host: origin.host })}`;
  };

  const describeCredential: Denials['describeLogin'] = async (call) => {
    const { repository } = call;
    const credential = await credentials.find(context, repository);
    if (credential === undefined) {
      return `No login for ${repository.registry} was found (looked in ${credentials.describePlaces()}).`;
    }
    if (credential.isFallback && memory.isAnonymous(context, call)) {
      return `The login from ${credential.source} was refused, so access was anonymous.`;
    }
    return `The login came from ${credential.source}.`;
  };

  return {
    describeLogin,
    async denied(call, response, used) {
      const scope = used.token === undefined ? '' : ` The scope needed is ${used.token.request.scopes.join(' ')}.`;
      const unfit = used.header === undefined ? whyNotBasic(used.credential) : '';
      const right = advise({ kind: 'right-missing', repository: call.repository, access: call.access });
      const hint = `${await describeLogin(call)} ${unfit}${right}${scope}`;
      return answerError(`${call.method} ${call.url.origin}${call.url.pathname}`, response, hint);
    },
  };
}

/** Why a login that was found was not sent to a registry that asks for Basic: empty, or a sentence and a space. */
function whyNotBasic(credential: Credential | undefined): string {
  if (credential === undefined || basicOf(credential) !== undefined) return '';
  const kind =
    credential.kind === 'identity-token'
      ? 'a refresh token (identitytoken), which only a token server may see'
      : 'a Bearer token (registrytoken)';
  return `It is ${kind}, and the registry asks for a user name and a password (Basic): log in with those. `;
}
