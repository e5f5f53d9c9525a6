import type { ImageDetails, SignatureDetails } from '../../report/verify-details.ts';
import { isAccepted, type JudgedSignature, reasonOf } from '../../usecases/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verify-images.ts';

/** What the report shows of each image beyond the results JSON; same order. */
export function reportDetails(images: readonly VerifiedImage[]): ImageDetails[] {
  return images.map(({ judgement, error }) => ({
    signatures: judgement?.signatures.map(signatureDetails) ?? [],
    others: [
      ...(judgement?.others ?? []).flatMap(({ verification }) =>
        verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : [],
      ),
      ...(judgement?.unreadable ?? []).map((one) => `${one.artifactType ?? 'an artifact'}: ${one.message}`),
    ],
    places: (judgement?.places ?? []).map(({ request, status, entries }) => ({ request, status, entries })),
    hint: judgement?.hint ?? error?.hint,
  }));
}

function signatureDetails(one: JudgedSignature): SignatureDetails {
  const { candidate, verification, evaluation } = one;
  const accepted = isAccepted(one);
  return {
    format: candidate.format,
    accepted,
    reason: accepted ? null : reasonOf(one),
    verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
    unverified: verification.kind === 'refused' ? verification.unverified : undefined,
    findings: evaluation?.kind === 'mismatch' ? evaluation.findings : [],
    hints: hintsOf(evaluation),
    message: verification.kind === 'refused' ? verification.message : undefined,
  };
}

function hintsOf(evaluation: JudgedSignature['evaluation']): readonly string[] {
  if (evaluation === undefined) return [];
  return evaluation.kind === 'accepted' ? evaluation.notes : evaluation.hints;
}
