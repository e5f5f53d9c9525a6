import 'reflect-metadata'; // tsyringe, below @peculiar/x509, wants it loaded first
import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A P-256 key pair with a certificate for it. */
export interface SelfSigned {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly certificatePem: string;
  /** DER in standard base64, as a JWT's x5c wants it (RFC 7515 §4.1.6). */
  readonly certificateBase64: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;

interface Subject {
  readonly name: string;
  /** Start of validity; it ends 30 days later. */
  readonly notBefore: Date;
  readonly extensions: readonly Extension[];
  readonly issuer?: SelfSigned & { readonly name: string };
}

async function mint({ name, notBefore, extensions, issuer }: Subject): Promise<SelfSigned> {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = await X509CertificateGenerator.create(
    {
      subject: `CN=${name}`,
      issuer: `CN=${issuer?.name ?? name}`,
      serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8)))
        .toString('hex')
        .replace(/^./, '1'),
      notBefore,
      notAfter: new Date(notBefore.getTime() + 30 * 24 * HOUR_MS),
      publicKey: keys.publicKey.toCryptoKey(ALGORITHM, true, ['verify']),
      signingKey: (issuer?.privateKey ?? keys.privateKey).toCryptoKey(ALGORITHM, false, ['sign']),
      signingAlgorithm: ALGORITHM,
      extensions: [...extensions],
    },
    webcrypto,
  );
  return {
    ...keys,
    certificatePem: `${certificate.toString('pem')}\n`,
    certificateBase64: Buffer.from(certificate.rawData).toString('base64'),
  };
}

/** A self-signed P-256 certificate, e.g. for the tokens of a registry (distribution's `rootcertbundle`). Valid from an hour before `now`. */
export function mintSelfSignedP256(name: string, now: Date = new Date()): Promise<SelfSigned> {
  return mint({
    name,
    notBefore: new Date(now.getTime() - HOUR_MS),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign, true),
    ],
  });
}

/** A private CA and a certificate of it for localhost, 127.0.0.1 and more names: `tls` of serve, and what `ca-certificates` must name. PEM. */
export async function mintLoopbackTls(
  now: Date = new Date(),
  moreNames: readonly string[] = [],
): Promise<{ readonly ca: string; readonly tls: { readonly key: string; readonly cert: string } }> {
  const name = 'Countersign sandbox CA';
  const ca = await mintSelfSignedP256(name, now);
  const leaf = await mint({
    name: 'localhost',
    notBefore: new Date(now.getTime() - HOUR_MS),
    issuer: { ...ca, name },
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        ...moreNames.map((value) => ({ type: 'dns', value }) as const),
      ]),
    ],
  });
  const key = leaf.privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { ca: ca.certificatePem, tls: { key: String(key), cert: leaf.certificatePem } };
}
