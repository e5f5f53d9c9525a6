import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { quoted } from '../text/quoted.ts';
import type { Field, FieldReader, Fields } from './fields.ts';

/** The keys of a `TrustRoot`, as the parts of a trusted_root.json (protobuf-specs, TrustedRoot). */
export interface TrustRootParts {
  readonly certificateAuthorities: readonly AuthorityPart[];
  readonly timestampAuthorities: readonly AuthorityPart[];
  readonly tlogs: readonly LogPart[];
  readonly ctlogs: readonly LogPart[];
}

export interface AuthorityPart {
  readonly subject: { readonly organization: string; readonly commonName: string };
  readonly uri: string;
  readonly certChain: { readonly certificates: readonly { readonly rawBytes: string }[] };
  readonly validFor: { readonly start: string };
}

export interface LogPart {
  readonly baseUrl: string;
  readonly hashAlgorithm: 'SHA2_256';
  readonly publicKey: {
    readonly rawBytes: string;
    readonly keyDetails: string;
    readonly validFor: { readonly start: string };
  };
  readonly logId: { readonly keyId: string };
}

const KEYS = ['certificateAuthorities', 'tLogs', 'ctLogs', 'timestampAuthorities'];
const SOURCES = ['sigstoreKeys', 'remote', 'repository', 'trustedRootJSON'];
/** As in the reader of trusted roots. */
const MEMBERS_MAX = 64;
const CHAIN_MAX = 10;

/**
 * Reads the `spec` of a TrustRoot (policy-controller pkg/apis/policy/v1alpha1). Only `sigstoreKeys` can be used without a
 * network. A TrustRoot has no validity windows: its logs are valid at any time, its authorities from their certificate on.
 */
export function readTrustRoot(reader: FieldReader, spec: Field): TrustRootParts | undefined {
  const fields = reader.map(spec, SOURCES);
  if (fields === undefined) return undefined;
  for (const name of SOURCES.slice(1)) {
    const field = fields.get(name);
    if (field === undefined) continue;
    reader.add(
      field,
      `a TrustRoot with \`${name}\` is not supported`,
      'Write its keys and certificates as `sigstoreKeys`, or use the input `trusted-root` and no `trustRootRef`.',
    );
  }
  const field = fields.get('sigstoreKeys');
  if (field === undefined) {
    if (fields.size === 0) reader.add(spec, 'the TrustRoot has no keys', 'Add `sigstoreKeys`.');
    return undefined;
  }
  const keys = reader.map(field, KEYS);
  if (keys === undefined) return undefined;
  const before = reader.problems.length;
  const each = <Part>(name: string, read: (reader: FieldReader, item: Field) => Part | undefined): Part[] => {
    const list = keys.get(name);
    const items = list === undefined ? [] : (reader.list(list) ?? []);
    if (list !== undefined && items.length > MEMBERS_MAX) {
      reader.add(list, `it has ${items.length} entries, more than ${MEMBERS_MAX}`, 'Remove those that nothing needs.');
      return [];
    }
    return items.flatMap((item) => read(reader, item) ?? []);
  };
  const parts = {
    certificateAuthorities: each('certificateAuthorities', readAuthority),
    timestampAuthorities: each('timestampAuthorities', readAuthority),
    tlogs: each('tLogs', readLog),
    ctlogs: each('ctLogs', readLog),
  };
  return reader.problems.length === before ? parts : undefined;
}

/** The parts as a trusted_root.json. */
export function trustedRootJson(parts: TrustRootParts): string {
  const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';
  return JSON.stringify({ mediaType, ...parts });
}

function readAuthority(reader: FieldReader, item: Field): AuthorityPart | undefined {
  const fields = reader.map(item, ['subject', 'uri', 'certChain']);
  if (fields === undefined) return undefined;
  const uri = readUrl(reader, fields, { name: 'uri', parent: item });
  const subject = readSubject(reader, fields, item);
  const chain = readPem(reader, fields, { name: 'certChain', parent: item, label: 'CERTIFICATE' });
  const field = fields.get('certChain');
  if (chain === undefined || field === undefined || uri === undefined || subject === undefined) return undefined;
  if (chain.length > CHAIN_MAX) {
    reader.add(field, `the chain has ${chain.length} certificates, more than ${CHAIN_MAX}`, 'Give one chain only.');
    return undefined;
  }
  const certificates = chain.flatMap((der) => parse(() => new X509Certificate(der)) ?? []);
  const [issuing] = certificates;
  if (issuing === undefined || certificates.length < chain.length) {
    reader.add(field, 'a certificate of the chain does not parse', PEM_CURE);
    return undefined;
  }
  return {
    subject,
    uri,
    certChain: { certificates: chain.map((der) => ({ rawBytes: der.toString('base64') })) },
    validFor: { start: new Date(issuing.validFrom).toISOString() },
  };
}

function readSubject(reader: FieldReader, fields: Fields, parent: Field): AuthorityPart['subject'] | undefined {
  const field = fields.get('subject');
  if (field === undefined) {
    reader.add(parent, 'the field `subject` is missing', 'Add `subject` with `organization` and `commonName`.');
    return undefined;
  }
  const names = reader.map(field, ['organization', 'commonName']);
  if (names === undefined) return undefined;
  const organization = reader.requiredText(names, 'organization', field);
  const commonName = reader.requiredText(names, 'commonName', field);
  return organization === undefined || commonName === undefined ? undefined : { organization, commonName };
}

/** A TrustRoot does not say since when a log has its key. */
const SINCE_EVER = '1970-01-01T00:00:00Z';

function readLog(reader: FieldReader, item: Field): LogPart | undefined {
  const fields = reader.map(item, ['baseURL', 'hashAlgorithm', 'publicKey']);
  if (fields === undefined) return undefined;
  const baseUrl = readUrl(reader, fields, { name: 'baseURL', parent: item });
  const hash = reader.requiredText(fields, 'hashAlgorithm', item);
  const hashField = fields.get('hashAlgorithm');
  if (hash !== undefined && hashField !== undefined && !/^sha-?256$/i.test(hash)) {
    reader.add(hashField, `${quoted(hash)} is not a supported hash algorithm`, 'Write `sha-256`.');
    return undefined;
  }
  const blocks = readPem(reader, fields, { name: 'publicKey', parent: item, label: 'PUBLIC KEY' });
  const field = fields.get('publicKey');
  if (blocks === undefined || field === undefined || baseUrl === undefined || hash === undefined) return undefined;
  const [spki, second] = blocks;
  const key = spki === undefined ? undefined : parse(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
  const keyDetails = key === undefined ? undefined : keyDetailsOf(key);
  if (spki === undefined || second !== undefined || key === undefined || keyDetails === undefined) {
    reader.add(
      field,
      second === undefined ? 'the public key does not parse, or its kind is not supported' : 'it has more than one key',
      'Give one ECDSA (P-256, P-384, P-521), Ed25519 or RSA (2048, 3072, 4096) key: PEM with the label PUBLIC KEY, in base64.',
    );
    return undefined;
  }
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: spki.toString('base64'), keyDetails, validFor: { start: SINCE_EVER } },
    logId: { keyId: keyIdOf(key, spki, baseUrl).toString('base64') },
  };
}

/** The name of the kind of key in protobuf-specs (sigstore_common.proto, PublicKeyDetails). */
function keyDetailsOf(key: KeyObject): string | undefined {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return 'PKIX_ED25519';
    case 'rsa':
      return [2048, 3072, 4096].includes(modulusLength ?? 0) ? `PKIX_RSA_PKCS1V15_${modulusLength}_SHA256` : undefined;
    case 'ec': {
      const curves: Readonly<Record<string, string>> = {
        prime256v1: 'PKIX_ECDSA_P256_SHA_256',
        secp384r1: 'PKIX_ECDSA_P384_SHA_384',
        secp521r1: 'PKIX_ECDSA_P521_SHA_512',
      };
      return curves[namedCurve ?? ''];
    }
    default:
      return undefined;
  }
}

/**
 * The ID of a log: the hash of its key (RFC 6962 §3.2). A log with an Ed25519 key is a Rekor v2, whose ID is that of the key
 * of its checkpoints (C2SP signed-note: hash of name, line break, 0x01, key).
 */
function keyIdOf(key: KeyObject, spki: Buffer, baseUrl: string): Buffer {
  const hash = createHash('sha256');
  if (key.asymmetricKeyType !== 'ed25519') return hash.update(spki).digest();
  // The last 32 bytes of such a SPKI are the key.
  return hash
    .update(`${new URL(baseUrl).hostname}\n\u0001`)
    .update(spki.subarray(-32))
    .digest();
}

interface Wanted {
  readonly name: string;
  readonly parent: Field;
}

function readUrl(reader: FieldReader, fields: Fields, { name, parent }: Wanted): string | undefined {
  const text = reader.requiredText(fields, name, parent);
  const field = fields.get(name);
  if (text === undefined || field === undefined) return undefined;
  const isUrl = /^https?:\/\//.test(text) && URL.canParse(text);
  if (!isUrl) reader.add(field, `${quoted(text)} is not a URL`, 'Write a URL with its scheme, such as `https://…`.');
  return isUrl ? text : undefined;
}

const PEM_CURE = 'Give PEM in base64, as in `base64 -w0 chain.pem`: the issuing certificate first, the root last.';

/** The DER of the blocks of base64-encoded PEM; at least one. */
function readPem(
  reader: FieldReader,
  fields: Fields,
  { name, parent, label }: Wanted & { readonly label: string },
): Buffer[] | undefined {
  const text = reader.requiredText(fields, name, parent);
  const field = fields.get(name);
  if (text === undefined || field === undefined) return undefined;
  const packed = text.replace(/\s/g, '');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
  const pem = isBase64 ? Buffer.from(packed, 'base64').toString('latin1') : '';
  const blocks = [...pem.matchAll(/-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g)];
  // Nothing may stand beside the blocks that another reader would take for one.
  const marks = pem.match(/-----BEGIN /g)?.length ?? 0;
  if (blocks.length === 0 || marks !== blocks.length || blocks.some(([, found]) => found !== label)) {
    const what = `the value is not base64 of PEM with the label ${label}`;
    reader.add(field, what, label === 'CERTIFICATE' ? PEM_CURE : 'Give PEM in base64, as in `base64 -w0 key.pub`.');
    return undefined;
  }
  return blocks.map(([, , body = '']) => Buffer.from(body.replace(/\s/g, ''), 'base64'));
}

function parse<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
