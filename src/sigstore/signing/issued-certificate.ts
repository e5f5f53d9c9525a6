import { type KeyObject, sign, X509Certificate } from 'node:crypto';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { GITHUB_ISSUER } from '../../domain/identity/github-issuer.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import { at, parseJson, toBase64 } from '../json-shape.ts';
import { joinUrl } from '../service-url.ts';
import { SigstoreError } from '../sigstore-error.ts';
import type { IdentityToken } from './identity-token.ts';
import { answered, callService, describe, isOutage, refusedBy, type ServiceCodes } from './service-call.ts';

/** A signing certificate for our key, with the issuers that legacy layers need. */
export interface SigningCertificate {
  /** Leaf, DER. */
  readonly der: Uint8Array;
  /** Leaf, PEM, 64 columns, final newline. */
  readonly pem: string;
  /** Issuers up to the root as sent by the CA, PEM without a final newline; '' if it sent none. */
  readonly chainPem: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface CertificateRequest {
  /** Base URL of the CA. */
  readonly url: string;
  readonly token: IdentityToken;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly now: () => Date;
}

const MAX_CA_ANSWER_BYTES = 256 * 1024;
const MAX_CHAIN = 10;
/** How far the CA's clock may be ahead of ours, in ms. */
const CLOCK_SKEW_MS = 5 * 60_000;
const CODES: ServiceCodes = {
  unavailable: 'CA_UNAVAILABLE',
  invalid: 'CA_INVALID',
  name: 'certificate authority',
};

/**
 * Requests a certificate from Fulcio (API v2): the id-token names the identity, and a signature over its challenge
 * proves possession of the key. The returned certificate must be for our key, name a subject and be valid now. Throws
 * CA_UNAVAILABLE, CA_REFUSED (naming the token's issuer and audience), CA_INVALID.
 */
export async function requestCertificate(
  call: CallLimits,
  http: HttpClient,
  request: CertificateRequest,
): Promise<SigningCertificate> {
  const proof = sign('sha256', Buffer.from(request.token.challenge), request.privateKey);
  const post: HttpRequest = {
    service: 'CA',
    method: 'POST',
    url: joinUrl(request.url, '/api/v2/signingCert'),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      // Fulcio accepts the token here or as a Bearer header; clients of all known instances send it here.
      credentials: { oidcIdentityToken: request.token.raw },
      publicKeyRequest: {
        publicKey: { algorithm: 'ECDSA', content: request.publicKey.export({ type: 'spki', format: 'pem' }) },
        proofOfPossession: toBase64(proof),
      },
    }),
    maxBytes: MAX_CA_ANSWER_BYTES,
    retry: true,
  };
  const response = await callService(call, { http, codes: CODES }, post);
  if (response.status !== 200 && response.status !== 201) throw refused(post, response, request.token);
  return checkCertificate(post, chainOf(response), request);
}

function chainOf(response: HttpResponse): readonly X509Certificate[] | undefined {
  const answer = parseJson(response.body);
  const listed =
    at(answer, 'signedCertificateEmbeddedSct', 'chain', 'certificates') ??
    at(answer, 'signedCertificateDetachedSct', 'chain', 'certificates');
  if (!Array.isArray(listed) || listed.length === 0 || listed.length > MAX_CHAIN) return undefined;
  try {
    return listed.map((pem: unknown) => new X509Certificate(String(pem)));
  } catch {
    return undefined;
  }
}

function checkCertificate(
  call: HttpRequest,
  chain: readonly X509Certificate[] | undefined,
  request: CertificateRequest,
): SigningCertificate {
  const [leaf, ...issuers] = chain ?? [];
  if (leaf === undefined) throw invalid(call, 'no certificate chain');
  if (!leaf.publicKey.equals(request.publicKey)) throw invalid(call, 'a certificate for another key');
  if (!leaf.subjectAltName) throw invalid(call, 'a certificate without a subject alternative name');
  const notBefore = leaf.validFromDate;
  const notAfter = leaf.validToDate;
  const now = request.now().getTime();
  if (!(notBefore.getTime() <= now + CLOCK_SKEW_MS && now < notAfter.getTime())) {
    const window = `${notBefore.toISOString()} to ${notAfter.toISOString()}`;
    throw invalid(
      call,
      `a certificate valid from ${window}, but the runner's clock says ${new Date(now).toISOString()}`,
    );
  }
  return {
    der: leaf.raw,
    pem: toPem(leaf.raw),
    // cosign v2 stores the chain as Fulcio's API v1 sends it: without a final newline.
    chainPem: issuers
      .map((issuer) => toPem(issuer.raw))
      .join('')
      .trimEnd(),
    notBefore,
    notAfter,
  };
}

/** PEM in the format of Go's encoding/pem. */
function toPem(der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function invalid(call: HttpRequest, what: string): SigstoreError {
  return new SigstoreError('CA_INVALID', `${describe(call)} returned ${what}`, {
    hint: "Nothing was signed. Check this runner's clock and the CA in the signing config.",
  });
}

function refused(call: HttpRequest, response: HttpResponse, token: IdentityToken): SigstoreError {
  if (isOutage(response.status) || (response.status >= 300 && response.status < 400)) {
    return refusedBy(call, response, { ...CODES, invalid: CODES.unavailable });
  }
  // Fulcio returns the same error for every bad token, so only the token's claims show what may be wrong.
  return new SigstoreError(
    'CA_REFUSED',
    `${answered(call, response)}; the id-token is from issuer ` +
      `${token.issuer} for audience ${token.audience.join(', ')} and expires at ${token.expires.toISOString()}`,
    { hint: whoTakes(token.issuer) },
  );
}

/** Which CA accepts tokens from this issuer. */
function whoTakes(issuer: string): string {
  if (issuer === GITHUB_ISSUER || issuer.startsWith(`${GITHUB_ISSUER}/`)) {
    return (
      'The public-good CA (https://fulcio.sigstore.dev, instance: public-good) accepts tokens from this issuer, and so ' +
      "does GitHub's CA (https://fulcio.githubapp.com, instance: github; Enterprise Cloud for private repositories)."
    );
  }
  const tenant = /^https:\/\/token\.actions\.([a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer)?.[1];
  if (tenant !== undefined) {
    return `https://fulcio.${tenant} (instance: github) accepts tokens from this issuer, the public-good CA does not.`;
  }
  return (
    'No public CA accepts tokens from this issuer. Give the signing-config and trusted-root of a private Fulcio ' +
    `that lists the issuer ${issuer} with the client id sigstore.`
  );
}
