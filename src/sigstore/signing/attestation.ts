import { createHash } from 'node:crypto';
import { digestOf } from '../../domain/image/digest.ts';
import { LAYER_PREDICATE_ANNOTATION } from '../../domain/image/media-types.ts';
import type { ProvenFacts } from '../../domain/signature/facts.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { AttestationToSign, Candidate, LegacyLayer, SignatureVerifier } from '../../usecases/ports.ts';
import { at, parseJson } from '../json-shape.ts';
import type { SigningCertificate } from './issued-certificate.ts';
import { proofAnnotations } from './legacy-signature.ts';
import { invalidEntry, type LogEntry } from './log-entry.ts';
import { ownRefusal } from './self-verification.ts';

/** The proofs of an attestation for its `.att` layer: the certificate, and the entry in a Rekor v1 log. */
interface LayerProofs {
  readonly certificate: Pick<SigningCertificate, 'pem' | 'chainPem'>;
  readonly entry: LogEntry;
}

/**
 * A layer of the `.att` tag as cosign v2 writes it (pkg/oci/static): the DSSE envelope, byte for byte as the log got
 * it, because cosign compares the layer with the entry's `envelopeHash`. The signature is inside, so its annotation is
 * empty. It has no timestamp: cosign 2 and 3 disagree about the bytes to stamp, and the log entry proves the time.
 * Throws LOG_INVALID if the entry is about another text.
 */
export function attestationLayer(
  envelope: string,
  predicateType: string,
  { certificate, entry }: LayerProofs,
): LegacyLayer {
  const payload = Buffer.from(envelope);
  const hash = at(parseJson(entry.body), 'spec', 'envelopeHash', 'value');
  if (hash !== createHash('sha256').update(payload).digest('hex')) {
    throw invalidEntry(entry.url, 'its envelopeHash is not the hash of the envelope that was sent');
  }
  const { pem: certificatePem, chainPem } = certificate;
  const proofs = proofAnnotations('', { entry, certificatePem, chainPem });
  return { isAttestation: true, payload, annotations: { ...proofs, [LAYER_PREDICATE_ANNOTATION]: predicateType } };
}

/**
 * Verifies every form of a new attestation in the same way as the gate: it must be an attestation about this digest,
 * of this type, with exactly these signed bytes. Throws CA_INVALID, LOG_INVALID, TSA_INVALID or
 * SELF_VERIFICATION_FAILED.
 */
export async function verifyOwnAttestation(
  call: CallContext,
  verifier: SignatureVerifier,
  made: {
    readonly what: AttestationToSign;
    readonly payload: Uint8Array;
    readonly bundle: Uint8Array;
    readonly layer: LegacyLayer | undefined;
  },
): Promise<ProvenFacts> {
  const { what, payload, bundle, layer } = made;
  const facts = await verifyForm({ format: 'bundle', digest: digestOf(bundle), bundle });
  if (layer !== undefined) await verifyForm({ format: 'legacy', digest: digestOf(layer.payload), ...layer });
  return facts;

  async function verifyForm(candidate: Candidate): Promise<ProvenFacts> {
    const verification = await verifier.verifyAttestation(call, candidate, what.subject);
    if (verification.kind === 'refused') throw ownRefusal(verification, what.subject);
    const { statement } = verification.facts;
    if (statement.predicateType !== what.predicateType || Buffer.compare(statement.payload, payload) !== 0) {
      const message = 'the verifier read another statement than the one that was signed';
      throw ownRefusal({ reason: 'SIGNATURE_INVALID', message }, what.subject);
    }
    return verification.facts;
  }
}
