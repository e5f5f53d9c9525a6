import { toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { AnnotatedSigner } from '../../domain/identity/annotated-signer.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, formatRepository, type Repository } from '../../domain/image/reference.ts';
import {
  type AuthorityFinding,
  decideImage,
  type ImageDecision,
  type NoMatchPolicy,
} from '../../domain/policy/decide.ts';
import { matchedRepository } from '../../domain/policy/image-name.ts';
import type { KeylessAuthority, Policy, PolicySet } from '../../domain/policy/policy.ts';
import { selectForRepository, selectPolicies } from '../../domain/policy/select.ts';
import type { PolicyResult } from '../../domain/results.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { Examination } from '../examining/examine-image.ts';
import type { ImageUse } from '../examining/image-use.ts';
import type { FirstLook, Look } from '../examining/looks.ts';
import type { ReadPlatforms } from '../examining/platform-reader.ts';
import { annotatedOf, missingAnnotated } from './annotated-signers.ts';
import { judgeOnce, type Looks } from './attested-judge.ts';
import { type FindingWords, findingOf, isSatisfied, judgeSignature, type ReadyAuthority } from './authority-judge.ts';
import type { ReadStatements } from './buildkit-statements.ts';
import type { Judge, NamedDigest, Outcome } from './create-judge.ts';
import {
  factsOf,
  isAccepted,
  type JudgedAttestation,
  type JudgedSignature,
  type Judgement,
  judgeImage,
  newest,
  rankOf,
} from './judge-image.ts';

/** What decides about images instead of one required identity (contract §2.5.1). */
export interface PolicyRules extends SelectedRules {
  readonly set: PolicySet;
}

/** The same where policies were selected beforehand: there may be none, and then `noMatch` and annotations decide. */
export interface SelectedRules {
  readonly set: Pick<PolicySet, 'notices'> & { readonly policies: readonly Policy[] };
  readonly noMatch: NoMatchPolicy;
}

interface PolicyJudgeOptions {
  readonly rules: SelectedRules;
  readonly authorities: readonly ReadyAuthority[];
  /** Looks that judge attestations by the requirements of all authorities, and try every trusted root. */
  readonly firstLook: FirstLook;
  readonly readPlatforms: ReadPlatforms;
  /** BuildKit's statements, as far as an authority accepts the signature of the index. */
  readonly readStatementsFor: (ready: ReadyAuthority) => ReadStatements;
  readonly signal: AbortSignal;
  /** What is said about a finding. Default: everything that is known, also in the words of a registry. */
  readonly words?: FindingWords | undefined;
}

/**
 * Creates a judge for policies. All of them share the examinations of a digest: each place is read, and each signature
 * verified, once, whatever the number of policies and names. What no policy selects is looked at only if its annotations
 * ask for a signer.
 */
export function createPolicyJudge(options: PolicyJudgeOptions): Judge {
  const outcomes = new Map<string, Promise<Outcome>>();
  return (image, isThere = Promise.resolve(true)) => {
    const cases = casesOf(options.rules.set.policies, image);
    const name = JSON.stringify([formatPinned(image.repository, image.digest), ...cases.map(({ key }) => key)]);
    const known = outcomes.get(name);
    if (known !== undefined) return known;
    const outcome = within(options.signal, () => judgeCases(options, { image, cases }, isThere)).then(
      (judgement): Outcome => ({ judgement, error: undefined }),
      (error: unknown): Outcome => ({ judgement: undefined, error: toCodedError(error) }),
    );
    outcomes.set(name, outcome);
    return outcome;
  };
}

/**
 * The judgement for an image of which no digest can be allowed, because no policy is about its repository; undefined for
 * others. Nothing needs to be asked of its registry.
 */
export function refuseUncovered(
  { set, noMatch }: SelectedRules,
  { repository, digest, uses = [] }: Pick<NamedDigest, 'repository' | 'uses'> & { readonly digest: Digest | undefined },
): Judgement | undefined {
  if (noMatch !== 'deny') return undefined;
  const objects = uses.length === 0 ? [undefined] : uses.map(({ object }) => object);
  const isCovered = objects.every((object) => {
    const policies =
      digest === undefined
        ? selectForRepository(set.policies, { repository, object })
        : selectPolicies(set.policies, { repository, digest, object });
    return policies.length > 0;
  });
  return isCovered ? undefined : uncovered(repository, noMatch);
}

/** The judgement for an image that no policy matches, with the glob that would. */
function uncovered(repository: Repository, noMatch: NoMatchPolicy): Judgement {
  const judgement = judgementOf(decideImage([], { noMatch, findingOf: unexamined }), NOTHING_FOUND);
  const hint = `Add the image to \`spec.images\` of a policy. On pull requests, the policies of the base commit count: merge the policy first.\nglob: ${matchedRepository(repository)}@*`;
  return { ...judgement, hint };
}

function unexamined(policy: Policy): never {
  throw new TypeError(`an authority of the policy ${quoted(policy.name)} was not examined`);
}

/** Uses of an image to which the same policies and annotations apply. */
interface UseCase {
  readonly key: string;
  readonly policies: readonly Policy[];
  readonly annotated: readonly AnnotatedSigner[];
}

function casesOf(policies: readonly Policy[], { repository, digest, uses = [] }: NamedDigest): UseCase[] {
  const all: readonly ImageUse[] = uses.length === 0 ? [{ object: undefined, annotated: undefined }] : uses;
  const cases = all.map((use): UseCase => {
    const selected = selectPolicies(policies, { repository, digest, object: use.object });
    const annotated = annotatedOf([use]);
    const key = JSON.stringify([
      selected.map(({ name }) => name),
      annotated.map(({ subject = null, issuer = null }) => [subject, issuer]),
    ]);
    return { key, policies: selected, annotated };
  });
  return [...new Map(cases.map((one) => [one.key, one])).values()];
}

/** Worse verdicts decide: every use of the image must be allowed. */
const SEVERITY: Readonly<Record<Judgement['verdict'], number>> = { pass: 0, allowed: 1, fail: 2, error: 3 };

async function judgeCases(
  options: PolicyJudgeOptions,
  { image, cases }: { readonly image: NamedDigest; readonly cases: readonly UseCase[] },
  isThere: Promise<boolean>,
): Promise<Judgement> {
  let worst: Judgement | undefined;
  for (const one of cases) {
    const judgement = await judgeCase(options, { image, ...one }, isThere);
    if (worst === undefined || SEVERITY[judgement.verdict] > SEVERITY[worst.verdict]) worst = judgement;
  }
  if (worst === undefined) throw new TypeError('an image without a use');
  return worst;
}

type CaseToJudge = UseCase & { readonly image: NamedDigest };

/** The current looks, by signature store and digest. */
type Stores = Map<string, { readonly repository: Repository | undefined; readonly looks: Looks }>;

async function judgeCase(
  options: PolicyJudgeOptions,
  what: CaseToJudge,
  isThere: Promise<boolean>,
): Promise<Judgement> {
  const stores: Stores = new Map();
  for (;;) {
    const judgement = await judgeOnceByPolicies(options, what, stores);
    // Waiting can change only what was not found.
    const mayAppear = judgement.reason === 'NO_SIGNATURE' || judgement.reason === 'NO_ATTESTATION';
    if (judgement.verdict !== 'fail' || !mayAppear) return judgement;
    const current = [...stores.values()].flatMap(({ looks }) =>
      [...looks].map(([digest, look]) => ({ looks, digest, look })),
    );
    const next = await Promise.all(
      current.map(async ({ looks, digest, look }) => ({ looks, digest, look: await look.next(isThere) })),
    );
    if (next.length === 0 || next.some(({ look }) => look === undefined)) return judgement;
    for (const { looks, digest, look } of next) if (look !== undefined) looks.set(digest, look);
  }
}

async function judgeOnceByPolicies(
  options: PolicyJudgeOptions,
  { image, policies, annotated }: CaseToJudge,
  stores: Stores,
): Promise<Judgement> {
  const { noMatch } = options.rules;
  const found = new Map<KeylessAuthority, FoundAuthority>();
  for (const policy of policies) {
    const authorities = options.authorities.filter((one) => one.policy === policy);
    // The signer that an annotation names need not be the first one that the policy accepts.
    const readAll = policy.require !== undefined || annotated.length > 0;
    await judgePolicy(options, { image, authorities, readAll, stores, found });
  }
  const decision = decideImage(policies, {
    noMatch,
    findingOf: (policy, authority) => found.get(authority)?.finding ?? unexamined(policy),
  });
  const all = [...found.values()].flatMap(({ judgement }) => judgement ?? []);
  const judgement =
    policies.length === 0 ? uncovered(image.repository, noMatch) : judgementOf(decision, joinFound(all));
  const isOpen = decision.verdict === 'pass' || decision.verdict === 'allowed';
  return isOpen && annotated.length > 0
    ? addAnnotations(options, { image, annotated, stores, judgement, hasRule: all.length > 0 })
    : judgement;
}

interface FoundAuthority {
  readonly finding: AuthorityFinding;
  /** Undefined if it was not examined, because another one had passed. */
  readonly judgement: Judgement | undefined;
}

interface PolicyToJudge {
  readonly image: NamedDigest;
  /** The keyless ones, in the order of the policy. */
  readonly authorities: readonly ReadyAuthority[];
  readonly readAll: boolean;
  readonly stores: Stores;
  readonly found: Map<KeylessAuthority, FoundAuthority>;
}

const NOT_NEEDED: FoundAuthority = {
  finding: { kind: 'fail', reason: 'NO_SIGNATURE', message: 'not examined, because another authority passes' },
  judgement: undefined,
};

/** Judges the authorities of one policy in turn. Alternatives are examined only until one passes. */
async function judgePolicy(options: PolicyJudgeOptions, task: PolicyToJudge): Promise<void> {
  const { authorities, readAll, found } = task;
  let isDone = false;
  for (const ready of authorities) {
    const isKnown = isDone && !readAll;
    if (isKnown && !isExamined(ready, task)) {
      found.set(ready.authority, NOT_NEEDED);
      continue;
    }
    const judgement = await judgeAuthority(options, { ...task, ready, isKnown });
    const finding = findingOf(ready, judgement, options.words);
    if (finding.kind === 'pass') isDone = true;
    found.set(ready.authority, { finding, judgement });
  }
}

/** True if an authority for image signatures can be judged without another request. */
function isExamined({ authority }: ReadyAuthority, { image, stores }: PolicyToJudge): boolean {
  return authority.attestations.length === 0 && stores.get(keyOf(authority.source))?.looks.has(image.digest) === true;
}

const keyOf = (source: Repository | undefined): string => (source === undefined ? '' : formatRepository(source));

function storeOf(stores: Stores, repository: Repository | undefined): Looks {
  const known = stores.get(keyOf(repository));
  const looks: Looks = known?.looks ?? new Map();
  if (known === undefined) stores.set(keyOf(repository), { repository, looks });
  return looks;
}

function lookAt(
  { firstLook }: Pick<PolicyJudgeOptions, 'firstLook'>,
  {
    image,
    stores,
    source,
  }: { readonly image: NamedDigest; readonly stores: Stores; readonly source?: Repository | undefined },
): Look {
  const looks = storeOf(stores, source);
  const look = looks.get(image.digest) ?? firstLook(image.repository, image.digest, source);
  looks.set(image.digest, look);
  return look;
}

async function judgeAuthority(
  options: PolicyJudgeOptions,
  {
    image,
    authorities,
    readAll,
    stores,
    ready,
    isKnown,
  }: PolicyToJudge & { readonly ready: ReadyAuthority; readonly isKnown: boolean },
): Promise<Judgement> {
  const { authority, evaluate, numbered, view } = ready;
  const { source } = authority;
  const look = lookAt(options, { image, stores, source });
  const elsewhere = formatRepository(look.store) === formatRepository(image.repository) ? undefined : look.store;
  if (numbered.length === 0) {
    // Alternatives in one store look together, so that the first does not read everything before the second has its turn.
    const together = authorities.filter(
      (one) => one.numbered.length === 0 && keyOf(one.authority.source) === keyOf(source),
    );
    const examination = await look.examination.until(
      (found) => isKnown || (!readAll && together.some((one) => isSatisfied(one, found))),
    );
    return judgeSignature(ready, examination, elsewhere);
  }
  const judgement = await judgeOnce(
    {
      evaluate,
      requireSignature: authority.requireSignature,
      numbered,
      readAll,
      view,
      firstLook: (repository, digest) => options.firstLook(repository, digest, source),
      readPlatforms: options.readPlatforms,
      readStatements: options.readStatementsFor(ready),
    },
    image,
    storeOf(stores, source),
  );
  return { ...judgement, elsewhere };
}

interface AnnotationsToAdd {
  readonly image: NamedDigest;
  readonly annotated: readonly AnnotatedSigner[];
  readonly stores: Stores;
  readonly judgement: Judgement;
  /** True if an authority that looks for signers was applied. */
  readonly hasRule: boolean;
}

/** Annotations ask for more than the policies, also where no policy matches or `static: pass` lets the image through. */
async function addAnnotations(options: PolicyJudgeOptions, task: AnnotationsToAdd): Promise<Judgement> {
  const { image, annotated, stores, judgement } = task;
  const hasRule = task.hasRule && judgement.signatures.some(isAccepted);
  const examination: Examination | undefined = hasRule
    ? undefined
    : await lookAt(options, { image, stores }).examination.until(() => false);
  const signatures =
    examination === undefined
      ? judgement.signatures
      : judgeImage(
          { ...examination, examined: examination.examined.filter(({ root }) => root === undefined) },
          undefined,
        ).signatures;
  for (const one of annotated) {
    const missing = missingAnnotated(one, { signatures, examination, hasRule, words: options.words });
    if (missing !== undefined) return { ...judgement, ...missing, signatures, accepted: undefined };
  }
  return judgement;
}

type Found = Omit<Judgement, 'verdict' | 'reason' | 'message' | 'policies'>;

const NOTHING_FOUND: Found = {
  hint: undefined,
  signatures: [],
  others: [],
  unreadable: [],
  places: [],
  elsewhere: undefined,
  accepted: undefined,
};

function judgementOf({ verdict, reason, message, policies }: ImageDecision, found: Found): Judgement {
  const isPass = verdict === 'pass';
  return {
    ...found,
    verdict,
    reason,
    message,
    hint: isPass ? undefined : found.hint,
    accepted: isPass ? found.accepted : undefined,
    policies: policies.map(
      (one): PolicyResult => ({
        name: one.policy.name,
        authority: one.authority.name,
        verdict: one.verdict,
        reason: one.reason,
        message: one.message,
      }),
    ),
  };
}

/** What the authorities found together: each signature, attestation and place once. */
function joinFound(judgements: readonly Judgement[]): Found {
  if (judgements.length === 0) return NOTHING_FOUND;
  const signatures = joinSignatures(judgements.flatMap((one) => one.signatures));
  const attested = judgements.flatMap((one) => one.attested ?? []);
  const accepted = signatures.filter(isAccepted).sort((a, b) => newest(b) - newest(a));
  const once = <One>(list: readonly One[], key: (one: One) => string): One[] => [
    ...new Map(list.map((one) => [key(one), one])).values(),
  ];
  return {
    hint: judgements.find(({ verdict, hint }) => verdict !== 'pass' && hint !== undefined)?.hint,
    signatures,
    others: once(
      judgements.flatMap((one) => one.others),
      ({ candidate }) => candidate.digest,
    ),
    unreadable: once(
      judgements.flatMap((one) => one.unreadable),
      ({ digest, place }) => `${place} ${digest}`,
    ),
    places: once(
      judgements.flatMap((one) => one.places),
      ({ request, status }) => `${status} ${request}`,
    ),
    elsewhere: judgements.find(({ elsewhere }) => elsewhere !== undefined)?.elsewhere,
    accepted: factsOf(accepted[0]),
    ...(attested.length === 0
      ? {}
      : {
          attested: {
            attestations: joinAttestations(attested.flatMap(({ attestations }) => attestations)),
            lines: attested.flatMap(({ lines }) => lines),
            identity: attested.find(({ identity }) => identity !== undefined)?.identity,
          },
        }),
  };
}

/** Of several judgements about one signature, the best: accepted by some authority, else what came closest. */
function joinSignatures(signatures: readonly JudgedSignature[]): JudgedSignature[] {
  const best = new Map<string, JudgedSignature>();
  for (const one of signatures) {
    const key = `${one.candidate.format} ${one.candidate.digest}`;
    const before = best.get(key);
    if (before === undefined || betterThan(one, before)) best.set(key, one);
  }
  const all = [...best.values()];
  return [
    ...all.filter(isAccepted).sort((a, b) => newest(b) - newest(a)),
    ...all.filter((one) => !isAccepted(one)).sort((a, b) => rankOf(b) - rankOf(a)),
  ];
}

function betterThan(one: JudgedSignature, other: JudgedSignature): boolean {
  if (isAccepted(other)) return false;
  return isAccepted(one) || rankOf(one) > rankOf(other);
}

function joinAttestations(attestations: readonly JudgedAttestation[]): JudgedAttestation[] {
  const best = new Map<string, JudgedAttestation>();
  for (const one of attestations) {
    const key = JSON.stringify([one.format, one.digest, one.platform]);
    const before = best.get(key);
    if (before === undefined || (before.requirement === undefined && one.requirement !== undefined)) best.set(key, one);
  }
  return [...best.values()].sort((a, b) => Number(a.requirement === undefined) - Number(b.requirement === undefined));
}
