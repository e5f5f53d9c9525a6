import { CodedError, toCodedError } from '../coded-error.ts';
import { bundleManifest, EMPTY_CONFIG } from '../domain/artifact-manifest.ts';
import type { Descriptor } from '../domain/descriptor.ts';
import { type Digest, digestOf } from '../domain/digest.ts';
import type { SignatureFormat } from '../domain/facts.ts';
import { formatPinned, formatRepository, type Repository } from '../domain/reference.ts';
import type { Reason } from '../domain/results.ts';
import { simpleSigningPayload } from '../domain/simple-signing.ts';
import { imageStatement } from '../domain/statement.ts';
import { findOwnSignature, type OwnSignature } from './find-own-signature.ts';
import { mapLimited } from './map-limited.ts';
import type {
  Clock,
  ExpectedIdentity,
  Log,
  MadeSignature,
  OnSettling,
  Registry,
  SignatureVerifier,
  Signer,
  UploadSession,
} from './ports.ts';
import { type RequestedImage, type ResolvedImage, resolveImages } from './resolve-images.ts';
import { createSlots } from './slots.ts';

export interface SignOptions {
  readonly images: readonly RequestedImage[];
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly recursive: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ifSigned: 'skip' | 'sign';
  /** False: sign and log, leave the registry alone. */
  readonly upload: boolean;
  readonly concurrency: number;
  /** Signatures go here instead of into the image's own repository. */
  readonly signatureRepository: Repository | undefined;
  readonly notFoundHint: string;
}

export interface SignPorts {
  readonly registry: Registry;
  readonly signer: Signer;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  readonly log: Log;
}

/** One thing to sign: an image or one of its platforms, in one format. */
export interface SignTask {
  readonly image: ResolvedImage;
  readonly digest: Digest;
  /** `linux/arm64`; undefined for the image itself. */
  readonly platform: string | undefined;
  readonly format: SignatureFormat;
  /** Where its signature is stored. */
  readonly store: Repository;
}

export type TaskOutcome =
  | { readonly kind: 'present'; readonly task: SignTask; readonly own: NonNullable<OwnSignature['found']> }
  | {
      readonly kind: 'signed';
      readonly task: SignTask;
      readonly made: MadeSignature;
      /** Digest of the referrer manifest or the layer; undefined with `upload: false`. */
      readonly storedAs: Digest | undefined;
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly task: SignTask;
      readonly error: CodedError;
      /** Made and logged, but not stored. */
      readonly made: MadeSignature | undefined;
    };

export interface SignOutcome {
  readonly images: readonly SignedImage[];
  readonly identity: ExpectedIdentity | undefined;
  /** Every signature made, each once, for bundle-directory. */
  readonly made: readonly { readonly task: SignTask; readonly made: MadeSignature }[];
}

/** One image with what became of it, in the order of first mention. */
export interface SignedImage {
  readonly first: RequestedImage;
  readonly image: ResolvedImage | undefined;
  readonly outcomes: readonly TaskOutcome[];
  /** Why nothing was done for it, if nothing was. */
  readonly error: CodedError | undefined;
}

/**
 * Signs every image: resolve → leave out what is signed already → open the uploads → sign and log →
 * upload. Each arrow is a barrier: nothing is logged before every image is known to exist and every
 * repository to take a push, and nothing is uploaded before everything is signed, so a failure on the
 * way leaves nothing behind in the registry. Never rejects for what befell an image: that is a value.
 */
export async function signImages(options: SignOptions, ports: SignPorts): Promise<SignOutcome> {
  const identity = ports.signer.identity();
  identity.catch(() => {});
  // Images first: their answers teach the registry adapter the login, where a referrers route may be missing.
  const resolving = resolveImages({ ...options, registry: ports.registry });
  const early = options.ifSigned === 'skip' ? startEarlyChecks(options, ports, identity) : new Map();
  const uploads = createUploads(options, ports);
  if (options.ifSigned === 'sign') {
    for (const image of options.images) uploads.openEarly(options.signatureRepository ?? image.repository);
    // Rejections surface where the certificate is used.
    identity.then(() => ports.signer.prepare()).catch(() => {});
  }

  const images: SignedImage[] = (await resolving).map((one) =>
    one.kind === 'resolved'
      ? { first: one.image.first, image: one.image, outcomes: [], error: undefined }
      : { first: one.image.first, image: undefined, outcomes: [], error: one.image.error },
  );
  try {
    const expected = await identity;
    const failed = images.find((one) => one.error !== undefined);
    if (failed !== undefined) {
      return { images: stopAll(images, stoppedBecause(failed)), identity: expected, made: [] };
    }
    const tasks = images.flatMap((one) => (one.image === undefined ? [] : tasksOf(options, one.image)));
    const checked = await checkTasks(options, ports, identity, tasks, early);
    const open = checked.filter((one): one is OpenTask => one.kind === 'open');
    const outcomes = open.length === 0 ? [] : await signAndUpload(options, ports, uploads, open);
    const byTask = new Map<SignTask, TaskOutcome>(outcomes.map((one) => [one.task, one]));
    const all = checked.map((one) => (one.kind === 'present' ? one : (byTask.get(one.task) as TaskOutcome)));
    return {
      images: images.map((one) => ({ ...one, outcomes: all.filter((outcome) => outcome.task.image === one.image) })),
      identity: expected,
      made: uniqueMade(all),
    };
  } catch (error) {
    // What stops the run before anything was signed: no id-token, no right to push, no certificate.
    return { images: stopAll(images, withLogged(toCodedError(error), ports.signer)), identity: undefined, made: [] };
  } finally {
    await uploads.cancelAll();
  }
}

// ── what is there already ───────────────────────────────────────────────────────────────────────

type OpenTask = { readonly kind: 'open'; readonly task: SignTask; readonly before: readonly Descriptor[] };
type CheckedTask = OpenTask | Extract<TaskOutcome, { kind: 'present' }>;
type EarlyChecks = Map<string, Promise<OwnSignature>>;

const checkKey = (store: Repository, digest: Digest, format: SignatureFormat): string =>
  `${format} ${formatPinned(store, digest)}`;

function formatsOf(format: SignOptions['format']): readonly SignatureFormat[] {
  return format === 'both' ? ['bundle', 'legacy'] : [format];
}

/** Looks for signatures of images whose digest is known while the image itself is still being asked for. */
function startEarlyChecks(options: SignOptions, ports: SignPorts, identity: Promise<ExpectedIdentity>): EarlyChecks {
  const checks: EarlyChecks = new Map();
  // A bounded start: everything beyond one wave waits for its turn in checkTasks.
  for (const image of options.images.slice(0, options.concurrency)) {
    if (image.digest === undefined) continue;
    const store = options.signatureRepository ?? image.repository;
    for (const format of formatsOf(options.format)) {
      const key = checkKey(store, image.digest, format);
      if (checks.has(key)) continue;
      const own = check(options, ports, identity, store, image.digest, format);
      // Without an id-token, or with an image that is missing, the run ends before anybody awaits this.
      own.catch(() => {});
      checks.set(key, own);
    }
  }
  return checks;
}

function check(
  options: SignOptions,
  ports: SignPorts,
  identity: Promise<ExpectedIdentity>,
  repository: Repository,
  digest: Digest,
  format: SignatureFormat,
): Promise<OwnSignature> {
  const { registry, verifier } = ports;
  const { annotations } = options;
  return findOwnSignature({ registry, verifier, repository, digest, format, annotations, identity: () => identity });
}

function tasksOf(options: SignOptions, image: ResolvedImage): SignTask[] {
  const store = options.signatureRepository ?? image.repository;
  const subjects = [
    { digest: image.digest, platform: undefined },
    ...image.platforms.map(({ digest, platform }) => ({ digest, platform })),
  ];
  return subjects.flatMap((subject) =>
    formatsOf(options.format).map((format): SignTask => ({ image, ...subject, format, store })),
  );
}

async function checkTasks(
  options: SignOptions,
  ports: SignPorts,
  identity: Promise<ExpectedIdentity>,
  tasks: readonly SignTask[],
  early: EarlyChecks,
): Promise<CheckedTask[]> {
  return mapLimited(tasks, { limit: options.concurrency }, async (task): Promise<CheckedTask> => {
    if (options.ifSigned === 'sign') return { kind: 'open', task, before: [] };
    const key = checkKey(task.store, task.digest, task.format);
    const own = await (early.get(key) ?? check(options, ports, identity, task.store, task.digest, task.format));
    if (own.found !== undefined) return { kind: 'present', task, own: own.found };
    return { kind: 'open', task, before: own.examination?.listed ?? [] };
  });
}

// ── signing and uploading ───────────────────────────────────────────────────────────────────────

async function signAndUpload(
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
  const signed = await mapLimited(groups, limit, async (group): Promise<SignedGroup> => {
    const { task } = group[0] as OpenTask;
    for (const one of group) uploads.openAhead(one.task.store);
    try {
      return { group, made: await signOne(options, ports, task), error: undefined };
    } catch (error) {
      return { group, made: undefined, error: toCodedError(error) };
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
  const storeOne = async ({ one, made }: (typeof stored)[number]): Promise<TaskOutcome> => {
    if (!options.upload) return { kind: 'signed', task: one.task, made, storedAs: undefined, warnings: [] };
    try {
      const outcome = await slots((leave) => store(ports, uploads, one, made, subjects, leave));
      return { kind: 'signed', task: one.task, made, ...outcome };
    } catch (error) {
      return { kind: 'failed', task: one.task, made, error: withLogged(toCodedError(error), ports.signer) };
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

// ── upload sessions ─────────────────────────────────────────────────────────────────────────────

interface Uploads {
  /** Opens the first sessions of a repository without waiting. */
  openEarly(store: Repository): void;
  /** Waits for the first sessions: REGISTRY_DENIED surfaces here, before anything is logged. */
  preflight(store: Repository): Promise<void>;
  /** Opens one session more, to be found by `session` later. */
  openAhead(store: Repository): void;
  /** A session of this repository, an opened one if there is any. */
  session(store: Repository): Promise<UploadSession>;
  /** Uploads the empty config, once a repository. */
  emptyConfig(store: Repository): Promise<void>;
  /** Gives back what was opened and not used. */
  cancelAll(): Promise<void>;
}

function createUploads(options: SignOptions, ports: SignPorts): Uploads {
  interface StoreUploads {
    readonly first: Promise<UploadSession>;
    /** True until the first session is taken, by the preflight's own image. */
    spareFirst: boolean;
    readonly config: Promise<UploadSession> | undefined;
    configDone: Promise<void> | undefined;
    readonly ahead: Promise<UploadSession>[];
  }
  const stores = new Map<string, StoreUploads>();
  const unused = new Set<Promise<UploadSession>>();
  const wantsConfig = options.format !== 'legacy';
  const open = (store: Repository): Promise<UploadSession> => {
    const session = ports.registry.openUpload(store);
    // A rejection is met by whoever takes the session.
    session.catch(() => unused.delete(session));
    unused.add(session);
    return session;
  };
  const take = (session: Promise<UploadSession>): Promise<UploadSession> => {
    unused.delete(session);
    return session;
  };
  const uploadsOf = (store: Repository): StoreUploads => {
    const name = formatRepository(store);
    const known = stores.get(name);
    if (known !== undefined) return known;
    const made: StoreUploads = {
      first: open(store),
      spareFirst: true,
      config: wantsConfig ? open(store) : undefined,
      configDone: undefined,
      ahead: [],
    };
    stores.set(name, made);
    return made;
  };
  return {
    openEarly(store) {
      if (options.upload) uploadsOf(store);
    },
    async preflight(store) {
      if (!options.upload) return;
      const { first, config } = uploadsOf(store);
      await Promise.all([first, config]);
    },
    openAhead(store) {
      if (!options.upload) return;
      const uploads = uploadsOf(store);
      if (uploads.spareFirst) {
        uploads.spareFirst = false;
        uploads.ahead.push(uploads.first);
      } else {
        uploads.ahead.push(open(store));
      }
    },
    session(store) {
      const ready = uploadsOf(store).ahead.shift();
      return take(ready ?? open(store));
    },
    emptyConfig(store) {
      const uploads = uploadsOf(store);
      uploads.configDone ??= (async () => {
        const session = await take(uploads.config ?? open(store));
        const { digest } = await ports.registry.upload(session, EMPTY_CONFIG);
        if (digest !== digestOf(EMPTY_CONFIG))
          throw new CodedError('REGISTRY_INVALID', 'the empty config was stored as other bytes');
      })();
      return uploads.configDone;
    },
    async cancelAll() {
      await Promise.all(
        [...unused].map((session) => session.then((one) => ports.registry.cancelUpload(one)).catch(() => {})),
      );
    },
  };
}

// ── failures ────────────────────────────────────────────────────────────────────────────────────

function stopAll(images: readonly SignedImage[], error: CodedError): SignedImage[] {
  return images.map((one) => (one.error === undefined ? { ...one, outcomes: [], error } : one));
}

function stoppedBecause(failed: SignedImage): CodedError {
  const code = (failed.error as CodedError).code;
  return new CodedError(code, `nothing was signed, because of ${failed.first.original}: ${code}`, {
    hint: 'All images of a step are checked before the first is signed, so that no release is half signed.',
  });
}

function notUploaded(failure: CodedError): CodedError {
  return new CodedError(failure.code, `signed, but not uploaded, because another image failed: ${failure.message}`, {
    cause: failure,
    hint: failure.hint,
  });
}

/** Says which log entries exist although the run failed: they are public and cannot be taken back. */
function withLogged(error: CodedError, signer: Signer): CodedError {
  const entries = signer.loggedEntries();
  if (entries.length === 0) return error;
  const named = entries.slice(0, 20).map(({ url, index }) => `${index} (${url})`);
  const more = entries.length > named.length ? ` and ${entries.length - named.length} more` : '';
  return new CodedError(error.code, `${error.message}; log entries already made: ${named.join(', ')}${more}`, {
    cause: error,
    hint: error.hint,
  });
}

function uniqueMade(outcomes: readonly TaskOutcome[]): { task: SignTask; made: MadeSignature }[] {
  const seen = new Map<MadeSignature, SignTask>();
  for (const one of outcomes) {
    if (one.kind !== 'present' && one.made !== undefined && !seen.has(one.made)) seen.set(one.made, one.task);
  }
  return [...seen].map(([made, task]) => ({ task, made }));
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

/** The worst thing that befell an image, if anything did. */
export function failureOf(image: SignedImage): { readonly reason: Reason; readonly error: CodedError } | undefined {
  if (image.error !== undefined) return { reason: image.error.code, error: image.error };
  for (const outcome of image.outcomes) {
    if (outcome.kind === 'failed') return { reason: outcome.error.code, error: outcome.error };
  }
  return undefined;
}
