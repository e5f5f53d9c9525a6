import { CodedError } from '../../coded-error.ts';
import { digestOf } from '../../domain/image/digest.ts';
import type { PolicyProblem, PolicySet } from '../../domain/policy/policy.ts';
import { type PolicyContext, type PolicyFile, readPolicies } from '../../domain/policy/read-policies.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { Clock } from '../ports.ts';
import type { PoliciesInForce } from './admitter.ts';

/** What one source of policies says now. */
export type SourceState =
  | { readonly kind: 'files'; readonly files: readonly PolicyFile[] }
  /** It has none, and need not have any. */
  | { readonly kind: 'absent' }
  /** Nobody knows what it has. */
  | { readonly kind: 'failed'; readonly why: string };

/** The policies that decide now, with what was prepared for exactly this set. */
export type PreparedPolicies<Prepared> =
  | (Extract<PoliciesInForce, { readonly kind: 'ready' }> & { readonly prepared: Prepared })
  | Extract<PoliciesInForce, { readonly kind: 'unready' }>;

export interface PolicyKeeperOptions<Prepared> {
  /** Names for messages. Each must have said something before any set comes into force. */
  readonly sources: readonly string[];
  readonly identity: PolicyContext['identity'];
  /** What a set needs besides itself. If it throws, the set counts as unreadable. */
  readonly prepare: (set: PolicySet) => Promise<Prepared>;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Ends the attempts to prepare a set. */
  readonly signal: AbortSignal;
  /** Called when another set has come into force, or when the problems are others. */
  readonly onChange: (now: PreparedPolicies<Prepared>) => void;
}

/** Keeps the policies in force: the last set that could be read as a whole. */
export interface PolicyKeeper<Prepared> {
  current(): PreparedPolicies<Prepared>;
  /** What a source says now. It counts once it has been read and prepared, together with all other sources. */
  offer(source: string, state: SourceState): void;
  /** Resolves when everything that was offered has been looked at. */
  settled(): Promise<void>;
}

/** Codes of a set that will be the same after a pause. */
const LASTING: readonly string[] = ['INPUT_INVALID', 'TRUST_ROOT_INVALID'];
/** The first pause before a set is prepared once more, and the longest, in ms. */
const PAUSE_MS = { first: 1_000, longest: 60_000 };

/**
 * The policies of several sources as one set, which changes as a whole or not at all (contract §2.7). A source that failed,
 * a file that cannot be read, a name that occurs twice, a set without policies and a trusted root that cannot be used all
 * leave the last good set in force and say why.
 */
export function createPolicyKeeper<Prepared>(options: PolicyKeeperOptions<Prepared>): PolicyKeeper<Prepared> {
  const { sources, identity, prepare, clock, random, signal, onChange } = options;
  const states = new Map<string, SourceState>();
  let inForce: { readonly set: PolicySet; readonly prepared: Prepared; readonly content: string } | undefined;
  const atFirst = sources.length === 0 ? ['no source of policies is given'] : sources.map(notRead);
  let now: PreparedPolicies<Prepared> = { kind: 'unready', problems: atFirst };
  let shown = JSON.stringify(now.problems);
  let isStale = false;
  let working: Promise<void> | undefined;
  let failures = 0;
  let isWaiting = false;

  const publish = (problems: readonly string[]): void => {
    const before = now;
    now =
      inForce === undefined
        ? { kind: 'unready', problems }
        : { kind: 'ready', set: inForce.set, prepared: inForce.prepared, problems };
    const text = JSON.stringify(problems);
    const isSame = text === shown && (before.kind === 'ready' ? before.set : undefined) === inForce?.set;
    shown = text;
    if (!isSame) onChange(now);
  };

  /** Reads what the sources say now, and takes it into force if nothing is wrong. Returns the problems. */
  const look = async (): Promise<readonly string[]> => {
    const said = sources.map((name) => ({ name, state: states.get(name) }));
    const problems = said.flatMap(({ name, state }) => {
      if (state === undefined) return [notRead(name)];
      return state.kind === 'failed' ? [`${name}: ${state.why}`] : [];
    });
    if (problems.length > 0) return problems;
    const files = said.flatMap(({ state }) => (state?.kind === 'files' ? state.files : []));
    const content = digestOf(Buffer.from(JSON.stringify(files)));
    if (content === inForce?.content) return [];
    const read = readPolicies(files, { namesObjects: true, identity });
    if (read.kind === 'invalid') {
      return files.length === 0 ? [`there are no policies: ${sources.join(' and ')}`] : read.problems.map(problemWords);
    }
    try {
      const prepared = await prepare(read.set);
      inForce = { set: read.set, prepared, content };
      failures = 0;
      return [];
    } catch (error) {
      // A defect must not end the program, and must not let a set through either.
      if (!(error instanceof CodedError)) return [`the policies cannot be used: ${String(error)}`];
      if (!LASTING.includes(error.code)) void lookAgainLater();
      return [`the policies cannot be used: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`];
    }
  };

  const lookAgainLater = async (): Promise<void> => {
    if (isWaiting) return;
    isWaiting = true;
    const pauseMs = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** failures);
    failures += 1;
    await clock.sleep(pauseMs * (0.5 + random() / 2), signal).catch(() => undefined);
    isWaiting = false;
    if (!signal.aborted) lookSoon();
  };

  const work = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      // Also if something newer was offered meanwhile: a source that changes all the time must not keep every set out.
      publish(await look());
    }
  };

  const lookSoon = (): void => {
    isStale = true;
    working ??= work().finally(() => {
      working = undefined;
    });
  };

  return {
    current: () => now,
    offer(source, state) {
      if (!sources.includes(source)) throw new TypeError(`unknown source of policies ${source}`);
      // Objects change in parts that decide nothing, such as their status.
      const isNew = JSON.stringify(states.get(source)) !== JSON.stringify(state);
      states.set(source, state);
      if (isNew) lookSoon();
    },
    async settled() {
      while (working !== undefined) await working;
    },
  };
}

const notRead = (source: string): string => `${source}: not read yet`;

/** A problem as one line, with its cure. */
function problemWords({ file, line, document, path, what, cure }: PolicyProblem): string {
  // An object of the API has a name and no lines.
  const isObject = /^(?:ClusterImagePolicy|TrustRoot)\//.test(file);
  const where = isObject ? file : `${file}:${line}${document > 1 ? ` (document ${document})` : ''}`;
  return `${quoted(where)}${path === '' ? '' : ` ${path}`}: ${what}. ${cure}`;
}
