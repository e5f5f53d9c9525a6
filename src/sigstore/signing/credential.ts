import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../usecases/ports.ts';
import type { IdentityToken } from './identity-token.ts';
import { requestCertificate, type SigningCertificate } from './issued-certificate.ts';

/** An ephemeral key, never written anywhere, and the certificate that says whose it is. */
export interface Credential {
  readonly privateKey: KeyObject;
  readonly certificate: SigningCertificate;
  /** No signature may be started from here on: what follows it must still fall into the certificate's life. */
  readonly usableUntil: Date;
}

export interface CredentialSource {
  /** The id-token in use, asked for once. */
  token(call: CallLimits): Promise<IdentityToken>;
  /** The credential of the run, made when first needed and anew when it runs out. A failure stays: nobody asks twice. */
  credential(call: CallLimits): Promise<Credential>;
}

export interface CredentialOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly identityToken: (call: CallLimits) => Promise<IdentityToken>;
  readonly caUrl: (call: CallLimits) => Promise<string>;
}

/** Time that signing, logging and timestamping may take before the certificate runs out; half its life if that is less. */
const MARGIN_MS = 60_000;
const createKeyPair = promisify(generateKeyPair);

/** One id-token, one key and one certificate for the run, all three replaced when the certificate runs out. */
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
    // By our clock and by the CA's: a certificate lives as long as it says, counted from when it was asked for.
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
      // Of several that find it worn out at once, the first replaces it for all.
      if (current === seen) current = make(call);
      return current;
    },
  };
}
