import type { CodedError } from '../../coded-error.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { ImageResult } from '../../domain/results.ts';
import type { Verification } from '../../domain/signature/facts.ts';
import type { ImageDetails, ImageReport, SignatureDetails } from '../../report/verify-details.ts';
import { isAccepted, type JudgedSignature, reasonOf } from '../../usecases/judging/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import { imageResult } from '../../usecases/verifying/verify-results.ts';

/** The images for the reports of a run. `noIdentity` is the error if no input says who must have signed. */
export function imageReports(
  images: readonly VerifiedImage[],
  { mode, noIdentity }: { readonly mode: 'enforce' | 'warn'; readonly noIdentity: CodedError | undefined },
): ImageReport[] {
  return images.map((image) => {
    const result = imageResult(image, mode);
    return {
      result: noIdentity === undefined ? result : withoutIdentity(result, noIdentity),
      details: detailsOf(image),
    };
  });
}

/** Without an identity, no image passes or is allowed, in either mode. The report only shows who signed. */
function withoutIdentity(result: ImageResult, { message }: CodedError): ImageResult {
  return { ...result, verdict: 'error', reason: 'INPUT_INVALID', message };
}

function detailsOf(image: VerifiedImage): ImageDetails {
  const { judgement } = image;
  return {
    ...(judgement?.elsewhere === undefined ? {} : { store: formatRepository(judgement.elsewhere) }),
    tags: image.references.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
    signatures: judgement?.signatures.map(signatureDetails) ?? [],
    others: [
      ...(judgement?.others ?? []).flatMap(({ verification }) =>
        verification.kind === 'not-a-signature' ? [otherWords(verification)] : [],
      ),
      ...(judgement?.unreadable ?? []).map(
        (one) => `${one.predicateType ?? one.artifactType ?? one.digest}: ${one.message}`,
      ),
    ],
    places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
    hint: judgement?.hint ?? image.error?.hint,
  };
}

/** An ordinary attestation is named; one that cannot be read also says why it was passed over. */
function otherWords({ predicateType, what, message, isDamaged }: Extract<Verification, { kind: 'not-a-signature' }>) {
  const name = predicateType ?? what;
  return isDamaged === true ? `${name}: ${message}` : name;
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
