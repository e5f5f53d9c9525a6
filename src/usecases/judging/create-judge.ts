import { type CodedError, toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, formatRepository, type Repository } from '../../domain/image/reference.ts';
import type { ExaminedSignature } from '../examining/examine-image.ts';
import type { ImageUse } from '../examining/image-use.ts';
import type { FirstLook, Look } from '../examining/looks.ts';
import { type Evaluate, type Judgement, judgeImage } from './judge-image.ts';

/** The decision about one image, or the error that prevented it. */
export interface Outcome {
  readonly judgement: Judgement | undefined;
  readonly error: CodedError | undefined;
}

/** An image by the name under which it was requested. */
export interface NamedDigest {
  readonly repository: Repository;
  readonly digest: Digest;
  /** Where deployment files name it. Only judges for policies and annotations ask. */
  readonly uses?: readonly ImageUse[];
}

/** Judges an image once; never rejects. `isThere`: whether the image exists; if not, the judge does not wait for it. */
export type Judge = (image: NamedDigest, isThere?: Promise<boolean>) => Promise<Outcome>;

/**
 * Creates a judge for one rule. The judge remembers its decision for each image name; `firstLook` remembers the
 * findings for each digest, for all names and all rules.
 */
export function createJudge(
  evaluate: Evaluate,
  { firstLook, signal }: { readonly firstLook: FirstLook; readonly signal: AbortSignal },
): Judge {
  const outcomes = new Map<string, Promise<Outcome>>();
  return (image, isThere = Promise.resolve(true)) => {
    const name = formatPinned(image.repository, image.digest);
    const known = outcomes.get(name);
    if (known !== undefined) return known;
    const outcome = within(signal, () =>
      judgeLooks(evaluate, { image, first: firstLook(image.repository, image.digest) }, isThere),
    ).then(
      (judgement): Outcome => ({ judgement, error: undefined }),
      (error: unknown): Outcome => ({ judgement: undefined, error: toCodedError(error) }),
    );
    outcomes.set(name, outcome);
    return outcome;
  };
}

async function judgeLooks(
  evaluate: Evaluate,
  { image, first }: { readonly image: NamedDigest; readonly first: Look },
  isThere: Promise<boolean>,
): Promise<Judgement> {
  const elsewhere = formatRepository(first.store) === formatRepository(image.repository) ? undefined : first.store;
  const accepts = ({ verification }: ExaminedSignature): boolean =>
    verification.kind === 'verified' && evaluate?.(verification.facts).kind === 'accepted';
  let look = first;
  for (;;) {
    const judgement = judgeImage(
      await look.examination.until(({ examined }) => examined.some(accepts)),
      evaluate,
      elsewhere,
    );
    // Waiting can change only "no signature".
    if (judgement.reason !== 'NO_SIGNATURE') return judgement;
    const next = await look.next(isThere);
    if (next === undefined) return judgement;
    look = next;
  }
}
