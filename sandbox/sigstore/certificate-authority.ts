import type { KeyObject } from 'node:crypto';
import { defaultClaims } from '../github/claims.ts';
import { bytesAt, type JsonObject, parseJsonBody, textAt } from '../http/json-body.ts';
import { grpcReply } from '../http/replies.ts';
import { jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { type DerValue, readDer, readMembers } from './asn1.ts';
import {
  type AlternativeName,
  authorityKeyIdentifier,
  basicConstraints,
  CODE_SIGNING,
  distinguishedName,
  type Extension,
  encodeTbs,
  extendedKeyUsage,
  type Issuer,
  issueCertificate,
  keyUsage,
  type Name,
  randomSerial,
  signCertificate,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from './certificate.ts';
import type { CtLog, SctKind } from './ct-log.ts';
import {
  encodeFulcioExtensions,
  type FulcioExtensions,
  type Principal,
  workflowPrincipal,
} from './fulcio-extensions.ts';
import { checkIdentityToken, type TrustedIssuer, tokenOfRequest } from './identity-token-check.ts';
import { createKey, fromPem, isAcceptableKey, isSignatureOf, parsePublicKey, type SigningKey, toPem } from './keys.ts';

export interface CertificateAuthorityOptions {
  readonly clock: () => Date;
  readonly issuers: readonly TrustedIssuer[];
  /** Undefined: certificates carry no SCT, as GitHub's own instance issues them. */
  readonly ctLog?: CtLog | undefined;
  /** Name of the root (and, with `CN + ' intermediate'`, of the intermediate). */
  readonly name?: Name;
  /** Issue through an intermediate; give it a validity to make it expire. */
  readonly intermediate?: boolean | { readonly notBefore: Date; readonly notAfter: Date };
  /** Host of the workflow URIs. */
  readonly serverUrl?: string;
  /** Life of a certificate in seconds. */
  readonly lifetimeSeconds?: number;
}

/** What a test wants in a certificate, right or wrong; what is left out is as the real one makes it. */
export interface CertifyOptions {
  readonly publicKey: KeyObject;
  /** Default: the URI of the default workflow run. Several, none and hostile text are possible. */
  readonly names?: readonly AlternativeName[];
  /** By number of 1.3.6.1.4.1.57264.1.N, over the default run's; undefined or '' leaves one out. */
  readonly extensions?: FulcioExtensions;
  /** Use exactly `extensions`, without the default run's. */
  readonly onlyTheseExtensions?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Object identifier of the extended key usage; null leaves it out. */
  readonly extendedKeyUsage?: string | null;
  readonly sct?: SctKind;
  /** Time in the SCT; default now. */
  readonly sctTime?: Date;
  /** `stranger`: signed by another key under the same issuer name. */
  readonly signedBy?: 'authority' | 'stranger';
  readonly moreExtensions?: readonly Extension[];
}

/** A certificate with what belongs to it. PEM as Go writes it. */
export interface IssuedCertificate {
  readonly der: Buffer;
  readonly pem: string;
  /** Leaf, intermediate if there is one, root. */
  readonly chainPem: readonly string[];
}

export interface CertificateAuthority {
  readonly name: Name;
  readonly ctLog: CtLog | undefined;
  /** Issuing certificate first, root last, DER: what a trusted root lists. */
  readonly chain: readonly Buffer[];
  handler(request: SandboxRequest): Promise<Reply>;
  /** Issues without asking for a token. */
  certify(options: CertifyOptions): IssuedCertificate;
}

const YEAR_MS = 365 * 86_400_000;
const VALID_FROM = new Date('2024-01-01T00:00:00Z');
const AUDIENCE = 'sigstore';

const REFUSALS = {
  token: 'There was an error processing the identity token',
  proof: 'The signature supplied in the request could not be verified',
  weakKey: 'The public key supplied in the request is insecure',
  noKey: 'The public key supplied in the request could not be parsed',
  csr: 'The certificate signing request could not be parsed',
  json: 'unexpected EOF',
} as const;

const refuse = (reason: keyof typeof REFUSALS): Reply => grpcReply(400, 3, REFUSALS[reason]);

interface Authority {
  readonly issuer: Issuer;
  readonly chain: readonly Buffer[];
}

function createAuthority(options: CertificateAuthorityOptions, name: Name): Authority {
  const rootKey = createKey();
  const root: Issuer = { name: distinguishedName(name), key: rootKey };
  const until = new Date(VALID_FROM.getTime() + 20 * YEAR_MS);
  const issue = (subject: Issuer, notBefore: Date, notAfter: Date, pathLength: number): Buffer =>
    issueCertificate({
      ...{ subject, issuer: root, notBefore, notAfter },
      extensions: [
        subjectKeyIdentifier(subject.key.spki),
        authorityKeyIdentifier(rootKey.spki),
        basicConstraints(pathLength),
        keyUsage(5, 6),
        extendedKeyUsage(CODE_SIGNING),
      ],
    }).der;
  const rootDer = issue(root, VALID_FROM, until, 1);
  if (options.intermediate === undefined || options.intermediate === false) return { issuer: root, chain: [rootDer] };
  const { notBefore, notAfter } =
    options.intermediate === true ? { notBefore: VALID_FROM, notAfter: until } : options.intermediate;
  const between: Issuer = {
    name: distinguishedName({ ...name, commonName: `${name.commonName ?? ''} intermediate` }),
    key: createKey(),
  };
  return { issuer: between, chain: [issue(between, notBefore, notAfter, 0), rootDer] };
}

/** PKCS#10 request whose own signature holds → its public key (RFC 2986 §4.2). */
function keyOfSigningRequest(der: Uint8Array): KeyObject | 'unreadable' | 'bad-signature' {
  let info: DerValue | undefined;
  let key: KeyObject | undefined;
  let signature: DerValue | undefined;
  try {
    [info, , signature] = readMembers(readDer(der)[0]);
    key = parsePublicKey(readMembers(info)[2]?.whole ?? Buffer.alloc(0));
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable';
    throw error;
  }
  if (info === undefined || key === undefined || signature === undefined) return 'unreadable';
  return isSignatureOf(key, info.whole, signature.content.subarray(1)) ? key : 'bad-signature';
}

/** The key a request proves to hold, or the refusal. */
function provenKey(body: JsonObject, principal: Principal): KeyObject | Reply {
  const csr = bytesAt(body, 'certificateSigningRequest');
  if (csr !== undefined) {
    const key = keyOfSigningRequest(fromPem(csr.toString('utf8'))?.der ?? csr);
    if (key === 'unreadable') return refuse('csr');
    if (key === 'bad-signature') return refuse('proof');
    return isAcceptableKey(key) ? key : refuse('weakKey');
  }
  const key = parsePublicKey(textAt(body, 'publicKeyRequest', 'publicKey', 'content') ?? '');
  if (key === undefined) return refuse('noKey');
  if (!isAcceptableKey(key)) return refuse('weakKey');
  const proof = bytesAt(body, 'publicKeyRequest', 'proofOfPossession');
  const proven = proof !== undefined && isSignatureOf(key, Buffer.from(principal.challenge), proof);
  return proven ? key : refuse('proof');
}

const isReply = (value: KeyObject | Reply): value is Reply => 'status' in value;

/**
 * A Fulcio: POST /api/v2/signingCert verifies token and proof of possession and issues a ten-minute
 * certificate; every refusal has the words of the real one (1.8.8).
 */
export function createCertificateAuthority(options: CertificateAuthorityOptions): CertificateAuthority {
  const name = options.name ?? { organization: 'local', commonName: 'fulcio.local' };
  const serverUrl = options.serverUrl ?? 'https://github.com';
  const lifetimeMs = (options.lifetimeSeconds ?? 600) * 1000;
  const { issuer, chain } = createAuthority(options, name);
  const chainPem = chain.map((der) => toPem('CERTIFICATE', der));

  const defaultPrincipal = (): Principal => {
    const iss = options.issuers[0]?.issuer() ?? 'https://token.actions.githubusercontent.com';
    return workflowPrincipal(defaultClaims({}, { iss }), serverUrl);
  };

  const certify = (wanted: CertifyOptions): IssuedCertificate => {
    const principal = defaultPrincipal();
    const spki = wanted.publicKey.export({ format: 'der', type: 'spki' });
    const notBefore = wanted.notBefore ?? options.clock();
    const usage = wanted.extendedKeyUsage === undefined ? CODE_SIGNING : wanted.extendedKeyUsage;
    const claims = { ...(wanted.onlyTheseExtensions === true ? {} : principal.extensions), ...wanted.extensions };
    const fields = {
      subject: distinguishedName({}),
      issuer,
      notBefore,
      notAfter: wanted.notAfter ?? new Date(notBefore.getTime() + lifetimeMs),
      spki,
      serial: randomSerial(),
    };
    const extensions: Extension[] = [
      keyUsage(0),
      ...(usage === null ? [] : [extendedKeyUsage(usage)]),
      subjectKeyIdentifier(spki),
      authorityKeyIdentifier(issuer.key.spki),
      ...(wanted.names?.length === 0 ? [] : [subjectAlternativeName(wanted.names ?? [principal.subject])]),
      ...encodeFulcioExtensions(claims),
      ...(wanted.moreExtensions ?? []),
    ];
    const sct = wanted.sct ?? 'valid';
    if (options.ctLog !== undefined && sct !== 'none') {
      const tbs = encodeTbs({ ...fields, extensions });
      const when = wanted.sctTime === undefined ? {} : { at: wanted.sctTime };
      extensions.push(options.ctLog.timestamp({ tbs, issuerSpki: issuer.key.spki, kind: sct, ...when }));
    }
    const signer: SigningKey = wanted.signedBy === 'stranger' ? createKey() : issuer.key;
    const der = signCertificate(encodeTbs({ ...fields, extensions }), signer);
    const pem = toPem('CERTIFICATE', der);
    return { der, pem, chainPem: [pem, ...chainPem] };
  };

  const signingCert = (request: SandboxRequest): Reply => {
    const body = parseJsonBody(request.body);
    if (body === undefined) return refuse('json');
    const token = tokenOfRequest(body, request.headers['authorization']);
    const principal =
      token === undefined
        ? undefined
        : checkIdentityToken(token, {
            issuers: options.issuers,
            audience: AUDIENCE,
            serverUrl,
            now: options.clock(),
          });
    if (principal === undefined) return refuse('token');
    const key = provenKey(body, principal);
    if (isReply(key)) return key;
    const { chainPem: certificates } = certify({
      publicKey: key,
      names: [principal.subject],
      extensions: principal.extensions,
      onlyTheseExtensions: true,
    });
    // Without a CT log the real one answers in its other form, with an empty SCT (pkg/server/grpc_server.go).
    return options.ctLog === undefined
      ? jsonReply(200, { signedCertificateDetachedSct: { chain: { certificates }, signedCertificateTimestamp: '' } })
      : jsonReply(200, { signedCertificateEmbeddedSct: { chain: { certificates } } });
  };

  return {
    name,
    ctLog: options.ctLog,
    chain,
    certify,
    handler: async (request) => {
      switch (`${request.method} ${request.url.pathname}`) {
        case 'POST /api/v2/signingCert':
          return signingCert(request);
        case 'GET /api/v2/trustBundle':
          return jsonReply(200, { chains: [{ certificates: chainPem }] });
        case 'GET /api/v1/rootCert':
          return { status: 200, headers: [['Content-Type', 'text/plain']], body: chainPem.join('') };
        case 'GET /api/v2/configuration':
          return jsonReply(200, {
            issuers: options.issuers.map((trusted) => ({
              issuerUrl: trusted.issuer(),
              audience: AUDIENCE,
              challengeClaim: trusted.kind === 'email' ? 'email' : 'sub',
            })),
          });
        case 'GET /healthz':
          return jsonReply(200, { status: 'SERVING' });
        default:
          return grpcReply(404, 5, 'Not Found');
      }
    },
  };
}
