import { toCodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, formatRepository } from '../../domain/image/reference.ts';
import type { Admitter, ImageAdmission, ImageToAdmit, RegistryAccess } from '../admitting/admitter.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import { interleave } from './interleave.ts';
import type { RelateContent } from './relate-content.ts';
import { type Finding, type FindingCount, OTHER_IMAGE, type Round } from './round.ts';
import type { PodName, PodPull, RunningImage, RunningPod } from './running-pod.ts';

/** A call for a part of the work: ends with `within`, and after `limitMs` with TIMEOUT. */
export type NewCall = (
  within: AbortSignal,
  limitMs: number,
) => {
  readonly call: CallContext;
  /** Stops its timer. */
  close(): void;
};

/** Lets requests go first, if this work has gone on for a while. Much of it waits for nothing. */
export type Pause = () => Promise<void>;

export interface RejudgeOptions {
  readonly admitter: Pick<Admitter, 'judge' | 'judgeAgain' | 'resolve'>;
  /** Rejects if the logins of a Pod cannot be read. */
  readonly accessFor: (call: CallContext, pull: PodPull) => Promise<RegistryAccess>;
  readonly relate: RelateContent;
  readonly newCall: NewCall;
  /** Ends the round without a result. */
  readonly signal: AbortSignal;
  readonly pause: Pause;
  /** True when the time for the round is up: what is left is undecided. */
  readonly isTimeUp: () => boolean;
}

/** Images judged at the same time. Admission requests have their own, larger limits and are never behind these. */
const AT_ONCE = 4;
/** Time for one image, in ms. */
const IMAGE_MS = 20_000;
/** A registry that gave no answer for so many images in a row is not asked again in this round. */
const SILENT_MAX = 5;
const SILENT: readonly string[] = ['TIMEOUT', 'REGISTRY_UNAVAILABLE'];
const LISTED_PER_NAMESPACE = 1_000;
const LISTED_MAX = 20_000;

/** One image in one namespace, for equal objects and logins; judged once for all its places. */
interface Task {
  readonly image: RunningImage;
  readonly pull: PodPull;
  readonly places: { readonly pod: PodName; readonly field: string }[];
}

interface RoundState {
  readonly silence: ReturnType<typeof createSilence>;
  readonly judgeOnce: Admitter['judge'];
}

type Outcome = Omit<Finding, 'pod' | 'field'>;

/** Judges the images of all Pods as the webhook would today. Rejects only by the reason of the signal. */
export async function rejudge(pods: readonly RunningPod[], options: RejudgeOptions): Promise<Round> {
  // A namespace whose registries are slow delays its own images only.
  const tasks = interleave(await groupImages(pods, options.pause), ({ pull }) => pull.namespace);
  const silence = createSilence();
  const judgeOnce = createJudgeOnce(options.admitter);
  const outcomes = await mapLimited(tasks, { limit: AT_ONCE }, async (task) => {
    await options.pause();
    options.signal.throwIfAborted();
    return judgeTask(task, { silence, judgeOnce }, options);
  });
  const collected = createCollection();
  for (const pod of pods) collected.addFields(pod);
  for (const pod of pods) {
    for (const { field, message } of pod.problems) {
      const outcome = { kind: 'refused', image: '', reason: 'INPUT_INVALID', message, policies: [] } as const;
      collected.add({ ...outcome, pod: nameOf(pod), field });
    }
  }
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome === undefined) continue;
    await options.pause();
    for (const place of tasks[index]?.places ?? []) collected.add({ ...outcome, ...place });
  }
  return collected.finish({ pods: pods.length, images: tasks.length });
}

function nameOf({ namespace, name, uid }: PodName): PodName {
  return { namespace, name, uid };
}

async function groupImages(pods: readonly RunningPod[], pause: Pause): Promise<Task[]> {
  const tasks = new Map<string, Task>();
  for (const pod of pods) {
    await pause();
    const name = nameOf(pod);
    for (const image of pod.images) {
      const key = keyOf(image, pod.pull);
      const known = tasks.get(key);
      const place = { pod: name, field: image.field };
      if (known === undefined) tasks.set(key, { image, pull: pod.pull, places: [place] });
      else known.places.push(place);
    }
  }
  return [...tasks.values()];
}

/** Equal for images that must get the same verdict: whatever policies, annotations and logins can depend on. */
function keyOf({ repository, tag, digest, use, reported }: RunningImage, pull: PodPull): string {
  const { object, annotated } = use;
  const labels = [...(object?.labels ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
  const naming = [object?.apiVersion, object?.kind, labels, annotated?.subject, annotated?.issuer];
  return JSON.stringify([pull, formatRepository(repository), tag, digest, naming, reported]);
}

async function judgeTask(
  task: Task,
  { silence, judgeOnce }: RoundState,
  options: RejudgeOptions,
): Promise<Outcome | undefined> {
  const { image, pull } = task;
  const { registry } = image.repository;
  const undecided = (reason: string, message: string): Outcome => {
    return { kind: 'undecided', image: nameImage(image, image.digest), reason, message, policies: [] };
  };
  if (options.isTimeUp()) return undecided('TIMEOUT', 'the time for judging what runs was over before its turn');
  if (silence.isSilent(registry)) {
    const message = `${registry} gave no answer for ${SILENT_MAX} images in a row, so that it was not asked for this one`;
    return undecided('REGISTRY_UNAVAILABLE', message);
  }
  const { call, close } = options.newCall(options.signal, IMAGE_MS);
  try {
    const outcome = await judgeImage(call, task, await options.accessFor(call, pull), { ...options, judgeOnce });
    silence.note(registry, outcome);
    return outcome;
  } catch (error) {
    options.signal.throwIfAborted();
    const { code, message } = toCodedError(error);
    const outcome = undecided(code, code === 'INTERNAL_ERROR' ? 'it could not be judged because of a defect' : message);
    silence.note(registry, outcome);
    return outcome;
  } finally {
    close();
  }
}

async function judgeImage(
  call: CallContext,
  { image, pull }: Task,
  access: RegistryAccess,
  { admitter, relate, judgeOnce }: RejudgeOptions & Pick<RoundState, 'judgeOnce'>,
): Promise<Outcome | undefined> {
  const { repository, tag, digest: pinned, use, reported } = image;
  const asked: ImageToAdmit = { repository, tag, digest: pinned, use, namespace: pull.namespace };
  const judge = (digest: Digest | undefined): Promise<ImageAdmission> => judgeOnce(call, { ...asked, digest }, access);
  const runs =
    reported.kind === 'image' && formatRepository(reported.repository) === formatRepository(repository)
      ? reported.digest
      : undefined;

  if (pinned !== undefined) {
    const admission = await judge(pinned);
    // Only where a signature was read is the registry one that may be asked, and is there something to hold against it.
    if (admission.verdict !== 'pass' || runs === undefined || runs === pinned)
      return outcomeOf(image, pinned, admission);
    const relation = await relate(call, { repository, pinned, reported: runs }, access.registry);
    return relation === 'other' ? otherImage(image, pinned, runs) : undefined;
  }

  if (runs === undefined) {
    // As `/mutate` would do it.
    const today = await admitter.resolve(call, asked, access);
    return outcomeOf(image, today, await judge(today));
  }
  const outcome = outcomeOf(image, runs, await judge(runs));
  if (outcome === undefined) return undefined;
  // Some runtimes name the platform's manifest, and the signature is beside its index.
  const today = await admitter.resolve(call, asked, access);
  if (today === undefined || today === runs || (await judge(today)).verdict !== 'pass') return outcome;
  const relation = await relate(call, { repository, pinned: today, reported: runs }, access.registry);
  return relation === 'part' ? undefined : outcome;
}

function outcomeOf(image: RunningImage, judged: Digest | undefined, admission: ImageAdmission): Outcome | undefined {
  const { verdict, reason, message, policies } = admission;
  if (verdict === 'pass' || verdict === 'allowed') return undefined;
  return {
    kind: verdict === 'fail' ? 'refused' : 'undecided',
    image: nameImage(image, admission.digest ?? judged),
    reason: reason ?? 'INTERNAL_ERROR',
    message,
    policies: policies
      .filter((policy) => policy.verdict === 'fail' || policy.verdict === 'error')
      .map(({ name }) => name),
  };
}

function otherImage(image: RunningImage, pinned: Digest, runs: Digest): Outcome {
  const message = `the Pod's status says that ${runs} runs, which has no image in common with the pinned one`;
  return { kind: 'other-image', image: nameImage(image, pinned), reason: OTHER_IMAGE, message, policies: [] };
}

function nameImage({ repository, written }: RunningImage, digest: Digest | undefined): string {
  return digest === undefined ? written : formatPinned(repository, digest);
}

/**
 * Judges each image of a round without what is remembered the first time it is asked about, and then with it: what is
 * remembered is of this round then. Objects that differ in a label of their own would otherwise all be examined. One of
 * them for which other policies hold is examined as well, unless that was remembered before.
 */
function createJudgeOnce({ judge, judgeAgain }: Pick<Admitter, 'judge' | 'judgeAgain'>): Admitter['judge'] {
  const first = new Map<string, Promise<unknown>>();
  return async (call, image, access) => {
    const { repository, digest } = image;
    if (digest === undefined) return judge(call, image, access);
    const key = `${access.loginId} ${formatPinned(repository, digest)}`;
    const earlier = first.get(key);
    if (earlier !== undefined) {
      await earlier;
      return judge(call, image, access);
    }
    const verdict = judgeAgain(call, image, access);
    first.set(
      key,
      verdict.catch(() => undefined),
    );
    return verdict;
  };
}

/** Registries that give no answer, so that their images do not use up the time of a round. */
function createSilence(): {
  isSilent(registry: string): boolean;
  note(registry: string, outcome: Outcome | undefined): void;
} {
  const inARow = new Map<string, number>();
  return {
    isSilent: (registry) => (inARow.get(registry) ?? 0) >= SILENT_MAX,
    note(registry, outcome) {
      const isSilent = outcome?.kind === 'undecided' && SILENT.includes(outcome.reason);
      inARow.set(registry, isSilent ? (inARow.get(registry) ?? 0) + 1 : 0);
    },
  };
}

/** Collects findings within limits, and counts without. */
function createCollection(): {
  addFields(pod: RunningPod): void;
  add(finding: Finding): void;
  finish(totals: Pick<Round, 'pods' | 'images'>): Round;
} {
  const namespaces = new Map<string, { admitted: number; failed: number; undecided: number }>();
  const listed: Finding[] = [];
  const listedIn = new Map<string, number>();
  const counted = new Map<string, { readonly count: Omit<FindingCount, 'images'>; readonly images: Set<string> }>();
  let unlisted = 0;
  return {
    addFields({ namespace, images, problems }) {
      const fields = namespaces.get(namespace) ?? { admitted: 0, failed: 0, undecided: 0 };
      // Findings take theirs away.
      fields.admitted += images.length + problems.length;
      namespaces.set(namespace, fields);
    },
    add(finding) {
      const { kind, reason, image, pod, field } = finding;
      const { namespace } = pod;
      const fields = namespaces.get(namespace);
      if (fields !== undefined) {
        fields.admitted -= 1;
        fields[kind === 'undecided' ? 'undecided' : 'failed'] += 1;
      }
      const key = JSON.stringify([namespace, kind, reason]);
      const group = counted.get(key) ?? { count: { namespace, kind, reason }, images: new Set() };
      counted.set(key, group);
      group.images.add(image === '' ? `${pod.uid} ${field}` : image);
      const inNamespace = listedIn.get(namespace) ?? 0;
      if (listed.length >= LISTED_MAX || inNamespace >= LISTED_PER_NAMESPACE) {
        unlisted += 1;
        return;
      }
      listedIn.set(namespace, inNamespace + 1);
      listed.push(finding);
    },
    finish: (totals) => ({
      ...totals,
      namespaces,
      findings: listed,
      counts: [...counted.values()].map(({ count, images }) => ({ ...count, images: images.size })),
      unlisted,
    }),
  };
}
