import { annotatedIdentity } from '../domain/identity/annotated-signer.ts';
import { formatRepository, parseReference } from '../domain/image/reference.ts';
import { offerPolicy } from '../domain/policy/offered-policy.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { quoted } from '../domain/text/quoted.ts';
import type { NamedImage } from '../workloads/named-image.ts';
import type { FieldVerdict } from './field-verdict.ts';
import type { ReviewSettings } from './image-judge.ts';
import type { ObjectProblem } from './review-object.ts';

/**
 * What a user of a cluster reads after `admission webhook "…" denied the request: `. The first line says enough, because
 * events of controllers are shown on one line and cut.
 */

/** The most refused images or problems that are written out. */
const LISTED_MAX = 10;
/** The most characters of all entries together. */
const ENTRIES_MAX = 3_000;
const REFERENCE_MAX = 400;
const FIELD_MAX = 200;
const TEXT_MAX = 700;
/** The most lines of advice, each cut, and the most pieces of advice. */
const ADVICE_LINES_MAX = 30;
const ADVICES_MAX = 3;
const WARNING_MAX = 500;
const OFFER_MAX = 1_800;

/** Why the request is refused: image, field, policy and reason of each, then what to do. */
export function refusalMessage(
  { refused, total }: { readonly refused: readonly FieldVerdict[]; readonly total: number },
  settings: Pick<ReviewSettings, 'isPublicTrust'>,
): string {
  const [first] = refused;
  const object = objectOf(first?.image.object);
  const advice = adviceOf(refused, settings);
  if (first !== undefined && refused.length === 1) {
    const { field, image } = first.image;
    return [
      `${object}: the image ${quoted(image, REFERENCE_MAX)} (${cutText(field, FIELD_MAX)}) is refused: ${verdictText(first)}`,
      ...advice,
    ].join('\n');
  }
  const entries = refused.map((one) => {
    const { field, image } = one.image;
    return `- ${cutText(field, FIELD_MAX)}: ${quoted(image, REFERENCE_MAX)}: ${verdictText(one)}`;
  });
  return [`${object}: ${refused.length} of ${total} images are refused:`, ...listed(entries), ...advice].join('\n');
}

/** Why the object cannot be judged. */
export function problemsMessage(problems: readonly ObjectProblem[]): string {
  const entries = problems.map(({ field, what, cure }) => {
    return `${field === undefined ? '' : `${cutText(field, FIELD_MAX)}: `}${cutText(`${what}; ${cure}`, TEXT_MAX)}`;
  });
  const object = objectOf(problems[0]?.object);
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return `${object}: INPUT_INVALID: ${only}`;
  return [
    `${object}: INPUT_INVALID: its images cannot be read for ${entries.length} reasons:`,
    ...listed(entries.map((entry) => `- ${entry}`)),
  ].join('\n');
}

/** Warnings about what is admitted without a pass. */
export function warningsOf(
  { letThrough, refused }: { readonly letThrough: readonly FieldVerdict[]; readonly refused: readonly FieldVerdict[] },
  { noMatchPolicy }: Pick<ReviewSettings, 'noMatchPolicy'>,
): string[] {
  const warn = (one: FieldVerdict, how: string): string =>
    cutText(`${one.image.field}: ${one.image.image} ${how}: ${verdictText(one)}`, WARNING_MAX);
  return [
    ...refused.map((one) => warn(one, 'would be refused without mode warn')),
    ...letThrough.filter((one) => isWorthWarning(one, noMatchPolicy)).map((one) => warn(one, 'is let through')),
  ];
}

/** What the administrator lets through on purpose and without a condition is not worth it (`static: pass`, `allow`). */
function isWorthWarning(
  { verdict: { reason } }: FieldVerdict,
  noMatchPolicy: ReviewSettings['noMatchPolicy'],
): boolean {
  return reason !== undefined && !(reason === 'POLICY_NO_MATCH' && noMatchPolicy === 'allow');
}

function objectOf(object: string | undefined): string {
  return object === undefined ? 'the object' : cutText(object, FIELD_MAX);
}

/** `NO_SIGNATURE: policy "ours": …`. Policies that refuse it and that the message does not name come last. */
function verdictText({ verdict: { reason, message, policies } }: FieldVerdict): string {
  const text = cutText(message, TEXT_MAX);
  const silent = policies.filter(
    ({ name, verdict }) => (verdict === 'fail' || verdict === 'error') && !text.includes(quoted(name)),
  );
  const names = [...new Set(silent.map(({ name }) => quoted(name)))];
  const also = names.length === 0 ? '' : ` (refused by policy ${cutText(names.join(', '), FIELD_MAX)})`;
  return `${reason ?? 'INTERNAL_ERROR'}: ${text === '' ? 'the image is not allowed' : text}${also}`;
}

/** As many entries as fit; at least the first. */
function listed(entries: readonly string[]): string[] {
  const shown: string[] = [];
  let left = ENTRIES_MAX;
  for (const entry of entries.slice(0, LISTED_MAX)) {
    left -= entry.length;
    if (left < 0 && shown.length > 0) break;
    shown.push(entry);
  }
  const rest = entries.length - shown.length;
  return rest === 0 ? shown : [...shown, `- and ${rest} more`];
}

// ── the next thing to do ────────────────────────────────────────────────────────────────────────

/** For verdicts that come without advice. */
const OTHERWISE = 'Deploy an image that the policies accept, or ask those who maintain the policies.';

function adviceOf(refused: readonly FieldVerdict[], settings: Pick<ReviewSettings, 'isPublicTrust'>): string[] {
  const pieces = new Set<string>();
  for (const { image, verdict } of refused) {
    if (pieces.size === ADVICES_MAX) break;
    const { reason, hint } = verdict;
    pieces.add(boundedLines(hint ?? OTHERWISE).join('\n'));
    const offer = reason === 'POLICY_NO_MATCH' ? offerFor(image, settings) : undefined;
    if (offer !== undefined) pieces.add(offer);
  }
  return [...pieces].flatMap((piece) => piece.split('\n'));
}

function boundedLines(text: string): string[] {
  return text
    .split('\n')
    .slice(0, ADVICE_LINES_MAX)
    .map((line) => cutText(line, TEXT_MAX));
}

/** The ClusterImagePolicy that the annotations of the image mean (contract §2.7). */
function offerFor(
  { image, annotated }: NamedImage,
  { isPublicTrust }: Pick<ReviewSettings, 'isPublicTrust'>,
): string | undefined {
  if (annotated === undefined) return undefined;
  const identity = annotatedIdentity(annotated);
  if (identity === undefined) {
    return 'Its annotations name only half of a signer; subject and issuer together would mean a ClusterImagePolicy.';
  }
  const repositories = [formatRepository(parseReference(image).repository)];
  const offer = offerPolicy({ identity, repositories, serverUrl: 'https://github.com', isPublic: isPublicTrust });
  switch (offer.kind) {
    case 'offered':
      if (offer.clusterImagePolicy.length > OFFER_MAX)
        return 'The ClusterImagePolicy that its annotations mean is too long to show.';
      return `Its annotations mean this ClusterImagePolicy. Adding it means trusting the signer:\n${offer.clusterImagePolicy}`;
    case 'refused':
      return cutText(`Its annotations mean no policy that could be offered: ${offer.reasons.join('; ')}.`, TEXT_MAX);
    case 'unsafe':
      return 'Its annotations have characters that a policy could misread, so no ClusterImagePolicy is offered.';
    case 'ambiguous':
      return 'Others can sign with the subject of its annotations, so no ClusterImagePolicy is offered.';
  }
}
