import type { Finding } from '../../domain/identity/evaluation.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { visibleText } from '../../domain/text/visible-text.ts';
import type { Examination } from '../examining/examine-image.ts';
import type { FindingWords } from '../judging/authority-judge.ts';
import type { Judgement, LineJudgement } from '../judging/judge-image.ts';

/*
 * What users of a cluster read. Whoever creates an object chooses the registry, so nothing that a registry says is repeated:
 * neither its answers nor the content of signatures that did not verify. The values in a certificate that did verify are
 * quoted.
 */

/** The maximum length of a message, in UTF-16 units. */
const MESSAGE_MAX = 1500;
/** The same for one value of a certificate. */
const FOUND_MAX = 200;
/** Findings that are named. */
const FINDINGS_MAX = 5;

/** One line that a terminal cannot be led astray by. */
export function plainMessage(text: string): string {
  const visible = visibleText(text);
  return visible.length > MESSAGE_MAX ? `${visible.slice(0, MESSAGE_MAX)}…` : visible;
}

/** What each reason means; the same words for whatever a registry answered. */
const MEANINGS: Readonly<Record<string, string>> = {
  NO_SIGNATURE: 'no signature was found',
  NO_ATTESTATION: 'no attestation of this type was found',
  SIGNATURE_INVALID: 'a signature is malformed or does not verify',
  SUBJECT_DIGEST_MISMATCH: 'the signature is one of another image',
  CERTIFICATE_UNTRUSTED: 'the certificate of the signature does not chain to the trusted root',
  NOT_LOGGED: 'the signature has no valid entry in a transparency log of the trusted root',
  TIMESTAMP_INVALID: 'no valid timestamp proves when the signature was made',
  CERTIFICATE_EXPIRED: 'the certificate was not valid when the signature was made',
  ISSUER_MISMATCH: 'the signer has another issuer',
  IDENTITY_MISMATCH: 'somebody else signed the image',
  CLAIM_MISMATCH: 'the certificate of the signature has other claims',
  ANNOTATION_MISMATCH: 'the signature has other annotations',
  TOO_OLD: 'the signature is too old',
  ATTESTATION_MISMATCH: 'the attestation says something else',
  POLICY_DENIED: 'a policy refuses the image',
  IMAGE_NOT_FOUND: 'the registry does not have the image, or does not show it to this login',
  REGISTRY_DENIED: 'the registry refused access',
  REGISTRY_UNAVAILABLE: 'the registry could not be reached or did not answer',
  REGISTRY_INVALID: 'the registry gave an answer that cannot be used',
  TRUST_ROOT_UNAVAILABLE: 'no trusted root is available that is recent enough',
  TRUST_ROOT_INVALID: 'the trusted root cannot be used',
  INPUT_INVALID: 'the configuration of the webhook cannot be used',
  TIMEOUT: 'the time of the request ended before the image was judged; nothing is known about it',
  INTERNAL_ERROR: 'an unexpected failure, which is a defect of the webhook',
};

export function meaningOf(reason: string | null): string {
  return (reason === null ? undefined : MEANINGS[reason]) ?? 'the image could not be judged';
}

/** The next thing to do. */
export function hintOf(reason: string | null, { registry }: Repository): string | undefined {
  switch (reason) {
    case 'NO_SIGNATURE':
      return 'Sign the image in the workflow that builds it, and deploy that digest. An attestation is not a signature.';
    case 'NO_ATTESTATION':
    case 'ATTESTATION_MISMATCH':
      return 'Attach the attestation that the policy asks for, and deploy that digest.';
    case 'ISSUER_MISMATCH':
    case 'IDENTITY_MISMATCH':
    case 'CLAIM_MISMATCH':
    case 'ANNOTATION_MISMATCH':
      return 'Deploy an image that the signer named in the policy has signed. If this signer is right, change the policy.';
    case 'TOO_OLD':
      return 'Build and sign the image again, and deploy the new digest.';
    case 'IMAGE_NOT_FOUND':
      return `Correct the name. If the repository is private, give the webhook a login for ${registry}.`;
    case 'REGISTRY_DENIED':
      return `Give the webhook a login for ${registry} that may pull the image. If the registry or its token server is on a private network, the operator must list both among the private hosts of the webhook.`;
    case 'REGISTRY_UNAVAILABLE':
    case 'REGISTRY_INVALID':
      return `Try again later. If it stays, the log of the webhook says what ${registry} answered.`;
    case 'TIMEOUT':
      return `Try again. If it stays, ${registry} answers too slowly for the \`timeoutSeconds\` of the webhook.`;
    case 'TRUST_ROOT_UNAVAILABLE':
    case 'TRUST_ROOT_INVALID':
      return 'The operator of the webhook must let it reach the TUF repository, or give it a trusted root as a file.';
    case 'INTERNAL_ERROR':
      return 'The log of the webhook says more.';
    default:
      return undefined;
  }
}

/** How the judges of policies word what they found. */
export const ADMISSION_WORDS: FindingWords = { ofJudgement, ofUnread };

function ofJudgement(judgement: Judgement): string {
  const { verdict, reason, accepted, elsewhere } = judgement;
  if (verdict === 'pass') {
    return accepted === undefined
      ? 'everything was found'
      : `signed by ${quoted(accepted.identity.subject, FOUND_MAX)}`;
  }
  const line = judgement.attested?.lines.find((one) => one.verdict !== 'pass' && one.reason === reason);
  if (line !== undefined) return ofLine(line);
  if (verdict === 'error') return ofUnread({ ...judgement, undecided: [] }, reason);
  const [nearest] = judgement.signatures;
  if (nearest?.verification.kind === 'verified' && nearest.evaluation?.kind === 'mismatch') {
    return `${meaningOf(reason)}: ${ofFindings(nearest.evaluation.findings)}`;
  }
  return elsewhere === undefined ? meaningOf(reason) : `${meaningOf(reason)} in ${formatRepository(elsewhere)}`;
}

function ofLine({ line, reason, nearest }: LineJudgement): string {
  const found = nearest === undefined ? '' : `: ${ofFindings(nearest.findings)}`;
  return `${quoted(line, FOUND_MAX)}: ${meaningOf(reason)}${found}`;
}

function ofFindings(findings: readonly Finding[]): string {
  const unmet = findings.filter(({ ok }) => !ok);
  const shown = unmet.slice(0, FINDINGS_MAX).map(({ field, expected, found }) => {
    const seen = found === undefined ? 'nothing' : quoted(found, FOUND_MAX);
    return `${field}: expected ${quoted(expected, FOUND_MAX)}, found ${seen}`;
  });
  const more = unmet.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function ofUnread(
  { places }: Pick<Examination, 'places' | 'unreadable' | 'undecided'>,
  reason: string | null = null,
): string {
  const place = places.find(({ outcome }) => outcome === 'failed');
  if (place === undefined) {
    return reason === null ? 'a signature that the registry lists could not be read' : meaningOf(reason);
  }
  if (place.status === 'private-address') {
    return 'its registry, or one that it refers to, is on a private network, which the webhook does not ask';
  }
  const status = typeof place.status === 'number' ? String(place.status) : 'no answer';
  const why = reason === null ? '' : `: ${meaningOf(reason)}`;
  return `could not look for signatures (${PLACES[place.kind]}, ${status})${why}`;
}

const PLACES: Readonly<Record<Examination['places'][number]['kind'], string>> = {
  'referrers-api': 'referrers API',
  'referrers-tag': 'referrers tag',
  'signature-tag': 'signature tag',
  'attestation-tag': 'attestation tag',
  'github-store': "GitHub's attestation store",
};
