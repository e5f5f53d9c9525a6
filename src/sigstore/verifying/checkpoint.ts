import type { TransparencyLogEntry } from '@sigstore/bundle';
import { readBase64, readInteger } from './json-fields.ts';
import type { KnownLog } from './trust.ts';

const MAX_CHECKPOINT_LENGTH = 64 * 1024;
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/;

/**
 * Throws TypeError unless the inclusion proof and its checkpoint (C2SP tlog-checkpoint, signed-note) agree: the root
 * hash and tree size are equal (@sigstore/verify reads only those of the checkpoint), the note is complete, and the log
 * that the entry names signed it under its own name. @sigstore/verify checks the signature itself, with that log's key.
 */
export function checkCheckpoint(proof: NonNullable<TransparencyLogEntry['inclusionProof']>, log: KnownLog): void {
  const envelope = proof.checkpoint?.envelope;
  if (envelope === undefined || envelope.length > MAX_CHECKPOINT_LENGTH)
    throw new TypeError('checkpoint missing or too large');
  const split = envelope.indexOf('\n\n');
  if (split < 0 || !envelope.endsWith('\n')) throw new TypeError('the checkpoint is not a signed note');
  const [origin, size, rootHash] = envelope.slice(0, split).split('\n');
  if (readInteger(size, 'checkpoint size') !== Number(proof.treeSize)) {
    throw new TypeError('treeSize differs from the checkpoint');
  }
  if (!readBase64(rootHash, 'checkpoint root hash').equals(proof.rootHash)) {
    throw new TypeError('rootHash differs from the checkpoint');
  }
  const names = envelope
    .slice(split + 2, -1)
    .split('\n')
    .map((line) => readSignatureLine(line, log));
  const own = names.filter((name) => name !== undefined);
  if (own.length !== 1) throw new TypeError('the log did not sign the checkpoint exactly once');
  if (!isOriginOf(origin ?? '', own[0] ?? '', log))
    throw new TypeError('the checkpoint is not from the log that the entry names');
}

/** The signer's name, if the key hint matches this log. Other lines are cosignatures of witnesses. */
function readSignatureLine(line: string, log: KnownLog): string | undefined {
  const [, name, signature] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = readBase64(signature, 'signature line of the checkpoint');
  return bytes.subarray(0, 4).equals(log.logId.subarray(0, 4)) ? name : undefined;
}

/** Rekor v1 writes `<host> - <tree id>`, v2 only its origin; both sign as `<host>`. */
function isOriginOf(origin: string, name: string, log: KnownLog): boolean {
  if (!URL.canParse(log.baseUrl)) throw new TypeError('the trusted root has no valid URL for the log');
  const url = new URL(log.baseUrl);
  const path = url.pathname.replace(/\/$/, '');
  const hosts = [url.hostname, url.host, `${url.host}${path}`, `${url.hostname}${path}`];
  return (
    hosts.includes(name) &&
    (origin === name || /^ - [0-9]+$/.test(origin.startsWith(name) ? origin.slice(name.length) : ''))
  );
}
