import type { ImageDetails, ImageReport, SignatureDetails } from '../../report/verify-details.ts';
import { isAccepted, type JudgedSignature, reasonOf } from '../../usecases/judging/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import { imageResult } from '../../usecases/verifying/verify-results.ts';

/** The images for the reports of a run. `withoutIdentity` is their message if no input says who must have signed. */
export function imageReports(
  images: readonly VerifiedImage[],
  { mode, withoutIdentity }: { readonly mode: 'enforce' | 'warn'; readonly withoutIdentity: string | undefined },
): ImageReport[] {
  return images.map((image) => {
    const result = imageResult(image, mode);
    return {
      // Without an identity, no image passes or is allowed, in either mode. The report only shows who signed.
      result:
        withoutIdentity === undefined
          ? result
          : { ...result, verdict: 'error', reason: 'INPUT_INVALID', message: withoutIdentity },
      details: detailsOf(image),
    };
  });
}

function detailsOf(image: VerifiedImage): ImageDetails {
  const { judgement } = image;
  return {
    tags: image.references.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
    signatures: judgement?.signatures.map(signatureDetails) ?? [],
    others: [
      ...(judgement?.others ?? []).flatMap(({ verification }) =>
        verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : [],
      ),
      ...(judgement?.unreadable ?? []).map((one) => `${one.artifactType ?? one.digest}: ${one.message}`),
    ],
    places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
    hint: judgement?.hint ?? image.error?.hint,
  };
}

function signatureDetails(one: JudgedSignature): SignatureDetails {
  const { verification, evaluation } = one;
  const accepted = isAccepted(one);
  return {
    format: one.candidate.format,
    accepted,
    reason: accepted ? null : reasonOf(one),
    verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
    unverified: verification.kind === 'refused' ? verification.unverified : undefined,
    findings: evaluation?.kind === 'mismatch' ? evaluation.findings : [],
    hints: evaluation?.kind === 'mismatch' ? evaluation.hints : [],
    message: verification.kind === 'refused' ? verification.message : undefined,
  };
}
