import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { Advise } from './advice.ts';
import type { RegistryAnswer } from './choose-authorization.ts';
import type { Credential, CredentialStore } from './credential.ts';
import type { LoginMemory } from './login-memory.ts';
import { isFrom } from './origin-state.ts';
import { awayHint } from './redirected-reads.ts';
import { answerError, type RegistryError } from './registry-error.ts';
import type { RegistryCall } from './send-call.ts';

/** Explains refusals, by what was really sent. */
export interface Denials {
  /**
   * Which login the refused request carried and where it came from, or why it carried none. `right`: advice about the
   * right that is missing, added where a login, or another one, may help.
   */
  explainRefusal(call: RefusedCall, answer: Pick<RegistryAnswer, 'url' | 'used'>, right: string): Promise<string>;
  /** The error for a 401 that no login changes. */
  denied(call: RegistryCall, answer: RegistryAnswer): Promise<RegistryError>;
}

type RefusedCall = Pick<RegistryCall, 'repository' | 'access'>;

export function createDenials(options: {
  readonly credentials: CredentialStore;
  readonly advise: Advise;
  readonly memory: LoginMemory;
  readonly context: CallLimits;
  readonly originOf: (repository: Repository) => URL;
}): Denials {
  const { credentials, advise, memory, context, originOf } = options;

  const explainRefusal: Denials['explainRefusal'] = async (call, answer, right) => {
    const origin = originOf(call.repository);
    if (!isFrom(answer, origin)) return awayHint(answer.url);
    const login = await explainLogin(call, answer, right);
    if (!memory.stateOf(context, origin).lacksCertificate) return login;
    return `${login} The registry also asked for a client certificate. ${advise({ kind: 'certificate-missing', host: origin.host })}`;
  };

  const explainLogin: Denials['explainRefusal'] = async (call, { used }, right) => {
    const { repository } = call;
    // Of several logins, the last one that was tried.
    const credential = used.credential ?? (await credentials.find(context, repository));
    if (credential === undefined) {
      return `No login for ${repository.registry} was found (looked in ${credentials.describePlaces()}). ${right}`;
    }
    if (credential.isFallback && memory.isAnonymous(context, call)) {
      return `The login from ${credential.source} was refused, so access was anonymous. ${right}`;
    }
    if (used.header !== undefined) return `The login came from ${credential.source}. ${right}`;
    const isAsked = used.credential !== undefined;
    const why = isAsked ? '. ' : ', because the registry did not ask for one.';
    return `The login from ${credential.source} was not sent${why}${isAsked ? whyNotBasic(credential) : ''}`;
  };

  return {
    explainRefusal,
    async denied(call, answer) {
      const { token } = answer.used;
      const scope = token === undefined ? '' : ` The scope needed is ${token.request.scopes.join(' ')}.`;
      const right = advise({ kind: 'right-missing', repository: call.repository, access: call.access });
      const hint = `${await explainRefusal(call, answer, right)}${scope}`;
      return answerError(`${call.method} ${call.url.origin}${call.url.pathname}`, answer, hint);
    },
  };
}

/** Why a login that was found was not sent to a registry that asks for Basic. */
function whyNotBasic(credential: Credential): string {
  const kind =
    credential.kind === 'identity-token'
      ? 'a refresh token (identitytoken), which only a token server may see'
      : 'a Bearer token (registrytoken)';
  return `It is ${kind}, and the registry asks for a user name and a password (Basic): log in with those.`;
}
