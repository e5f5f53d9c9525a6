import { type PasteContext, pasteableInputs } from '../../domain/identity/pasteable-inputs.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { ImageResult } from '../../domain/results.ts';
import type { Verification } from '../../domain/signature/facts.ts';
import type { ImageDetails, ImageReport, SignatureDetails } from '../../report/verify-details.ts';
import { isAccepted, type JudgedSignature, reasonOf } from '../../usecases/judging/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import { imageResult } from '../../usecases/verifying/verify-results.ts';

interface ReportOptions {
  readonly mode: 'enforce' | 'warn';
  /** The message of the images if no input says who must have signed. */
  readonly noIdentity: string | undefined;
  /** What inputs that are offered for pasting must be read with. */
  readonly paste: PasteContext;
}

/** The images for the reports of a run. */
export function imageReports(
  images: readonly VerifiedImage[],
  { mode, noIdentity, paste }: ReportOptions,
): ImageReport[] {
  return images.map((image) => {
    const result = imageResult(image, mode);
    return {
      result: noIdentity === undefined ? result : withoutIdentity(result, noIdentity),
      details: detailsOf(image, paste),
    };
  });
}

/** Without an identity, no image passes or is allowed, in either mode. The report only shows who signed. */
function withoutIdentity(result: ImageResult, message: string): ImageResult {
  return { ...result, verdict: 'error', reason: 'INPUT_INVALID', message };
}

function detailsOf(image: VerifiedImage, paste: PasteContext): ImageDetails {
  const { judgement } = image;
  // Nobody needs other inputs for an image that passed.
  const offering = judgement?.verdict === 'pass' ? undefined : paste;
  return {
    ...(judgement?.elsewhere === undefined ? {} : { store: formatRepository(judgement.elsewhere) }),
    tags: image.references.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
    signatures: judgement?.signatures.map((one) => signatureDetails(one, offering)) ?? [],
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

function signatureDetails(one: JudgedSignature, paste: PasteContext | undefined): SignatureDetails {
  const { verification, evaluation } = one;
  const accepted = isAccepted(one);
  return {
    format: one.candidate.format,
    accepted,
    reason: accepted ? null : reasonOf(one),
    verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
    offer:
      verification.kind === 'verified' && paste !== undefined ? pasteableInputs(verification.facts, paste) : undefined,
    unverified: verification.kind === 'refused' ? verification.unverified : undefined,
    findings: evaluation?.kind === 'mismatch' ? evaluation.findings : [],
    hints: evaluation?.kind === 'mismatch' ? evaluation.hints : [],
    message: verification.kind === 'refused' ? verification.message : undefined,
  };
}
