import { CodedError, toCodedError } from '../coded-error.ts';
import { bundleManifest } from '../domain/artifact-manifest.ts';
import type { Descriptor } from '../domain/descriptor.ts';
import type { Digest } from '../domain/digest.ts';
import { formatPinned, formatRepository } from '../domain/reference.ts';
import { simpleSigningPayload } from '../domain/simple-signing.ts';
import { imageStatement } from '../domain/statement.ts';
import { mapLimited } from './map-limited.ts';
import type { MadeSignature, OnSettling, Signer } from './ports.ts';
import { createProgress } from './progress.ts';
import type { OpenTask, SignOptions, SignPorts, SignTask, TaskOutcome } from './sign-task.ts';
import { createSlots } from './slots.ts';
import type { Uploads } from './uploads.ts';

/**
 * Signs what is open and stores it, with a barrier between: certificate, right to push and every subject
 * first, then all signatures, then all uploads. Rejects only before anything was signed.
 */
export async function signAndUpload(
  options: SignOptions,
  ports: SignPorts,
  uploads: Uploads,
  open: readonly OpenTask[],
): Promise<TaskOutcome[]> {
  const limit = { limit: options.concurrency };
  const [subjects] = await Promise.all([
    findSubjects(options, ports, open),
    ports.signer.prepare(),
    ...[...new Set(open.map((one) => formatRepository(one.task.store)))].map((name) =>
      uploads.preflight((open.find((one) => formatRepository(one.task.store) === name) as OpenTask).task.store),
    ),
  ]);

  // In bundle format one digest is signed once, wherever it lies; the legacy payload names the repository.
  const groups = groupBy(open, ({ task }) =>
    task.format === 'bundle' ? `bundle ${task.digest}` : `legacy ${formatPinned(task.image.repository, task.digest)}`,
  );
  const oneSigned = createProgress(ports, ['made', 'signatures'], groups.length);
  const signed = await mapLimited(groups, limit, async (group): Promise<SignedGroup> => {
    const { task } = group[0] as OpenTask;
    for (const one of group) uploads.openAhead(one.task.store);
    try {
      return { group, made: await signOne(options, ports, task), error: undefined };
    } catch (error) {
      return { group, made: undefined, error: toCodedError(error) };
    } finally {
      oneSigned();
    }
  });

  const failure = signed.find((one) => one.error !== undefined)?.error;
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
  const stored = signed.flatMap(({ group, made }) => group.map((one) => ({ one, made: made as MadeSignature })));
  // Registries without the referrers API settle: all of them at once, not one batch after another.
  const slots = createSlots(options.concurrency);
  const oneStored = createProgress(ports, ['stored', 'signatures'], stored.length);
  const storeOne = async ({ one, made }: (typeof stored)[number]): Promise<TaskOutcome> => {
    if (!options.upload) return { kind: 'signed', task: one.task, made, storedAs: undefined, warnings: [] };
    try {
      const outcome = await slots((leave) => store(ports, uploads, one, made, subjects, leave));
      return { kind: 'signed', task: one.task, made, ...outcome };
    } catch (error) {
      return { kind: 'failed', task: one.task, made, error: withLogged(toCodedError(error), ports.signer) };
    } finally {
      oneStored();
    }
  };
  return Promise.all(stored.map(storeOne));
}

interface SignedGroup {
  readonly group: readonly OpenTask[];
  readonly made: MadeSignature | undefined;
  readonly error: CodedError | undefined;
}

type Subjects = ReadonlyMap<Digest, Descriptor>;

/**
 * Media type and size of what is signed, as the registry has it: an index only claims them of its
 * children, and that a child is there at all is asked before anything is logged.
 */
async function findSubjects(options: SignOptions, ports: SignPorts, open: readonly OpenTask[]): Promise<Subjects> {
  const tasks = groupBy(open, ({ task }) => formatPinned(task.image.repository, task.digest));
  const found = await mapLimited(tasks, { limit: options.concurrency }, async (group) => {
    const { task } = group[0] as OpenTask;
    const { image, digest, platform } = task;
    if (platform === undefined) return { digest, mediaType: image.mediaType, size: image.size };
    const descriptor = await ports.registry.head(image.repository, digest);
    if (descriptor === undefined) {
      const name = formatPinned(image.repository, digest);
      throw new CodedError('IMAGE_NOT_FOUND', `${name}, the ${platform} image of its index, is missing`, {
        hint: options.notFoundHint,
      });
    }
    return descriptor;
  });
  return new Map(found.map((descriptor) => [descriptor.digest, descriptor]));
}

function signOne(options: SignOptions, ports: SignPorts, task: SignTask): Promise<MadeSignature> {
  return task.format === 'bundle'
    ? ports.signer.signStatement(imageStatement(task.digest, options.annotations), task.digest)
    : ports.signer.signLegacyPayload(
        simpleSigningPayload(task.image.repository, task.digest, options.annotations),
        task.digest,
      );
}

async function store(
  ports: SignPorts,
  uploads: Uploads,
  open: OpenTask,
  made: MadeSignature,
  subjects: Subjects,
  onSettling: OnSettling,
): Promise<{ storedAs: Digest; warnings: readonly string[] }> {
  const { task } = open;
  if (task.format === 'legacy') {
    if (made.layer === undefined) throw new CodedError('INTERNAL_ERROR', 'a legacy signature came without its layer');
    const { layerDigest, warnings } = await ports.registry.appendLegacy(
      task.store,
      task.digest,
      made.layer,
      () => uploads.session(task.store),
      onSettling,
    );
    return { storedAs: layerDigest, warnings };
  }
  const [bundle] = await Promise.all([
    uploads.session(task.store).then((session) => ports.registry.upload(session, made.bundle)),
    uploads.emptyConfig(task.store),
  ]);
  const subject = subjects.get(task.digest);
  if (subject === undefined) throw new CodedError('INTERNAL_ERROR', `no descriptor of ${task.digest} was asked for`);
  const manifest = bundleManifest({ bundle, subject, createdAt: ports.clock.now() });
  const { digest, warnings } = await ports.registry.attach(task.store, task.digest, manifest, open.before, onSettling);
  return { storedAs: digest, warnings };
}

function notUploaded(failure: CodedError): CodedError {
  return new CodedError(failure.code, `signed, but not uploaded, because another image failed: ${failure.message}`, {
    cause: failure,
    hint: failure.hint,
  });
}

/** Says which log entries exist although the run failed: they are public and cannot be taken back. */
export function withLogged(error: CodedError, signer: Signer): CodedError {
  const entries = signer.loggedEntries();
  if (entries.length === 0) return error;
  const named = entries.slice(0, 20).map(({ url, index }) => `${index} (${url})`);
  const more = entries.length > named.length ? ` and ${entries.length - named.length} more` : '';
  return new CodedError(error.code, `${error.message}; log entries already made: ${named.join(', ')}${more}`, {
    cause: error,
    hint: error.hint,
  });
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
