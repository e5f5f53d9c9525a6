import { CodedError, type ErrorCode } from '../coded-error.ts';
import { within } from '../domain/calls/within.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { referenceOf } from '../workloads/image-value.ts';
import type { NamedImage } from '../workloads/named-image.ts';
import { auditOf } from './audit-annotations.ts';
import type { FieldVerdict } from './field-verdict.ts';
import type { AskedImage, ImageJudge, ImageVerdict, ReviewSettings } from './image-judge.ts';
import type { AdmissionAnswer, AdmissionRequest } from './review.ts';
import { type ObjectProblem, type ReviewObject, readReviewObject } from './review-object.ts';
import { problemsMessage, refusalMessage, warningsOf } from './words.ts';

/** What one request is judged with. */
export interface Admission {
  readonly judge: ImageJudge;
  readonly settings: ReviewSettings;
  /** Aborts when the answer is due. What is not judged by then is refused. */
  readonly due: AbortSignal;
  /** Gets what a judge threw, for the log: a user does not read it. */
  readonly onDefect?: (error: unknown) => void;
}

/** More distinct images than an object needs. Each may cost requests to a registry. */
const IMAGES_MAX = 200;

/**
 * Answers `/validate`: every image that the request brings must pass or be allowed. Whatever goes wrong refuses; only an
 * explicit verdict admits an image. Never throws on parsed JSON.
 */
export async function validate(request: AdmissionRequest, admission: Admission): Promise<AdmissionAnswer> {
  const { settings } = admission;
  const asked = readReviewObject(request, settings);
  if (asked.kind === 'no-images') {
    const warnings = asked.warning === undefined ? [] : [asked.warning];
    return allow(request, { warnings, auditAnnotations: { verdict: 'none', note: asked.why } });
  }
  if (asked.kind === 'unreadable') return refuseUnreadable(request, asked.problems);
  if (asked.kind === 'unchanged' || asked.images.length === 0) {
    const note = 'images unchanged';
    return allow(request, { warnings: [], auditAnnotations: { verdict: 'unchanged', note } });
  }
  const keyOf = createKeys();
  const questions = new Map(asked.images.map((image) => [keyOf(image), image]));
  if (questions.size > IMAGES_MAX) return refuseUnreadable(request, [tooMany(questions.size)]);
  const verdicts = new Map<string, Promise<ImageVerdict>>();
  for (const [key, image] of questions) verdicts.set(key, judgeOne(image, request, admission));
  const judged = await Promise.all(
    asked.images.map(async (image): Promise<FieldVerdict> => {
      return { image, verdict: (await verdicts.get(keyOf(image))) ?? failure('INTERNAL_ERROR') };
    }),
  );
  return answer(request, { judged, unchanged: asked.unchanged }, settings);
}

/**
 * Refuses whatever is asked: without policies, nobody can say what a request may do (contract §2.7, "denies everything").
 * `problems` say why there are none.
 */
export function refuseAll(request: AdmissionRequest, problems: readonly string[]): AdmissionAnswer {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const why = first === undefined ? '' : `: ${cutText(first, WHY_MAX)}${more}`;
  const message = `INPUT_INVALID: no policies are in force, so nothing is admitted${why}\nThe operator of the webhook must correct its policies.`;
  return refuse(request, message);
}

/**
 * Answers `/mutate`: appends the digest to every tag that must be pinned and that the request brings. It never refuses: what
 * cannot be pinned stays as it is, and `/validate` refuses it. Never throws on parsed JSON.
 */
export async function mutate(request: AdmissionRequest, admission: Admission): Promise<AdmissionAnswer> {
  const asked = readReviewObject(request, admission.settings);
  if (asked.kind !== 'images' || !isPinned(request)) return allow(request, NOTHING_TO_SAY);
  // A changed label makes them worth judging, not pinning: another text would restart containers.
  const images = asked.images.filter((image) => !asked.kept.has(image));
  const old = new Map(asked.old.map((image) => [image.field, image]));
  const keyOf = createKeys();
  const pinned = new Map<string, Promise<string | undefined>>();
  for (const image of images) {
    if (pinned.size >= IMAGES_MAX) break;
    const key = keyOf(image);
    if (!pinned.has(key) && keptDigest(image, old) === undefined) pinned.set(key, pinOne(image, request, admission));
  }
  const patch: AdmissionAnswer['patch'][number][] = [];
  for (const image of images) {
    const value = keptDigest(image, old) ?? (await pinned.get(keyOf(image)));
    // A value inside of a text has no pointer.
    if (value !== undefined && image.pointer !== undefined) patch.push({ op: 'replace', path: image.pointer, value });
  }
  return { ...allow(request, NOTHING_TO_SAY), patch };
}

/** In UTF-16 units. */
const WHY_MAX = 1_000;

const NOTHING_TO_SAY = { warnings: [], auditAnnotations: {} } as const;

/** Subresources whose images are those of the object, and may be written. */
function isPinned({ subResource }: AdmissionRequest): boolean {
  return subResource === '' || subResource === 'ephemeralcontainers';
}

/**
 * The image as the old object has it, if that is this very text with a digest: whoever applies the same manifest again
 * means the same image, and a tag that has moved since does not move what runs.
 */
function keptDigest({ image, field }: NamedImage, old: ReadonlyMap<string, NamedImage>): string | undefined {
  const before = old.get(field)?.image;
  return before?.startsWith(`${image}@`) === true ? before : undefined;
}

async function pinOne(image: NamedImage, request: AdmissionRequest, admission: Admission): Promise<string | undefined> {
  try {
    const asked = askedOf(image, request);
    if (asked.digest !== undefined) return undefined;
    const digest = await within(admission.due, () => admission.judge.resolve(asked));
    // Without a tag, the name stays without one: a digest decides alone.
    return digest === undefined ? undefined : `${image.image}@${digest}`;
  } catch (error) {
    if (!admission.due.aborted) admission.onDefect?.(error);
    return undefined;
  }
}

async function judgeOne(image: NamedImage, request: AdmissionRequest, admission: Admission): Promise<ImageVerdict> {
  try {
    return await within(admission.due, () => admission.judge.judge(askedOf(image, request)));
  } catch (error) {
    if (admission.due.aborted) return TOO_LATE;
    admission.onDefect?.(error);
    return error instanceof CodedError ? failure(error.code) : failure('INTERNAL_ERROR');
  }
}

const TOO_LATE: ImageVerdict = {
  ...{ verdict: 'error', reason: 'TIMEOUT', message: 'the image was not judged before the API server’s deadline' },
  ...{ hint: 'Try again: what was looked up by now is remembered.', policies: [], digest: undefined },
};

/** Holds nothing of what was thrown but its code: it may quote a registry. */
function failure(reason: ErrorCode): ImageVerdict {
  const isDefect = reason === 'INTERNAL_ERROR';
  return {
    ...{ verdict: 'error', reason, policies: [], digest: undefined },
    message: isDefect ? 'the check of the image ended with a defect' : 'the image could not be checked',
    hint: isDefect ? 'Look into the log of the webhook for this request, and report it.' : undefined,
  };
}

function askedOf(image: NamedImage, { namespace }: AdmissionRequest): AskedImage {
  const { owner, annotated } = image;
  const { repository, tag, digest } = referenceOf(image);
  return { repository, tag, digest, use: { object: owner, annotated }, namespace };
}

/**
 * Two fields with the same key have the same verdict: the namespace is that of the request. A manifest inside of the object
 * is an object of its own, and policies select by kind and labels. Owners have numbers, because labels may be large.
 */
function createKeys(): (image: NamedImage) => string {
  const owners = new Map<NamedImage['owner'], number>();
  return ({ image, owner, annotated }) => {
    const number = owners.get(owner) ?? owners.size;
    owners.set(owner, number);
    return JSON.stringify([number, image, annotated?.subject ?? null, annotated?.issuer ?? null]);
  };
}

interface Judged {
  readonly judged: readonly FieldVerdict[];
  readonly unchanged: readonly NamedImage[];
}

function answer(request: AdmissionRequest, { judged, unchanged }: Judged, settings: ReviewSettings): AdmissionAnswer {
  // Explicit, so that no unknown verdict admits an image.
  const refused = judged.filter(({ verdict: { verdict } }) => verdict !== 'pass' && verdict !== 'allowed');
  const letThrough = judged.filter(({ verdict }) => verdict.verdict === 'allowed');
  const isRefused = refused.some(({ verdict }) => settings.mode !== 'warn' || verdict.reason === 'INPUT_INVALID');
  const auditAnnotations = auditOf({ judged, unchanged, mode: settings.mode });
  const warnings = warningsOf({ letThrough, refused: isRefused ? [] : refused }, settings);
  if (!isRefused) return allow(request, { warnings, auditAnnotations });
  const message = refusalMessage({ refused, total: judged.length + unchanged.length }, settings);
  return { uid: request.uid, isAllowed: false, message, warnings, auditAnnotations, patch: [] };
}

function allow(
  { uid }: AdmissionRequest,
  { warnings, auditAnnotations }: Pick<AdmissionAnswer, 'warnings' | 'auditAnnotations'>,
): AdmissionAnswer {
  return { uid, isAllowed: true, message: undefined, warnings, auditAnnotations, patch: [] };
}

function refuseUnreadable(
  request: AdmissionRequest,
  problems: Extract<ReviewObject, { kind: 'unreadable' }>['problems'],
): AdmissionAnswer {
  return refuse(request, problemsMessage(problems));
}

/** Also in mode warn: nothing is known about images that cannot be read, or about what they must be. */
function refuse({ uid }: AdmissionRequest, message: string): AdmissionAnswer {
  return {
    ...{ uid, isAllowed: false, message, warnings: [], patch: [] },
    auditAnnotations: { verdict: 'error', reason: 'INPUT_INVALID' },
  };
}

function tooMany(count: number): ObjectProblem {
  return {
    ...{ object: undefined, field: undefined, what: `the object names ${count} different images` },
    cure: `at most ${IMAGES_MAX} are judged at once: divide it`,
  };
}
