import { CodedError, toCodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createMemo } from '../../domain/calls/memo.ts';
import { within } from '../../domain/calls/within.ts';
import type { AnnotatedSigner } from '../../domain/identity/annotated-signer.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { isForbiddenName } from '../../domain/image/private-registry.ts';
import { formatPinned, formatRepository } from '../../domain/image/reference.ts';
import { type SignatureRepositories, signatureRepositoryOf } from '../../domain/image/signature-repositories.ts';
import type { NoMatchPolicy } from '../../domain/policy/decide.ts';
import { matchedRepository } from '../../domain/policy/image-name.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { policiesInNamespace, selectForRepository, selectPolicies } from '../../domain/policy/select.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { CallContext } from '../call-context.ts';
import type { OtherRoots } from '../examining/other-roots.ts';
import { resolveRoot } from '../examining/resolve-images.ts';
import { annotatedOf } from '../judging/annotated-signers.ts';
import type { Judgement } from '../judging/judge-image.ts';
import { createPolicyGate } from '../judging/policy-gate.ts';
import type { Clock, ReadStatement, SignatureVerifier } from '../ports.ts';
import { ADMISSION_WORDS, hintOf, meaningOf, plainMessage } from './admission-words.ts';
import type { Admitter, ImageAdmission, ImageToAdmit, RegistryAccess, RulesInForce } from './admitter.ts';
import { createFairSlots, type FairSlotsOptions } from './fair-slots.ts';
import { endOfPass } from './pass-lifetime.ts';
import { createVerdictMemory, type FreshVerdict } from './verdict-memory.ts';

export interface AdmitterSettings {
  readonly noMatch: NoMatchPolicy;
  readonly format: 'any' | 'bundle' | 'legacy';
  readonly signatureRepositories: SignatureRepositories;
  /** Private registries that objects may name, `host` or `host:port`, lower case. */
  readonly privateHosts: readonly string[];
  /** Images that are judged at the same time; three quarters of them of one registry. */
  readonly concurrency: number;
  /** Passes that are remembered, and as many other verdicts. Default 10,000: about 20 MB. */
  readonly entriesMax?: number;
}

export interface AdmitterPorts {
  readonly clock: Clock;
  /** Verifies against the trusted root of the process. */
  readonly verifier: SignatureVerifier;
  /** Changes whenever a trusted root of `verifier` does. */
  readonly rootVersion: () => string;
  /** Loads the trusted root of `verifier` unless it is there, so that a first verdict is not one of an older root. */
  readonly loadRoot: (call: CallContext) => Promise<void>;
  readonly readStatement: ReadStatement;
  /** The policies that decide now. Throws a CodedError if their trusted roots are not available. */
  readonly rules: (call: CallContext) => Promise<RulesInForce>;
  /** Told of every verdict that was not remembered. */
  readonly onJudged?: (admission: ImageAdmission) => void;
}

/**
 * Referrers that the process has in memory at once; each may have 24 MiB, most have a few kB. Three quarters of them may come
 * from one registry.
 */
const REFERRERS_IN_HAND = 16;
/** Requests about the platform images of one index. */
const PLATFORM_REQUESTS = 4;
const ENTRIES_MAX = 10_000;
/** Tags whose resolution fails are asked for again after this time, in ms. */
const UNRESOLVED_MS = 10_000;
const UNRESOLVED_MAX = 1024;

/** What applies to one image field. */
interface Selected {
  readonly policies: readonly Policy[];
  readonly otherRoots: OtherRoots;
  readonly annotated: readonly AnnotatedSigner[];
}

/** Creates the judge of a process that serves many requests, with its memory. */
export function createAdmitter(settings: AdmitterSettings, ports: AdmitterPorts): Admitter {
  const { noMatch, privateHosts } = settings;
  const { clock } = ports;
  const memory = createVerdictMemory({ clock, entriesMax: settings.entriesMax ?? ENTRIES_MAX });
  // A tag means what it means now: only failures are remembered, and one request sees one meaning.
  const tags = createMemo<Digest>({ clock, lifetimeMs: 0, failureMs: UNRESOLVED_MS, entriesMax: UNRESOLVED_MAX });
  const judgements = createFairSlots(shareOf(settings.concurrency));
  const referrers = createFairSlots(shareOf(REFERRERS_IN_HAND));

  const judgeNow = async (
    call: CallContext,
    { image, digest, selected, access }: DigestToJudge,
    version: string,
  ): Promise<FreshVerdict> => {
    const { repository, use } = image;
    const { policies, otherRoots } = selected;
    const startedMs = clock.now().getTime();
    const { format, signatureRepositories } = settings;
    const { verifier, readStatement } = ports;
    const judge = createPolicyGate(
      {
        rules: { set: { policies, notices: [] }, noMatch },
        words: ADMISSION_WORDS,
        otherRoots: rootsOf(policies, otherRoots),
        format,
        signatureRepositories,
        // A request cannot wait for a signature to appear.
        waitForMs: 0,
        concurrency: PLATFORM_REQUESTS,
        notFoundHint: '',
        slots: referrers(repository.registry),
        statements: { readStatement, keepStatement: async () => '', stored: undefined },
      },
      { call, registry: access.registry, verifier, clock },
    );
    const { judgement, error } = await judge({ repository, digest, uses: [use] });
    if (judgement === undefined) {
      call.signal.throwIfAborted();
      call.log.warning(`${formatPinned(repository, digest)}: ${error?.code}: ${error?.message}`);
    } else if (judgement.verdict === 'error') {
      logError(call, image, judgement);
    }
    const admission = judgement === undefined ? failed(image, error) : admissionOf(image, judgement);
    ports.onJudged?.(admission);
    const endMs = judgement?.verdict === 'pass' ? endOfPass(judgement, policies, startedMs) : Number.POSITIVE_INFINITY;
    return { admission, endMs, isCurrent: ports.rootVersion() === version };
  };

  /** The verdict about a digest that something covers, on a registry that may be asked. */
  const judgeDigest = (call: CallContext, task: DigestToJudge, isAgain: boolean): Promise<ImageAdmission> => {
    const { image, digest, selected, access } = task;
    // Of the key: while the judgement waits for its turn, the root may change, and the verdict is then one of another root.
    const version = ports.rootVersion();
    const subject = [
      formatRepository(signatureRepositoryOf(settings.signatureRepositories, image.repository)),
      formatRepository(image.repository),
      digest,
      selected.policies.map(({ name, contentHash }) => [name, contentHash]),
      noMatch,
      settings.format,
      version,
      selected.annotated.map(({ subject: signer = null, issuer = null }) => [signer, issuer]),
    ];
    const slots = judgements(image.repository.registry);
    const judge = (joint: CallLimits): Promise<FreshVerdict> =>
      within(joint.signal, () =>
        slots(() => {
          // It may have waited longer than anybody waits for it.
          joint.signal.throwIfAborted();
          return judgeNow(contextOf(joint), task, version);
        }),
      );
    return memory.get(call, { subject, loginId: access.loginId }, { isAgain, judge });
  };

  /** What the tag of an image means. Rejects with a CodedError. */
  const digestOfTag = (call: CallContext, image: ImageToAdmit, access: RegistryAccess): Promise<Digest> => {
    const { repository, tag = 'latest' } = image;
    const key = JSON.stringify([access.loginId, repository.registry, repository.path, tag]);
    return within(call.signal, () =>
      tags.get(call, key, async (joint) => {
        const context = contextOf(joint);
        const { registry } = access;
        const requested = {
          original: `${formatRepository(repository)}:${tag}`,
          repository,
          tag,
          digest: undefined,
          sources: [],
        };
        const slots = judgements(repository.registry);
        const resolving = within(joint.signal, () =>
          slots(() => {
            joint.signal.throwIfAborted();
            return resolveRoot({ call: context, registry, recursive: false, notFoundHint: '' }, [requested]);
          }),
        );
        return (await resolving).image.digest;
      }),
    );
  };

  const judgeTag = async (
    call: CallContext,
    { image, selected, access }: Omit<DigestToJudge, 'digest'>,
  ): Promise<ImageAdmission> => {
    const { repository, tag } = image;
    const written = `${formatRepository(repository)}${tag === undefined ? '' : `:${tag}`}`;
    const by = coveredBy(selected);
    let digest: Digest;
    try {
      digest = await digestOfTag(call, image, access);
    } catch (error) {
      call.signal.throwIfAborted();
      const { code } = toCodedError(error);
      const why = `it has no digest, ${by}, and its tag could not be resolved: ${meaningOf(code)}`;
      return { ...refused('error', code, why), hint: hintOf(code, repository) };
    }
    const hint = [
      `Write ${written}@${digest}, which is what the tag means now.`,
      'The mutating webhook does so by itself; it was not asked about this object, or something changed the image afterwards.',
    ].join('\n');
    return {
      ...refused('fail', 'POLICY_DENIED', `it has no digest, and ${by}: only a digest is admitted`),
      hint,
      digest,
    };
  };

  const decide = async (call: CallContext, { image, access, isAgain }: Asked): Promise<ImageAdmission> => {
    const rules = await ports.rules(call);
    if (rules.kind === 'unready') return unready(rules.problems);
    const selected = select(rules, image);
    if (!isCovered(selected, noMatch)) return uncovered(image, { noMatch, rules });
    if (isForbiddenName(image.repository, privateHosts)) return forbidden(image);
    const { digest } = image;
    // Without it, policies that name their own trusted roots can still be judged; the others say why they cannot.
    if (digest !== undefined) await ports.loadRoot(call).catch(() => undefined);
    return digest === undefined
      ? judgeTag(call, { image, selected, access })
      : judgeDigest(call, { image, digest, selected, access }, isAgain);
  };

  const judge = async (call: CallContext, asked: Asked): Promise<ImageAdmission> => {
    try {
      return await within(call.signal, () => decide(call, asked));
    } catch (error) {
      if (!call.signal.aborted)
        call.log.warning(`${formatRepository(asked.image.repository)}: ${toCodedError(error).message}`);
      return failed(asked.image, call.signal.aborted ? call.signal.reason : error);
    }
  };

  return {
    judge: (call, image, access) => judge(call, { image, access, isAgain: false }),
    judgeAgain: (call, image, access) => judge(call, { image, access, isAgain: true }),
    async resolve(call, image, access) {
      if (image.digest !== undefined) return undefined;
      try {
        const rules = await within(call.signal, () => ports.rules(call));
        if (rules.kind === 'unready' || !isCovered(select(rules, image), noMatch)) return undefined;
        if (isForbiddenName(image.repository, privateHosts)) return undefined;
        return await digestOfTag(call, image, access);
      } catch (error) {
        call.log.info(`${formatRepository(image.repository)}: ${toCodedError(error).message}`);
        return undefined;
      }
    },
    remembered: () => memory.counts(),
  };
}

/** A registry that answers slowly leaves a quarter of the places to others. Most clusters have one registry. */
function shareOf(total: number): FairSlotsOptions {
  return { total, each: total - Math.floor(total / 4) };
}

interface Asked {
  readonly image: ImageToAdmit;
  readonly access: RegistryAccess;
  readonly isAgain: boolean;
}

interface DigestToJudge {
  readonly image: ImageToAdmit;
  readonly digest: Digest;
  readonly selected: Selected;
  readonly access: RegistryAccess;
}

/**
 * What applies to an image in its namespace. Without a digest: what could apply to some digest of its repository, since
 * nothing is asked of a registry before.
 */
function select({ policies, otherRoots }: Extract<RulesInForce, { kind: 'ready' }>, image: ImageToAdmit): Selected {
  const { repository, digest, namespace, use } = image;
  const here = policiesInNamespace(policies, namespace);
  const { object } = use;
  return {
    policies:
      digest === undefined
        ? selectForRepository(here, { repository, object })
        : selectPolicies(here, { repository, digest, object }),
    otherRoots,
    annotated: annotatedOf([use]),
  };
}

/** True if something needs to be asked of a registry. Annotations never open what `no-match-policy` closes. */
function isCovered({ policies, annotated }: Selected, noMatch: NoMatchPolicy): boolean {
  return policies.length > 0 || (annotated.length > 0 && noMatch !== 'deny');
}

function coveredBy({ policies }: Selected): string {
  const [first] = policies;
  if (first === undefined) return 'the annotations of the object ask for a signer';
  return `the policy ${quoted(first.name)} covers it`;
}

/** The trusted roots that these policies name: signatures are tried against no other. */
function rootsOf(policies: readonly Policy[], all: OtherRoots): OtherRoots {
  const named = policies.flatMap(({ authorities }) =>
    authorities.flatMap((one) => (one.kind === 'keyless' ? (one.trustedRoot ?? []) : [])),
  );
  return new Map(
    [...new Set(named)].map((key) => {
      const verifier = all.get(key);
      // Without it, the policy would not be judged by its root.
      if (verifier === undefined)
        throw new CodedError('TRUST_ROOT_UNAVAILABLE', 'a policy names a trusted root that is not loaded');
      return [key, verifier] as const;
    }),
  );
}

/** A call for work that several calls wait for. */
function contextOf({ signal, retries, log }: CallLimits): CallContext {
  return { signal, due: signal, finish: () => undefined, retries, log };
}

type Refused = Omit<ImageAdmission, 'hint'> & { readonly hint: undefined };

function refused(verdict: 'fail' | 'error', reason: string, message: string): Refused {
  return { verdict, reason, message: plainMessage(message), hint: undefined, policies: [], digest: undefined };
}

function unready(problems: readonly string[]): ImageAdmission {
  const [first] = problems;
  const why = first === undefined ? '' : `: ${first}`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    ...refused('error', 'INPUT_INVALID', `no policies are in force, so nothing can be admitted${why}${more}`),
    hint: 'The operator of the webhook must correct its policies.',
  };
}

/** No policy covers the image: nothing is asked of its registry. */
function uncovered(
  { repository, namespace, digest }: ImageToAdmit,
  { noMatch, rules }: { readonly noMatch: NoMatchPolicy; readonly rules: Extract<RulesInForce, { kind: 'ready' }> },
): ImageAdmission {
  const base = { ...refused('fail', 'POLICY_NO_MATCH', ''), digest };
  if (noMatch !== 'deny') {
    const message = `no policy matches it; no-match-policy: ${noMatch} lets it through unchecked`;
    return { ...base, verdict: 'allowed', message };
  }
  const elsewhere = rules.policies.filter(({ namespaces }) => namespaces !== undefined);
  const others = selectForRepository(elsewhere, { repository, object: undefined }).map(({ name }) => quoted(name));
  const hint = [
    'Add the image to `spec.images` of a policy.',
    ...(others.length === 0
      ? []
      : [
          `The annotation countersign/namespaces keeps ${others.slice(0, 3).join(', ')} out of the namespace ${quoted(namespace)}.`,
        ]),
    `glob: ${matchedRepository(repository)}@*`,
  ].join('\n');
  return { ...base, message: 'no policy matches it, and no-match-policy is deny', hint };
}

function forbidden({ repository: { registry }, digest }: ImageToAdmit): ImageAdmission {
  const message = `its registry ${quoted(registry)} is on a private network, and the webhook does not ask such registries`;
  const hint = `If it is the registry of this cluster, its operator can list ${registry} as a private registry of the webhook.`;
  return { ...refused('error', 'REGISTRY_DENIED', message), hint, digest };
}

function failed({ repository, digest }: ImageToAdmit, error: unknown): ImageAdmission {
  const { code } = toCodedError(error);
  return { ...refused('error', code, meaningOf(code)), hint: hintOf(code, repository), digest };
}

function admissionOf({ repository, digest }: ImageToAdmit, judgement: Judgement): ImageAdmission {
  const { verdict, reason, message, policies = [] } = judgement;
  const said = policies.map((one) => ({ ...one, message: plainMessage(one.message) }));
  if (verdict === 'pass') {
    return { verdict, reason: undefined, message: '', hint: undefined, policies: said, digest };
  }
  return {
    verdict,
    reason: reason ?? undefined,
    message: plainMessage(message),
    hint: verdict === 'allowed' ? undefined : hintOf(reason, repository),
    policies: said,
    digest,
  };
}

/** What the registry said is for the log, which only operators read. */
function logError({ log }: CallContext, { repository, digest }: ImageToAdmit, { places, reason }: Judgement): void {
  const name = digest === undefined ? formatRepository(repository) : formatPinned(repository, digest);
  const failures = places
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ request, status, error }) => {
      const said = error === undefined ? '' : `: ${toCodedError(error).message}`;
      return `${request} → ${status}${said}`;
    });
  log.warning(
    `${name}: ${reason ?? 'no reason'}${failures.length === 0 ? '' : `: ${failures.slice(0, 3).join('; ')}`}`,
  );
}
