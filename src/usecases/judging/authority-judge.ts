import { type Evaluation, needTimestamp } from '../../domain/identity/evaluation.ts';
import { evaluateSigner } from '../../domain/identity/signer-evaluation.ts';
import type { AuthorityFinding, Signer } from '../../domain/policy/decide.ts';
import type { KeylessAuthority, Policy } from '../../domain/policy/policy.ts';
import type { Facts } from '../../domain/signature/facts.ts';
import type { Examination } from '../examining/examine-image.ts';
import type { RootedRequirement } from '../examining/read-attestations.ts';
import type { Clock, Place } from '../ports.ts';
import { evaluateOnce } from './evaluate-once.ts';
import { type Evaluate, isAccepted, type JudgedAttestation, type Judgement, judgeImage } from './judge-image.ts';
import type { NumberedRequirement } from './judge-line.ts';

/** A keyless authority of a policy, ready to be applied to what examinations find. */
export interface ReadyAuthority {
  readonly policy: Policy;
  readonly authority: KeylessAuthority;
  /** Whether it accepts an image signature that was proven by its trusted root. */
  readonly evaluate: NonNullable<Evaluate>;
  readonly numbered: readonly NumberedRequirement[];
  /** The part of an examination that counts for it: its trusted root and its format. */
  readonly view: (examination: Examination) => Examination;
}

/** The keyless authorities of a run, and their requirements for attestations, which judges know by their place in the list. */
export interface ReadyAuthorities {
  readonly authorities: readonly ReadyAuthority[];
  readonly requirements: readonly RootedRequirement[];
}

/** Prepares the keyless authorities of all policies. */
export function prepareAuthorities(policies: readonly Policy[], clock: Pick<Clock, 'now'>): ReadyAuthorities {
  const requirements: RootedRequirement[] = [];
  const authorities = policies.flatMap((policy) =>
    policy.authorities.flatMap((authority): ReadyAuthority[] => {
      if (authority.kind !== 'keyless') return [];
      const { trustedRoot: root, requireTimestamp } = authority;
      const numbered = authority.attestations.map((one): NumberedRequirement => {
        const requirement = { ...one, requireTimestamp, ...(root === undefined ? {} : { root }) };
        return { requirement, index: requirements.push(requirement) - 1 };
      });
      const evaluate = evaluateOnce((facts, now) => evaluateFor(authority, facts, now), clock);
      return [{ policy, authority, evaluate, numbered, view: viewOf(authority) }];
    }),
  );
  return { authorities, requirements };
}

function evaluateFor({ requirement, requireTimestamp }: KeylessAuthority, facts: Facts, now: Date): Evaluation {
  const evaluation = evaluateSigner(facts, requirement, now);
  return requireTimestamp ? needTimestamp(evaluation, facts) : evaluation;
}

const PLACES: Readonly<Record<'bundle' | 'legacy', readonly Place['kind'][]>> = {
  bundle: ['referrers-api', 'referrers-tag', 'github-store'],
  legacy: ['signature-tag', 'attestation-tag'],
};

/** Results of another trusted root never count for an authority, nor those of a format that it does not accept. */
function viewOf({ trustedRoot: root, format }: KeylessAuthority): ReadyAuthority['view'] {
  return (examination) => {
    const ofRoot = <Found extends { readonly root?: string }>(found: readonly Found[]): Found[] =>
      found.filter((one) => one.root === root);
    const examined = ofRoot(examination.examined);
    const attestations = ofRoot(examination.attestations);
    const undecided = ofRoot(examination.undecided);
    if (format === 'any') return { ...examination, examined, attestations, undecided };
    const places = PLACES[format];
    return {
      ...examination,
      examined: examined.filter(({ candidate }) => candidate.format === format),
      attestations: attestations.filter((one) => one.format === format || one.format === 'buildkit'),
      undecided,
      // What is in the other places can neither satisfy the authority nor hide anything from it.
      unreadable: examination.unreadable.filter(({ place }) => places.includes(place)),
      places: examination.places.filter(({ kind }) => places.includes(kind)),
    };
  };
}

/** True if what is known satisfies an authority that asks for no attestation. */
export function isSatisfied({ evaluate, view }: ReadyAuthority, found: Examination): boolean {
  return view(found).examined.some(
    ({ verification }) => verification.kind === 'verified' && evaluate(verification.facts).kind === 'accepted',
  );
}

/** How findings are worded for readers who may see less than those of a run. */
export interface FindingWords {
  readonly ofJudgement: (judgement: Judgement) => string;
  /** About places or signatures that could not be read. */
  readonly ofUnread: (found: Pick<Examination, 'places' | 'unreadable' | 'undecided'>) => string;
}

/** What an authority found: the value for domain/policy, with everyone who satisfies it. */
export function findingOf(ready: ReadyAuthority, judgement: Judgement, words?: FindingWords): AuthorityFinding {
  const { verdict } = judgement;
  const message = words?.ofJudgement(judgement) ?? judgement.message;
  const reason = judgement.reason ?? 'INTERNAL_ERROR';
  if (verdict === 'error') return { kind: 'error', reason, message };
  if (verdict !== 'pass') return { kind: 'fail', reason, message };
  return { kind: 'pass', message, signers: signersOf(ready, judgement), unread: unreadOf(judgement, words) };
}

function signersOf({ authority, numbered }: ReadyAuthority, { signatures, attested }: Judgement): Signer[] {
  if (authority.requireSignature) {
    return signatures
      .filter(isAccepted)
      .flatMap(({ verification }) => (verification.kind === 'verified' ? [verification.facts.identity] : []));
  }
  const [first = [], ...others] = numbered.map(({ index }) => acceptedBy(attested?.attestations ?? [], index));
  return first.filter((signer) => others.every((list) => list.some((one) => isSame(one, signer))));
}

function isSame(one: Signer, other: Signer): boolean {
  return one.issuer === other.issuer && one.subject === other.subject;
}

/** Only attestations about the image itself: who attested one platform has not attested the others. */
function acceptedBy(attestations: readonly JudgedAttestation[], index: number): Signer[] {
  return attestations.flatMap(({ platform, verification }) =>
    platform === undefined && verification.kind === 'verified' && verification.evaluations[index]?.kind === 'accepted'
      ? [verification.facts.identity]
      : [],
  );
}

/** A place that could not be read although the authority passed: signers may be missing. */
function unreadOf(
  { places, unreadable }: Judgement,
  words: FindingWords | undefined,
): Extract<AuthorityFinding, { kind: 'pass' }>['unread'] {
  const place = places.find(({ outcome }) => outcome === 'failed');
  const one = unreadable.find(({ outcome }) => outcome === 'failed');
  if (place === undefined && one === undefined) return undefined;
  const message = place === undefined ? (one?.message ?? '') : `could not look for signatures: ${place.request}`;
  const said = words?.ofUnread({ places, unreadable, undecided: [] }) ?? message;
  return { reason: 'REGISTRY_UNAVAILABLE', message: said };
}

/** Judges an authority that asks only for an image signature. */
export function judgeSignature(
  ready: ReadyAuthority,
  found: Examination,
  elsewhere: Judgement['elsewhere'],
): Judgement {
  return judgeImage(ready.view(found), ready.evaluate, elsewhere);
}
