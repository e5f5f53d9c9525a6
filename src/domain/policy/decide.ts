import type { Reason } from '../results.ts';
import { isRefusalReason, refusalRank } from '../signature/refusal.ts';
import { quoted } from '../text/quoted.ts';
import { largestMatching } from './matching.ts';
import type { Authority, KeylessAuthority, Policy, StaticAuthority } from './policy.ts';

/** Who signed, as `countersign/require` counts: two signatures with the same pair are one signer. */
export interface Signer {
  readonly issuer: string;
  readonly subject: string;
}

/** Why something is refused or could not be decided. */
export interface Refusal {
  readonly reason: Reason;
  readonly message: string;
}

/** What a keyless authority found at an image. */
export type AuthorityFinding =
  | {
      /** Everything that the authority asks for was found. */
      readonly kind: 'pass';
      readonly message: string;
      /**
       * Everyone who satisfies the authority: the signers of all accepted image signatures; if it asks for attestations
       * instead, those who signed one of every type that it asks for. Policies with `require` need them all, so the
       * examination must not end at the first.
       */
      readonly signers: readonly Signer[];
      /** A place that could not be read, so that signers may be missing. */
      readonly unread: Refusal | undefined;
    }
  | ({ readonly kind: 'fail' } & Refusal)
  /** An outage or something else that says nothing about the image. */
  | ({ readonly kind: 'error' } & Refusal);

/** Looks up what a keyless authority of a policy found. Throws if it was not examined. */
export type FindingOf = (policy: Policy, authority: KeylessAuthority) => AuthorityFinding;

export interface AuthorityDecision {
  readonly authority: Authority;
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly reason: Reason | null;
  readonly message: string;
}

export interface PolicyDecision {
  readonly policy: Policy;
  /** `allowed`: it holds only by `static: pass`, or it is refused in `mode: warn`. */
  readonly verdict: 'pass' | 'allowed' | 'fail' | 'error';
  readonly reason: Reason | null;
  readonly message: string;
  /** In the order of the policy. */
  readonly authorities: readonly AuthorityDecision[];
  /** The authority that the decision rests on: the first that passed, or the one that came closest. */
  readonly authority: Authority;
}

export type NoMatchPolicy = 'deny' | 'warn' | 'allow';

export interface ImageDecision {
  readonly verdict: 'pass' | 'allowed' | 'fail' | 'error';
  readonly reason: Reason | null;
  readonly message: string;
  /** Those that match the image, in the order of the files. */
  readonly policies: readonly PolicyDecision[];
}

/**
 * Decides about one image by the policies that match it (contract §2.5.1): every one must hold. Pure. Only policies that
 * hold by a signer give `pass`; without policies, `noMatch` decides. Throws what `findingOf` throws.
 */
export function decideImage(
  matching: readonly Policy[],
  { noMatch, findingOf }: { readonly noMatch: NoMatchPolicy; readonly findingOf: FindingOf },
): ImageDecision {
  const policies = matching.map((policy) => decidePolicy(policy, findingOf));
  const [first] = policies;
  if (first === undefined) return { ...noPolicy(noMatch), policies };
  const worst = policies.reduce((one, other) => (SEVERITY[other.verdict] > SEVERITY[one.verdict] ? other : one));
  const { verdict, reason } = worst;
  if (policies.every((one) => one.verdict === 'pass')) {
    const message = policies.map(({ message: said }) => said).join('; ');
    return { verdict: 'pass', reason: null, message, policies };
  }
  // Explicit, so that nothing else can open the gate.
  return { verdict: verdict === 'pass' ? 'error' : verdict, reason, message: worst.message, policies };
}

const SEVERITY: Readonly<Record<PolicyDecision['verdict'], number>> = { pass: 0, allowed: 1, fail: 2, error: 3 };

function noPolicy(noMatch: NoMatchPolicy): Omit<ImageDecision, 'policies'> {
  const verdict = noMatch === 'warn' || noMatch === 'allow' ? 'allowed' : 'fail';
  const message =
    verdict === 'fail'
      ? 'no policy matches the image, and no-match-policy is deny'
      : `no policy matches the image; no-match-policy: ${noMatch} lets it through unchecked`;
  return { verdict, reason: 'POLICY_NO_MATCH', message };
}

/** Decides about one policy. Pure; throws what `findingOf` throws. */
function decidePolicy(policy: Policy, findingOf: FindingOf): PolicyDecision {
  const found = policy.authorities.map((authority) => lookUp(policy, authority, findingOf));
  const authorities = found.map(({ decision }) => decision);
  const held = policy.require === undefined ? decideAny(policy, authorities) : decideRequired(policy, found);
  const isLetThrough = held.verdict === 'fail' && policy.mode === 'warn';
  const name = `policy ${quoted(policy.name)}`;
  return {
    ...{ policy, authorities, authority: held.authority },
    verdict: isLetThrough ? 'allowed' : held.verdict,
    reason: held.reason,
    message: `${name}: ${held.message}${isLetThrough ? ' (let through by its mode: warn)' : ''}`,
  };
}

interface FoundAuthority {
  readonly decision: AuthorityDecision;
  /** Undefined for `static`. */
  readonly finding: AuthorityFinding | undefined;
}

function lookUp(policy: Policy, authority: Authority, findingOf: FindingOf): FoundAuthority {
  if (authority.kind === 'static') return { decision: decideStatic(authority), finding: undefined };
  const finding = findingOf(policy, authority);
  const { kind: verdict, message } = finding;
  const reason = finding.kind === 'pass' ? null : finding.reason;
  return { decision: { authority, verdict, reason, message }, finding };
}

function decideStatic(authority: StaticAuthority): AuthorityDecision {
  if (authority.action === 'pass') {
    return { authority, verdict: 'pass', reason: null, message: 'static: pass lets it through unchecked' };
  }
  const message = authority.message === undefined ? 'disallowed by static policy' : authority.message;
  return { authority, verdict: 'fail', reason: 'POLICY_DENIED', message: `static: fail: ${message}` };
}

/** Whether the policy holds, before its mode is applied. */
type Held = Pick<PolicyDecision, 'verdict' | 'reason' | 'message' | 'authority'>;

const named = ({ authority, message }: AuthorityDecision): string => `authority ${quoted(authority.name)}: ${message}`;

/** One authority is enough. A signer is better than `static: pass`, and that is better than an outage. */
function decideAny({ authorities: all }: Policy, decisions: readonly AuthorityDecision[]): Held {
  const passed = decisions.filter(({ verdict }) => verdict === 'pass');
  const best = passed.find(({ authority }) => authority.kind === 'keyless') ?? passed[0];
  if (best !== undefined) {
    const verdict = best.authority.kind === 'keyless' ? 'pass' : 'allowed';
    return { verdict, reason: null, message: named(best), authority: best.authority };
  }
  const worst = decisions.find(({ verdict }) => verdict === 'error') ?? nearest(decisions);
  if (worst === undefined)
    return { verdict: 'fail', reason: 'POLICY_DENIED', message: 'no authority', authority: all[0] };
  const others = decisions.length - 1;
  const more =
    others === 0 ? '' : ` (nor does ${others === 1 ? 'the other authority' : `any of ${others} others`} pass)`;
  return {
    verdict: worst.verdict === 'error' ? 'error' : 'fail',
    ...{ reason: worst.reason, message: `${named(worst)}${more}`, authority: worst.authority },
  };
}

/** The refusal of the signature that got furthest; `static` says nothing about signatures. */
function nearest(decisions: readonly AuthorityDecision[]): AuthorityDecision | undefined {
  const rank = ({ authority, reason }: AuthorityDecision): number => {
    if (authority.kind === 'static') return -1;
    return reason !== null && isRefusalReason(reason) ? 1 + refusalRank(reason) : 0;
  };
  return decisions.toSorted((one, other) => rank(other) - rank(one))[0];
}

/**
 * `countersign/require`: so many authorities, matched one to one to distinct signers. Authorities that could not be decided,
 * or not completely, make an error only if they could have completed the number.
 */
function decideRequired({ require: wanted = 1, authorities: all }: Policy, found: readonly FoundAuthority[]): Held {
  const keyless = found.filter(({ finding }) => finding !== undefined);
  const signersOf = ({ finding }: FoundAuthority): string[] =>
    finding?.kind === 'pass' ? finding.signers.map(({ issuer, subject }) => JSON.stringify([issuer, subject])) : [];
  const matched = largestMatching(keyless.map(signersOf));
  const used = keyless.filter((_, index) => matched[index] !== undefined);
  const list = used.map(({ decision }) => quoted(decision.authority.name)).join(', ');
  const first = used[0]?.decision.authority ?? all[0];
  if (wanted >= 1 && used.length >= wanted) {
    const message = `${used.length} authorities have distinct signers, ${wanted} are required: ${list}`;
    return { verdict: 'pass', reason: null, message, authority: first };
  }
  const said = `${used.length} of ${wanted} required authorities pass with distinct signers${list === '' ? '' : ` (${list})`}`;
  const unread = keyless.filter(({ finding }) => unreadPart(finding) !== undefined);
  const possible = largestMatching(
    keyless.map((one, index) => [...signersOf(one), ...(unread.includes(one) ? [`unread ${index}`] : [])]),
  ).filter((signer) => signer !== undefined).length;
  const [undecided] = unread;
  const failure = unreadPart(undecided?.finding);
  if (undecided !== undefined && failure !== undefined && possible >= wanted) {
    const { authority } = undecided.decision;
    const message = `${said}; authority ${quoted(authority.name)}: ${failure.message}`;
    return { verdict: 'error', reason: failure.reason, message, authority };
  }
  const missing = nearest(keyless.map(({ decision }) => decision).filter(({ verdict }) => verdict !== 'pass'));
  if (missing === undefined) {
    const message = `${said}: the same signer counts only once`;
    return { verdict: 'fail', reason: 'IDENTITY_MISMATCH', message, authority: first };
  }
  return {
    verdict: 'fail',
    ...{ reason: missing.reason, message: `${said}; ${named(missing)}`, authority: missing.authority },
  };
}

/** What could not be read, so that a signer may be missing. */
function unreadPart(finding: AuthorityFinding | undefined): Refusal | undefined {
  if (finding?.kind === 'error') return finding;
  return finding?.kind === 'pass' ? finding.unread : undefined;
}
