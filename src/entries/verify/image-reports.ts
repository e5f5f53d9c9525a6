import { formatRepository } from '../../domain/image/reference.ts';
import type { ImageDetails, ImageReport, Search, SignatureDetails } from '../../report/verify-details.ts';
import { isAccepted, type JudgedSignature, reasonOf } from '../../usecases/judging/judge-image.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { decidingPlatform, imageResult } from '../../usecases/verifying/verify-results.ts';
import { namedTags } from '../action/named-tags.ts';

/** The images for the reports of a run. `withoutIdentity` is their message if no input says who must have signed. */
export function imageReports(
  images: readonly VerifiedImage[],
  request: VerifyRequest,
  withoutIdentity: string | undefined,
): ImageReport[] {
  return images.map((image) => {
    const result = imageResult(image, request.mode);
    return {
      // Without an identity, no image passes or is allowed, in either mode. The report only shows who signed.
      result:
        withoutIdentity === undefined
          ? result
          : { ...result, verdict: 'error', reason: 'INPUT_INVALID', message: withoutIdentity },
      details: detailsOf(image, request),
    };
  });
}

function detailsOf(image: VerifiedImage, request: VerifyRequest): ImageDetails {
  const platform = decidingPlatform(image);
  const { judgement, error } = platform ?? image;
  return {
    tags: namedTags(image.references),
    platform:
      platform === undefined
        ? undefined
        : { name: platform.platform, isIndexSigned: image.judgement?.verdict === 'pass' },
    search: searchOf(image, request),
    signatures: judgement?.signatures.map(signatureDetails) ?? [],
    others: [
      ...(judgement?.others ?? []).flatMap(({ verification }) =>
        verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : [],
      ),
      ...(judgement?.unreadable ?? []).map((one) => `${one.artifactType ?? one.digest}: ${one.message}`),
    ],
    places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
    hint: judgement?.hint ?? error?.hint,
  };
}

function searchOf({ first }: VerifiedImage, { network, format, waitForMs }: VerifyRequest): Search {
  const { signatureRepository } = network;
  return {
    repository: formatRepository(signatureRepository ?? first.repository),
    isRedirected: signatureRepository !== undefined,
    format,
    waited: waitForMs > 0,
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
