import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../usecases/ports.ts';
import type { IdentityToken } from './identity-token.ts';
import { requestCertificate, type SigningCertificate } from './issued-certificate.ts';

/** An ephemeral key, which is never stored, and the certificate that binds it to an identity. */
export interface Credential {
  readonly privateKey: KeyObject;
  readonly certificate: SigningCertificate;
  /** Start no signature from this time on: logging and timestamping must finish while the certificate is valid. */
  readonly usableUntil: Date;
}

export interface CredentialSource {
  /** The id-token in use, requested once. */
  token(call: CallLimits): Promise<IdentityToken>;
  /** The credential of the run, created on first use and replaced when it expires. A failure is permanent: no retry. */
  credential(call: CallLimits): Promise<Credential>;
}

export interface CredentialOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly identityToken: (call: CallLimits) => Promise<IdentityToken>;
  readonly caUrl: (call: CallLimits) => Promise<string>;
}

/** Time reserved for signing, logging and timestamping before the certificate expires; at most half its lifetime. */
const MARGIN_MS = 60_000;
const createKeyPair = promisify(generateKeyPair);

/** Uses one id-token, one key and one certificate for the run, and replaces all three when the certificate expires. */
export function createCredentialSource(options: CredentialOptions): CredentialSource {
  const { http, clock } = options;
  let token: Promise<IdentityToken> | undefined;
  let current: Promise<Credential> | undefined;
  let made = 0;

  const currentToken = (call: CallLimits): Promise<IdentityToken> => {
    token ??= options.identityToken(call);
    return token;
  };

  const freshToken = async (call: CallLimits): Promise<IdentityToken> => {
    if (made === 0) {
      const first = await currentToken(call);
      if (first.expires.getTime() - clock.now().getTime() > MARGIN_MS / 2) return first;
    }
    token = options.identityToken(call);
    return token;
  };

  const make = async (call: CallLimits): Promise<Credential> => {
    const [{ privateKey, publicKey }, identity, url] = await Promise.all([
      createKeyPair('ec', { namedCurve: 'prime256v1' }),
      freshToken(call),
      options.caUrl(call),
    ]);
    made += 1;
    const asked = clock.now().getTime();
    const certificate = await requestCertificate(call, http, {
      url,
      token: identity,
      privateKey,
      publicKey,
      now: () => clock.now(),
    });
    // Our clock and the CA's may differ: use the stated end, or the request time plus the lifetime if that is earlier.
    const life = certificate.notAfter.getTime() - certificate.notBefore.getTime();
    const ends = Math.min(certificate.notAfter.getTime(), asked + life);
    const margin = Math.min(MARGIN_MS, (ends - asked) / 2);
    return { privateKey, certificate, usableUntil: new Date(ends - margin) };
  };

  return {
    token: currentToken,
    async credential(call) {
      current ??= make(call);
      const seen = current;
      const credential = await seen;
      if (clock.now().getTime() < credential.usableUntil.getTime()) return credential;
      // If several callers find it expired at once, the first one replaces it for all.
      if (current === seen) current = make(call);
      return current;
    },
  };
}
