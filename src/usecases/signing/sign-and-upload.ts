import { CodedError, toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import { bundleManifest } from '../../domain/image/artifact-manifest.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { COSIGN_SIGN_PREDICATE } from '../../domain/image/media-types.ts';
import { formatPinned, formatRepository } from '../../domain/image/reference.ts';
import { simpleSigningPayload } from '../../domain/signature/simple-signing.ts';
import { imageStatement } from '../../domain/signature/statement.ts';
import { createByteBudget } from '../byte-budget.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { MadeSignature, OnSettling, Registry, Signer } from '../ports.ts';
import { createProgress } from '../progress.ts';
import { createSlots } from '../slots.ts';
import {
  type OpenTask,
  placeOf,
  type SignCall,
  type SignOptions,
  type SignTask,
  type TaskOutcome,
} from './sign-task.ts';
import type { Uploads } from './uploads.ts';

/**
 * Most bytes of predicates that are being signed at once. Signing holds about eight copies of each: statement, envelope,
 * request to the log, bundle, and what the verifier reads of it.
 */
const SIGNED_AT_ONCE_BYTES = 48 * 1024 * 1024;

/**
 * Signs the open tasks and stores the signatures, with barriers between the steps: first the certificate, the push
 * permission and every place, then all signatures, then all uploads. Rejects only before anything was signed.
 */
export async function signAndUpload(
  options: SignOptions,
  ports: SignCall,
  { uploads, open }: { readonly uploads: Uploads; readonly open: readonly OpenTask[] },
): Promise<TaskOutcome[]> {
  const limit = { limit: options.concurrency };
  const { call } = ports;
  const { due, signal: end } = call;
  const groups = groupBy(open, ({ task }) => signedOnce(task));
  await within(end, () =>
    Promise.all([
      // The places come first, and most are already known: a certificate is public, so none is requested in vain.
      checkPlaces(options, ports, open).then(() => ports.signer.prepare(call, atOnce(options, groups))),
      ...byPlace(open).map(([{ task }]) => uploads.preflight(task.store)),
    ]),
  );
  // Everything logged from here on is also attached, if necessary after the time is up.
  call.finish();
  due.throwIfAborted();

  const budget = createByteBudget(SIGNED_AT_ONCE_BYTES);
  const oneSigned = createProgress({ clock: ports.clock, log: call.log }, ['made', 'signatures'], groups.length);
  let failure: CodedError | undefined;
  const signed = await mapLimited(groups, limit, async (group): Promise<SignedGroup> => {
    // This step will not upload anything now, so it must not add anything to a public log.
    if (failure !== undefined) return { group, made: undefined, error: failure };
    if (due.aborted) return { group, made: undefined, error: notLogged(due.reason) };
    const tasks = group.map(({ task }) => task);
    for (const [{ task: first }] of byPlace(group)) uploads.openAhead(first.store);
    try {
      const size = group[0].task.attestation?.size ?? 0;
      const sign = (): Promise<MadeSignature> => {
        // While it waited for its turn, another one may have failed.
        if (failure !== undefined) throw failure;
        return within(end, () => signOne(options, ports, tasks));
      };
      const made = await budget(size, async () => sign());
      oneSigned();
      return { group, made, error: undefined };
    } catch (thrown) {
      const error = withLogged(toCodedError(thrown), ports.signer);
      // When the time is up, logged signatures are still attached, even if the others fail.
      if (!due.aborted) failure ??= toCodedError(thrown);
      return { group, made: undefined, error };
    }
  });

  if (failure !== undefined) {
    const error = withLogged(failure, ports.signer);
    return signed.flatMap(({ group, made, error: own }) =>
      group.map(
        ({ task }): TaskOutcome => ({
          kind: 'failed',
          task,
          made,
          error: own === undefined ? notUploaded(error) : error,
        }),
      ),
    );
  }
  const unsigned = signed.flatMap(({ group, error }) =>
    error === undefined ? [] : group.map(({ task }): TaskOutcome => ({ kind: 'failed', task, made: undefined, error })),
  );
  const stored = signed.flatMap(({ group, made }) =>
    made === undefined ? [] : byPlace(group).map((same) => ({ same, made })),
  );
  // Registries without the referrers API need settling time: all wait at once, not one batch after another.
  const slots = createSlots(options.concurrency);
  const oneStored = createProgress({ clock: ports.clock, log: call.log }, ['stored', 'signatures'], stored.length);
  const storeOne = async ({ same, made }: (typeof stored)[number]): Promise<TaskOutcome[]> => {
    const tasks = same.map(({ task }) => task);
    if (!options.upload)
      return tasks.map((task) => ({ kind: 'signed', task, made, storedAs: undefined, warnings: [] }));
    try {
      const { storedAs, warnings } = await slots((leave) =>
        within(end, () => store(ports, uploads, { open: same[0], made, onSettling: leave })),
      );
      oneStored();
      return tasks.map((task, at) => ({ kind: 'signed', task, made, storedAs, warnings: at === 0 ? warnings : [] }));
    } catch (thrown) {
      const error = withLogged(toCodedError(thrown), ports.signer);
      return tasks.map((task) => ({ kind: 'failed', task, made, error }));
    }
  };
  return [...unsigned, ...(await Promise.all(stored.map(storeOne))).flat()];
}

interface SignedGroup {
  readonly group: Group<OpenTask>;
  readonly made: MadeSignature | undefined;
  readonly error: CodedError | undefined;
}

/**
 * Checks whether each signature could be stored. Otherwise, the run would detect a shared tag that cannot be extended
 * or a listing that fails only after the signature is public, and so would every further attempt.
 */
async function checkPlaces(options: SignOptions, ports: SignCall, open: readonly OpenTask[]): Promise<void> {
  if (!options.upload) return;
  const places = groupBy(open, ({ task }) => `${placeOf(task)} ${formatPinned(task.store, task.digest)}`);
  await mapLimited(places, { limit: options.concurrency }, async ([{ task }]) => {
    const error = await placeError(ports.call, ports.registry, task);
    if (error !== undefined) throw error;
  });
}

/** Why the signature of this task could not be stored, as far as reading can show. */
export async function placeError(
  call: CallContext,
  registry: Registry,
  task: Pick<SignTask, 'store' | 'digest' | 'format' | 'image' | 'attestation'>,
): Promise<CodedError | undefined> {
  const { store, digest, image, attestation } = task;
  try {
    await registry.checkPlace(call, { repository: store, subject: digest }, placeOf(task));
    return undefined;
  } catch (thrown) {
    const error = toCodedError(thrown);
    // A separate signature repository may deny reads until the first push creates it.
    if (error.code === 'REGISTRY_DENIED' && formatRepository(store) !== formatRepository(image.repository)) {
      return undefined;
    }
    const { code, message, hint } = error;
    const what = attestation === undefined ? 'signature' : 'attestation';
    return new CodedError(code, `not signed, because the ${what} could not be stored: ${message}`, {
      cause: error,
      hint,
    });
  }
}

/** How many of these are worked on at the same time. */
export function atOnce({ concurrency }: Pick<SignOptions, 'concurrency'>, { length }: readonly unknown[]): number {
  return Math.min(concurrency, length);
}

/** Tasks with equal keys share one signature. */
function signedOnce({ format, image, digest, attestation }: SignTask): string {
  const named = formatPinned(image.repository, digest);
  // A statement names one repository, and serves both formats.
  if (attestation !== undefined) return `attestation ${named} ${attestation.key}`;
  // A bundle names no repository, so a digest is signed once for all; the legacy payload names it.
  return format === 'bundle' ? `bundle ${digest}` : `legacy ${named}`;
}

function signOne(options: SignOptions, ports: SignCall, tasks: readonly SignTask[]): Promise<MadeSignature> {
  const [task] = tasks;
  if (task === undefined) throw new CodedError('INTERNAL_ERROR', 'there is nothing to sign');
  const { attestation, digest } = task;
  if (attestation !== undefined) {
    const statement = attestation.statement({ repository: task.image.repository, digest });
    const forms = [...new Set(tasks.map(({ format }) => format))];
    const { predicateType } = attestation;
    return ports.signer.signAttestation(ports.call, statement, { subject: digest, predicateType, forms });
  }
  return task.format === 'bundle'
    ? ports.signer.signStatement(ports.call, imageStatement(task.digest, options.annotations), task.digest)
    : ports.signer.signLegacyPayload(
        ports.call,
        simpleSigningPayload(task.image.repository, task.digest, options.annotations),
        task.digest,
      );
}

async function store(
  ports: SignCall,
  uploads: Uploads,
  {
    open,
    made,
    onSettling,
  }: { readonly open: OpenTask; readonly made: MadeSignature; readonly onSettling: OnSettling },
): Promise<{ storedAs: Digest; warnings: readonly string[] }> {
  const { task } = open;
  const { call } = ports;
  const where = { repository: task.store, subject: task.digest };
  if (task.format === 'legacy') {
    if (made.layer === undefined) throw new CodedError('INTERNAL_ERROR', 'what a tag should store has no layer');
    const { layerDigest, warnings } = await ports.registry.appendLegacy(call, where, {
      layer: made.layer,
      openSession: () => uploads.session(task.store),
      onSettling,
    });
    return { storedAs: layerDigest, warnings };
  }
  const [bundle] = await Promise.all([
    uploads.session(task.store).then((session) => ports.registry.upload(call, session, made.bundle)),
    uploads.emptyConfig(task.store),
  ]);
  const manifest = bundleManifest({
    bundle,
    subject: task.subject,
    predicateType: task.attestation?.predicateType ?? COSIGN_SIGN_PREDICATE,
    createdAt: ports.clock.now(),
  });
  const { digest, warnings } = await ports.registry.attach(call, where, { manifest, seen: open.before, onSettling });
  return { storedAs: digest, warnings };
}

/** The error for a task that had not started when the time was up. */
function notLogged(reason: unknown): CodedError {
  const { code, message, hint } = toCodedError(reason);
  return new CodedError(code, `neither signed nor logged: ${message}`, { cause: reason, hint });
}

function notUploaded(failure: CodedError): CodedError {
  return new CodedError(failure.code, `signed, but not uploaded, because another image failed: ${failure.message}`, {
    cause: failure,
    hint: failure.hint,
  });
}

/** Adds the log entries that exist although the run failed: they are public and cannot be removed. */
export function withLogged(error: CodedError, signer: Signer): CodedError {
  const entries = signer.loggedEntries();
  if (entries.length === 0) return error;
  const named = entries.slice(0, 20).map(({ url, index }) => `${index} (${url})`);
  const more = entries.length > named.length ? ` and ${entries.length - named.length} more` : '';
  return new CodedError(error.code, `${error.message}; log entries already created: ${named.join(', ')}${more}`, {
    cause: error,
    hint: error.hint,
  });
}

type Group<Item> = readonly [Item, ...Item[]];

/** A signature is stored once per place, no matter how many images or indexes lead to it. */
function byPlace(group: readonly OpenTask[]): Group<OpenTask>[] {
  return groupBy(group, ({ task }) => `${placeOf(task)} ${formatRepository(task.store)}`);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Group<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
