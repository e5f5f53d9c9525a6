import { toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { FirstLook } from '../examining/looks.ts';
import { annotatedOf, missingAnnotated } from './annotated-signers.ts';
import type { Judge, NamedDigest, Outcome } from './create-judge.ts';
import { type Evaluate, type Judgement, judgeImage } from './judge-image.ts';

interface AnnotatedJudgeOptions {
  /** Decides by the rules of the step. */
  readonly judge: Judge;
  readonly evaluate: Evaluate;
  /** The looks of that judge. */
  readonly firstLook: FirstLook;
  readonly signal: AbortSignal;
}

/**
 * Adds the annotations of the objects that name an image to the rules of the step (contract §2.7): they only ever ask for
 * more. An image that the rules refuse keeps their verdict.
 */
export function createAnnotatedJudge(options: AnnotatedJudgeOptions): Judge {
  const { judge, signal } = options;
  return async (image, isThere) => {
    const outcome = await judge(image, isThere);
    const asked = annotatedOf(image.uses);
    if (outcome.judgement?.verdict !== 'pass' || asked.length === 0) return outcome;
    const { judgement } = outcome;
    return within(signal, () => addAnnotations(options, image, judgement)).then(
      (added): Outcome => ({ judgement: added, error: undefined }),
      (error: unknown): Outcome => ({ judgement: undefined, error: toCodedError(error) }),
    );
  };
}

async function addAnnotations(
  { evaluate, firstLook }: AnnotatedJudgeOptions,
  image: NamedDigest,
  judgement: Judgement,
): Promise<Judgement> {
  // The signature that an annotation names need not be the first one that the rules accept.
  const examination = await firstLook(image.repository, image.digest).examination.until(() => false);
  const { signatures } = judgeImage(examination, evaluate);
  for (const annotated of annotatedOf(image.uses)) {
    const missing = missingAnnotated(annotated, { signatures, examination, hasRule: evaluate !== undefined });
    if (missing !== undefined) return { ...judgement, ...missing, accepted: undefined };
  }
  return judgement;
}
