import type { CodedError } from '../../coded-error.ts';
import { type AnnotatedSigner, checkAnnotated, isAnnotatedSigner } from '../../domain/identity/annotated-signer.ts';
import type { Finding } from '../../domain/identity/evaluation.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { Examination } from '../examining/examine-image.ts';
import type { ImageUse } from '../examining/image-use.ts';
import type { FindingWords } from './authority-judge.ts';
import { failedPlace, isAccepted, type JudgedSignature, type Judgement } from './judge-image.ts';

/** What the annotations of the uses ask for, each signer once. */
export function annotatedOf(uses: readonly ImageUse[] | undefined): AnnotatedSigner[] {
  const asked = (uses ?? []).flatMap(({ annotated }) => annotated ?? []);
  return [...new Map(asked.map((one) => [JSON.stringify([one.subject, one.issuer]), one])).values()];
}

interface AnnotatedOptions {
  readonly signatures: readonly JudgedSignature[];
  readonly examination: Examination | undefined;
  /** True if only signatures count that a rule accepted. */
  readonly hasRule: boolean;
  /** As in PolicyJudgeOptions. */
  readonly words?: FindingWords | undefined;
}

/** Why the signer that an annotation asks for is missing; undefined if a signature bears it. */
export function missingAnnotated(
  annotated: AnnotatedSigner,
  { signatures, examination, hasRule, words }: AnnotatedOptions,
): Pick<Judgement, 'verdict' | 'reason' | 'message' | 'hint'> | undefined {
  const verified = signatures.flatMap((one) =>
    one.verification.kind === 'verified'
      ? [{ identity: one.verification.facts.identity, isAccepted: isAccepted(one) }]
      : [],
  );
  const counted = verified.filter((one) => !hasRule || one.isAccepted);
  if (counted.some((one) => isAnnotatedSigner(one.identity, annotated, one))) return undefined;
  const failure = examination === undefined ? undefined : failedPlace(examination);
  if (failure !== undefined && examination !== undefined) return errorOf(failure, words?.ofUnread(examination));
  const hint =
    'The annotations of the object that names the image ask for this signer. Correct them, or sign the image so.';
  const shortest = counted
    .map(({ identity }) => checkAnnotated(identity, annotated).filter(({ ok }) => !ok))
    .toSorted((a, b) => a.length - b.length)[0];
  if (shortest === undefined) {
    const reason = examination !== undefined && signatures.length === 0 ? 'NO_SIGNATURE' : 'IDENTITY_MISMATCH';
    return { verdict: 'fail', reason, message: `no accepted signature bears ${wordsOf(annotated)}`, hint };
  }
  if (shortest.length === 0) {
    const message = `${wordsOf(annotated)}: the signature is one of pull-request code, which an annotation cannot permit`;
    return { verdict: 'fail', reason: 'CLAIM_MISMATCH', message, hint };
  }
  const isIssuer = shortest.some(({ field }) => field.includes('issuer'));
  const reason = isIssuer ? 'ISSUER_MISMATCH' : 'IDENTITY_MISMATCH';
  return { verdict: 'fail', reason, message: shortest.map(findingWords).join('; '), hint };
}

function errorOf(
  { code, message, hint }: CodedError,
  said: string | undefined,
): Pick<Judgement, 'verdict' | 'reason' | 'message' | 'hint'> {
  return { verdict: 'error', reason: code, message: said ?? message, hint };
}

function findingWords({ field, expected, found }: Finding): string {
  return `${field}: expected ${expected}, found ${found ?? 'nothing'}`;
}

function wordsOf({ subject, issuer }: AnnotatedSigner): string {
  return [
    ...(subject === undefined ? [] : [`the annotated subject ${quoted(subject)}`]),
    ...(issuer === undefined ? [] : [`the annotated issuer ${quoted(issuer)}`]),
  ].join(' and ');
}
