import { ownTurn } from '../../domain/calls/own-turn.ts';
import { attestation } from '../../domain/signature/attestation.ts';
import type { Refusal, Verification } from '../../domain/signature/facts.ts';
import { imageSignature } from '../../domain/signature/image-signature.ts';
import type { Statement } from '../../domain/signature/signed-content.ts';
import type { Candidate, SignatureVerifier } from '../../usecases/ports.ts';
import type { RootChooser } from '../trust/trust-source.ts';
import { parseBundle, parseStatementBundle, UnknownBundle } from './bundle-json.ts';
import { readAttestationLayer, readLegacyLayer } from './legacy-layer.ts';
import { createProver, type Prover, toRefusal } from './prover.ts';
import type { SignatureMaterial } from './signature-material.ts';
import { ATTESTATION_LIMITS, IMAGE_SIGNATURE_LIMITS, readPlainStatement } from './signed-content.ts';

export interface SignatureVerifierOptions {
  readonly trust: RootChooser;
}

/**
 * Verifies candidates of both formats, without identity rules. src/domain/signature decides what proven content counts
 * as: an attestation is never an image signature, nor the reverse (contract §3.4).
 */
export function createSignatureVerifier({
  trust,
}: SignatureVerifierOptions): SignatureVerifier & Pick<Prover, 'prepare'> {
  const prover = createProver(trust);
  return {
    prepare: (call) => prover.prepare(call),

    async verify(call, candidate, subject) {
      await ownTurn();
      const parsed = parseCandidate(candidate);
      if (parsed.kind !== 'signature') return parsed;
      const proof = await prover.prove(call, {
        open: () => parsed.material,
        limits: IMAGE_SIGNATURE_LIMITS,
        admit: (content) => imageSignature(content, subject),
      });
      if (proof.kind === 'refused') return proof;
      const { annotations, dockerReference } = proof.content;
      return { kind: 'verified', facts: { format: candidate.format, ...proof.facts, annotations, dockerReference } };
    },

    async verifyAttestation(call, candidate, subject) {
      await ownTurn();
      const proof = await prover.prove(call, {
        open: () => openAttestation(candidate),
        limits: ATTESTATION_LIMITS,
        admit: (content) => attestation(content, subject),
      });
      if (proof.kind === 'refused') return proof;
      return { kind: 'verified', facts: { ...proof.facts, statement: proof.content.statement } };
    },
  };
}

/** See the port. */
export async function readUnsignedStatement(bytes: Uint8Array): Promise<Statement | Refusal> {
  await ownTurn();
  try {
    return readPlainStatement(bytes);
  } catch (error) {
    return toRefusal(error);
  }
}

type Parsed =
  | { readonly kind: 'signature'; readonly material: SignatureMaterial }
  | Exclude<Verification, { kind: 'verified' }>;

/** Content other than an image signature is returned here, before any cryptographic check. */
function parseCandidate(candidate: Candidate): Parsed {
  try {
    if (candidate.format === 'legacy') {
      return { kind: 'signature', material: readLegacyLayer(candidate.payload, candidate.annotations) };
    }
    const bundle = parseBundle(candidate.bundle);
    switch (bundle.kind) {
      case 'signature':
        return bundle;
      case 'message-signature':
        return notASignature(
          bundle.kind,
          undefined,
          'a signature of a file, not of an image (messageSignature bundle)',
        );
      case 'attestation':
        return notASignature(bundle.kind, bundle.predicateType, 'an attestation, not an image signature');
      case 'other-artifact':
        return notASignature(bundle.kind, undefined, 'an envelope whose payload is not an in-toto statement');
    }
  } catch (error) {
    if (error instanceof UnknownBundle && candidate.format === 'bundle' && candidate.ruledOut !== undefined) {
      const { why, predicateType } = candidate.ruledOut;
      const what = predicateType === undefined ? 'other-artifact' : 'attestation';
      return { ...notASignature(what, predicateType, `${error.message}; ${why}`), isDamaged: true };
    }
    return toRefusal(error);
  }
}

function notASignature(
  what: 'attestation' | 'message-signature' | 'other-artifact',
  predicateType: string | undefined,
  message: string,
): Extract<Parsed, { kind: 'not-a-signature' }> {
  return { kind: 'not-a-signature', what, predicateType, message };
}

function openAttestation(candidate: Candidate): SignatureMaterial {
  return candidate.format === 'bundle'
    ? parseStatementBundle(candidate.bundle)
    : readAttestationLayer(candidate.payload, candidate.annotations);
}
