import { type PasteContext, pasteableInputs } from '../../domain/identity/pasteable-inputs.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import { signaturesElsewhere } from '../../domain/image/signature-repositories.ts';
import type { Verification } from '../../domain/signature/facts.ts';
import type { ImageDetails, ImageReport, LineDetails, Search, SignatureDetails } from '../../report/verify-details.ts';
import {
  isAccepted,
  type JudgedSignature,
  type Judgement,
  type LineJudgement,
  reasonOf,
} from '../../usecases/judging/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { decidingPlatform, imageResult } from '../../usecases/verifying/verify-results.ts';
import { namedTags } from '../action/named-tags.ts';

interface ReportOptions {
  readonly request: VerifyRequest;
  /** The message of the images if no input says who must have signed. */
  readonly withoutIdentity: string | undefined;
  /** What inputs that are offered for pasting must be read with. */
  readonly paste: PasteContext;
  /** The advice for an image that has attestations and no signature; see hasOnlyAttestations. */
  readonly attestationHint?: ((predicateTypes: readonly string[]) => string | undefined) | undefined;
}

/** True if the image has no signature, but attestations, which the step does not require. */
export function hasOnlyAttestations({ judgement }: Pick<VerifiedImage, 'judgement'>): boolean {
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
  { request, withoutIdentity, paste, attestationHint }: ReportOptions,
): ImageReport[] {
  return images.map((image) => {
    const result = imageResult(image, request.mode);
    return {
      // Without an identity, no image passes or is allowed, in either mode. The report only shows who signed.
      result:
        withoutIdentity === undefined
          ? result
          : { ...result, verdict: 'error', reason: 'INPUT_INVALID', message: withoutIdentity },
      details: detailsOf(image, { request, paste, attestationHint }),
    };
  });
}

function detailsOf(
  image: VerifiedImage,
  { request, paste, attestationHint }: Omit<ReportOptions, 'withoutIdentity'>,
): ImageDetails {
  const platform = decidingPlatform(image);
  const { judgement, error } = platform ?? image;
  // Nobody needs other inputs for an image that passed, and none can be given beside policies.
  const offering = judgement?.verdict === 'pass' || request.policies !== undefined ? undefined : paste;
  const judged = new Set(judgement?.attested?.attestations.map(({ digest }) => digest));
  const offered =
    judgement !== undefined && hasOnlyAttestations({ judgement })
      ? attestationHint?.(attachedTypes(judgement))
      : undefined;
  return {
    tags: namedTags(image.references),
    platform:
      platform === undefined
        ? undefined
        : { name: platform.platform, isIndexSigned: image.judgement?.verdict === 'pass' },
    search: searchOf(image, request),
    signatures: judgement?.signatures.map((one) => signatureDetails(one, offering)) ?? [],
    others: [
      ...(judgement?.others ?? []).flatMap(({ candidate, verification }) =>
        verification.kind === 'not-a-signature' && !judged.has(candidate.digest) ? [otherWords(verification)] : [],
      ),
      ...(judgement?.unreadable ?? []).map(
        (one) => `${one.predicateType ?? one.artifactType ?? one.digest}: ${one.message}`,
      ),
    ],
    places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
    hint: offered ?? judgement?.hint ?? error?.hint,
    ...(judgement?.attested === undefined ? {} : { lines: judgement.attested.lines.map(lineDetails) }),
  };
}

function searchOf({ first }: VerifiedImage, { network, format, waitForMs }: VerifyRequest): Search {
  const elsewhere = signaturesElsewhere(network.signatureRepositories, first.repository);
  return {
    repository: elsewhere ?? formatRepository(first.repository),
    isRedirected: elsewhere !== undefined,
    format,
    waited: waitForMs > 0,
  };
}

/** An ordinary attestation is named; one that cannot be read also says why it was passed over. */
function otherWords({ predicateType, what, message, isDamaged }: Extract<Verification, { kind: 'not-a-signature' }>) {
  const name = predicateType ?? what;
  return isDamaged === true ? `${name}: ${message}` : name;
}

function lineDetails({ line, reason, message, nearest }: LineJudgement): LineDetails {
  return { line, reason, message, findings: nearest?.findings ?? [], hints: nearest?.hints ?? [] };
}

function signatureDetails(one: JudgedSignature, paste: PasteContext | undefined): SignatureDetails {
  const { verification, evaluation } = one;
  const accepted = isAccepted(one);
  return {
    format: one.candidate.format,
    accepted,
    reason: accepted ? null : reasonOf(one),
    verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
    // Other inputs for a signer that is accepted would not help: an attestation is missing.
    offer:
      verification.kind === 'verified' && paste !== undefined && !accepted
        ? pasteableInputs(verification.facts, paste)
        : undefined,
    unverified: verification.kind === 'refused' ? verification.unverified : undefined,
    findings: evaluation?.kind === 'mismatch' ? evaluation.findings : [],
    hints: evaluation?.kind === 'mismatch' ? evaluation.hints : [],
    message: verification.kind === 'refused' ? verification.message : undefined,
  };
}
