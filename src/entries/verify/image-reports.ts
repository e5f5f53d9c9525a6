import type { CodedError } from '../../coded-error.ts';
import type { ImageResult } from '../../domain/results.ts';
import type { ImageDetails, ImageReport, LineDetails, SignatureDetails } from '../../report/verify-details.ts';
import {
  isAccepted,
  type JudgedSignature,
  type Judgement,
  type LineJudgement,
  reasonOf,
} from '../../usecases/judging/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import { imageResult } from '../../usecases/verifying/verify-results.ts';

interface ReportOptions {
  readonly mode: 'enforce' | 'warn';
  /** The error if no input says who must have signed. */
  readonly noIdentity: CodedError | undefined;
  /** The advice for an image that has attestations and no signature; see hasOnlyAttestations. */
  readonly attestationHint?: ((predicateTypes: readonly string[]) => string | undefined) | undefined;
}

/** True if the image has no signature, but attestations, which the step does not require. */
export function hasOnlyAttestations({ judgement }: VerifiedImage): boolean {
  if (judgement?.reason !== 'NO_SIGNATURE' || judgement.attested !== undefined) return false;
  return attachedTypes(judgement).length > 0;
}

/** The predicate types of attached attestations, as they were named. */
function attachedTypes({ others }: Judgement): string[] {
  return others.flatMap(({ verification }) =>
    verification.kind === 'not-a-signature' && verification.what === 'attestation'
      ? (verification.predicateType ?? [])
      : [],
  );
}

/** The images for the reports of a run. */
export function imageReports(
  images: readonly VerifiedImage[],
  { mode, noIdentity, attestationHint }: ReportOptions,
): ImageReport[] {
  return images.map((image) => {
    const result = imageResult(image, mode);
    return {
      result: noIdentity === undefined ? result : withoutIdentity(result, noIdentity),
      details: detailsOf(image, attestationHint),
    };
  });
}

/** Without an identity, no image passes or is allowed, in either mode. The report only shows who signed. */
function withoutIdentity(result: ImageResult, { message }: CodedError): ImageResult {
  return { ...result, verdict: 'error', reason: 'INPUT_INVALID', message };
}

function detailsOf(image: VerifiedImage, attestationHint: ReportOptions['attestationHint']): ImageDetails {
  const { judgement } = image;
  const judged = new Set(judgement?.attested?.attestations.map(({ digest }) => digest));
  const offered =
    judgement !== undefined && hasOnlyAttestations(image) ? attestationHint?.(attachedTypes(judgement)) : undefined;
  return {
    tags: image.references.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
    signatures: judgement?.signatures.map(signatureDetails) ?? [],
    others: [
      ...(judgement?.others ?? []).flatMap(({ candidate, verification }) =>
        verification.kind === 'not-a-signature' && !judged.has(candidate.digest)
          ? [verification.predicateType ?? verification.what]
          : [],
      ),
      ...(judgement?.unreadable ?? []).map((one) => `${one.artifactType ?? one.digest}: ${one.message}`),
    ],
    places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
    hint: offered ?? judgement?.hint ?? image.error?.hint,
    ...(judgement?.attested === undefined ? {} : { lines: judgement.attested.lines.map(lineDetails) }),
  };
}

function lineDetails({ line, reason, message, nearest }: LineJudgement): LineDetails {
  return { line, reason, message, findings: nearest?.findings ?? [], hints: nearest?.hints ?? [] };
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
