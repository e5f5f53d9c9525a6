import { dsse } from '@sigstore/core';
import type { JsonObject } from '../../domain/text/json-object.ts';
import { field, readBase64, readList, readObject, readString } from './json-fields.ts';
import type { SignatureMaterial } from './signature-material.ts';

interface OpenedEnvelope {
  /** The signed bytes and what they encode. */
  readonly signed: Pick<SignatureMaterial, 'signedBytes' | 'payload' | 'payloadType'>;
  readonly readSignature: () => Buffer;
}

/** Opens a DSSE v1 envelope; it must have exactly one signature. Throws TypeError. */
export function openEnvelope(value: unknown): OpenedEnvelope {
  const envelope = readObject(value, 'dsseEnvelope', ['payload', 'payloadType', 'signatures']);
  const payloadType = readString(field(envelope, 'payloadType'), 'payloadType');
  const payload = readBase64(field(envelope, 'payload'), 'payload');
  return {
    signed: { signedBytes: dsse.preAuthEncoding(payloadType, payload), payload, payloadType },
    readSignature: () => readEnvelopeSignature(envelope),
  };
}

function readEnvelopeSignature(envelope: JsonObject): Buffer {
  const signatures = readList(field(envelope, 'signatures'), 'signatures', 16);
  if (signatures.length !== 1) throw new TypeError(`envelope has ${signatures.length} signatures instead of one`);
  const signature = readObject(signatures[0], 'signature', ['sig', 'keyid']);
  const keyid = field(signature, 'keyid');
  // The key is that of the certificate, so a hint is wrong or a leftover (cosign writes none, sigstore-js writes '').
  if (keyid !== undefined && keyid !== '') throw new TypeError('signature has a keyid');
  return readBase64(field(signature, 'sig'), 'sig');
}
