import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { privateKeyLines } from '../../domain/text/private-keys.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { RegistryCertificate } from '../../usecases/connections.ts';
import type { FileSource, Reading } from './read-value.ts';

export const CERTIFICATE_INPUT = 'client-certificate';
export const KEY_INPUT = 'client-key';

interface IdentityTexts {
  readonly registry: string;
  /** PEM. May also contain the key. */
  readonly certificate: string;
  /** PEM. May also contain the certificate. */
  readonly key: string | undefined;
}

interface Block {
  readonly label: string;
  readonly text: string;
}

/**
 * The certificate and key of one registry, checked against each other. The key may be in the file of the certificate, as
 * for curl. The certificate that belongs to the key comes first, whatever their order was. Returns undefined after a
 * problem, which is collected.
 */
export async function joinIdentity(
  { source, problems }: Reading<FileSource>,
  texts: IdentityTexts,
): Promise<Omit<RegistryCertificate, 'registry'> | undefined> {
  const registry = quoted(texts.registry);
  const refuse = (input: string, what: string, cure: string): undefined => {
    problems.add(input, `for ${registry}, ${what}`, cure);
  };
  const certificates = certificatesIn(texts.certificate);
  if (certificates === undefined) {
    return refuse(CERTIFICATE_INPUT, 'it contains a certificate that cannot be parsed.', 'Export it as PEM again.');
  }
  if (certificates.length === 0) {
    const cure = 'Give PEM text with `-----BEGIN CERTIFICATE-----`, and the key in `client-key`.';
    return refuse(CERTIFICATE_INPUT, 'it contains no PEM certificate.', cure);
  }
  const inner = blocksOf(texts.certificate).filter(isKey);
  const outer = texts.key === undefined ? [] : blocksOf(texts.key).filter(isKey);
  if (texts.key !== undefined && outer.length === 0) {
    const cure = 'Give PEM text with `-----BEGIN PRIVATE KEY-----` and its line breaks.';
    return refuse(KEY_INPUT, 'it contains no PEM private key.', cure);
  }
  if (inner.length + outer.length === 0) {
    const cure = 'Give its key in `client-key`, or a file that contains both.';
    return refuse(CERTIFICATE_INPUT, 'it is given without a key.', cure);
  }
  const keys: KeyObject[] = [];
  for (const block of [...inner, ...outer]) {
    const input = inner.includes(block) ? CERTIFICATE_INPUT : KEY_INPUT;
    if (isEncrypted(block)) {
      const cure =
        'Decrypt it first, such as with `openssl pkey -in encrypted.pem -out key.pem`, and keep the result as a secret.';
      return refuse(input, 'its private key is encrypted.', cure);
    }
    const key = parseKey(block);
    if (key === undefined)
      return refuse(input, 'it contains a private key that cannot be parsed.', 'Export it as PEM again.');
    if (!keys.some((other) => other.equals(key))) keys.push(key);
  }
  const [key, another] = keys;
  const input = outer.length > 0 ? KEY_INPUT : CERTIFICATE_INPUT;
  if (key === undefined || another !== undefined) {
    return refuse(input, 'there is more than one private key.', 'Give only the key that belongs to the certificate.');
  }
  const leaf = certificates.find((one) => one.checkPrivateKey(key));
  if (leaf === undefined) {
    return refuse(
      input,
      'the private key does not belong to the certificate.',
      'Give the two that were issued together.',
    );
  }
  const chain = [leaf, ...certificates.filter((one) => one !== leaf)];
  const identity = {
    certificate: chain.map(String).join(''),
    key: String(key.export({ type: 'pkcs8', format: 'pem' })),
  };
  // The same key in other lines than those of the file.
  for (const line of privateKeyLines(identity.key)) source.mask(line);
  const why = await whyUnusable(identity);
  if (why === undefined) return identity;
  return refuse(
    CERTIFICATE_INPUT,
    `it cannot be used for TLS (${why}).`,
    'Have a certificate issued that TLS accepts.',
  );
}

/** Blocks of a PEM text (RFC 7468); what stands around them is left out. */
function blocksOf(text: string): readonly Block[] {
  const found = text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----\r?\n(?:(?!-----)[\s\S])*-----END \1-----/g);
  return [...found].map(([block, label = '']) => ({ label, text: `${block}\n` }));
}

function isKey({ label }: Block): boolean {
  return /(?:^| )PRIVATE KEY$/.test(label);
}

/** PKCS#8 (RFC 5958), and the older form of OpenSSL with a header. */
function isEncrypted({ label, text }: Block): boolean {
  return label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: *4, *ENCRYPTED/m.test(text);
}

/** Undefined if one cannot be parsed. */
function certificatesIn(text: string): readonly X509Certificate[] | undefined {
  try {
    return blocksOf(text)
      .filter(({ label }) => label === 'CERTIFICATE' || label === 'X509 CERTIFICATE')
      .map((block) => new X509Certificate(block.text));
  } catch {
    return undefined;
  }
}

function parseKey({ text }: Block): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    // Without the cause: nothing may quote the key.
    return undefined;
  }
}

/** The reason of OpenSSL, such as `ee key too small`; undefined if a connection can use both. */
async function whyUnusable({ certificate, key }: { certificate: string; key: string }): Promise<string | undefined> {
  const { createSecureContext } = await import('node:tls');
  try {
    createSecureContext({ cert: certificate, key });
    return undefined;
  } catch (error) {
    const reason: unknown = error instanceof Error ? Reflect.get(error, 'reason') : undefined;
    return typeof reason === 'string' ? reason : 'OpenSSL refuses it';
  }
}
