import { readBase64 } from './json-fields.ts';

const ONE_CERTIFICATE = /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\s*$/;

/** DER of the one certificate in a PEM text. Throws TypeError for two blocks, another label or text around it. */
export function readOneCertificatePem(pem: string, name: string): Buffer {
  const body = ONE_CERTIFICATE.exec(pem)?.[1];
  if (body === undefined) throw new TypeError(`${name} is not exactly one PEM certificate`);
  return readBase64(body.replace(/[\r\n]/g, ''), name);
}
