import { CodedError, toCodedError } from '../../coded-error.ts';
import { within } from '../../domain/calls/within.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, formatRepository, type Repository } from '../../domain/image/reference.ts';
import { signatureRepositoryOf } from '../../domain/image/signature-repositories.ts';
import type { Reason } from '../../domain/results.ts';
import type { SignatureFormat } from '../../domain/signature/facts.ts';
import type { CallContext } from '../call-context.ts';
import { REFERRERS_IN_HAND } from '../examining/examine-image.ts';
import {
  groupRequested,
  type RequestedImage,
  type Resolution,
  type ResolvedImage,
  resolveImages,
} from '../examining/resolve-images.ts';
import { mapLimited } from '../map-limited.ts';
import type { ExpectedIdentity, MadeSignature } from '../ports.ts';
import { createSlots, type Slots } from '../slots.ts';
import { findOwnSignature, type OwnSignature } from './find-own-signature.ts';
import type { AttestedImage } from './plan-attestations.ts';
import { atOnce, signAndUpload, withLogged } from './sign-and-upload.ts';
import {
  formatsOf,
  type OpenTask,
  type SignCall,
  type SignOptions,
  type SignPorts,
  type SignTask,
  type TaskOutcome,
} from './sign-task.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface SignOutcome {
  readonly images: readonly SignedImage[];
  /**
   * The identity in the certificates, or the one that the id-token promised if there are none; undefined without a
   * token.
   */
  readonly identity: ExpectedIdentity | undefined;
  /** Every new signature and attestation once, for bundle-directory. */
  readonly made: readonly { readonly task: SignTask; readonly made: MadeSignature }[];
  /** Problems with attestations that did not stop the run. */
  readonly warnings: readonly string[];
}

/** One image with its outcomes, in the order of first mention. */
export interface SignedImage {
  readonly first: RequestedImage;
  readonly image: ResolvedImage | undefined;
  readonly outcomes: readonly TaskOutcome[];
  /** Why the image was not processed, if it was not. */
  readonly error: CodedError | undefined;
  /** Why GitHub's store did not get an attestation of it, although the registry has it. */
  readonly storeError?: CodedError | undefined;
}

/**
 * Signs every image: resolve → skip what is already signed → open the uploads → sign and log → upload. Each arrow is a
 * barrier: nothing is logged before every image is known to exist and every repository accepts a push, and nothing is
 * uploaded before everything is signed. A failure on the way therefore leaves nothing behind in the registry. Once the
 * time is up, nothing more is signed, but logged signatures are still uploaded. A failing image is a returned value,
 * never a rejection.
 */
export async function signImages(call: CallContext, options: SignOptions, shared: SignPorts): Promise<SignOutcome> {
  const ports: SignCall = { ...shared, call };
  const identity = ports.signer.identity(call);
  identity.catch(() => {});
  const checkPorts: CheckPorts = { ...ports, slots: createSlots(REFERRERS_IN_HAND), identity };
  const uploads = createUploads({
    call,
    registry: ports.registry,
    upload: options.upload,
    wantsConfig: options.format !== 'legacy',
  });
  const early: EarlyChecks = new Map();
  const isChecked = options.ifSigned === 'skip' && options.attestations?.only !== true;
  const resolving = resolveImages({
    ...options,
    recursive: readsPlatforms(options),
    call,
    registry: ports.registry,
    ...(isChecked ? { alongside: createEarlyChecks(options, checkPorts, { uploads, early }) } : {}),
  });
  if (options.ifSigned === 'sign') {
    for (const image of options.images)
      uploads.openEarly(signatureRepositoryOf(options.signatureRepositories, image.repository));
    // A rejection surfaces where the certificate is used.
    identity.then(() => ports.signer.prepare(call, atOnce(options, options.images))).catch(() => {});
  }

  const { signal: end } = call;
  const resolved = await within(end, () => resolving).catch((error: unknown) => allUnresolved(options, error));
  const attested: AttestedImage[] = [];
  const images = resolved.map((one): SignedImage => {
    const { first } = one.image;
    if (one.kind === 'unresolved') return { first, image: undefined, outcomes: [], error: one.image.error };
    const image = options.recursive ? one.image : { ...one.image, platforms: [], skipped: [] };
    attested.push({ image, platforms: one.image.platforms });
    return { first, image, outcomes: [], error: undefined };
  });
  try {
    const expected = await within(end, () => identity);
    const failed = images.find((one) => one.error !== undefined);
    if (failed !== undefined) {
      return { images: stopAll(images, stoppedBecause(failed)), identity: expected, made: [], warnings: [] };
    }
    const signing = options.attestations?.only === true ? [] : images;
    const tasks = signing.flatMap((one) => (one.image === undefined ? [] : tasksOf(options, one.image)));
    const checkedSignatures = await within(end, () => checkTasks(options, checkPorts, { tasks, early }));
    const attesting = await within(end, () => checkAttestations(options, checkPorts, { attested, early }));
    const checked = [...checkedSignatures, ...attesting.checked];
    const open = checked.filter((one): one is OpenTask => one.kind === 'open');
    const outcomes = open.length === 0 ? [] : await signAndUpload(options, ports, { uploads, open });
    const byTask = new Map<SignTask, TaskOutcome>(outcomes.map((one) => [one.task, one]));
    const all = checked.map((one) => (one.kind === 'present' ? one : (byTask.get(one.task) as TaskOutcome)));
    return {
      images: images.map((one) => ({ ...one, outcomes: all.filter((outcome) => outcome.task.image === one.image) })),
      // A private CA may write other URIs than the id-token suggests.
      identity: all.map(identityOf).find((one) => one !== undefined) ?? expected,
      made: uniqueMade(all),
      warnings: attesting.warnings,
    };
  } catch (error) {
    // Errors that stop the run before anything was signed: no id-token, no push permission, no certificate.
    const stopped = stopAll(images, withLogged(toCodedError(error), ports.signer));
    return { images: stopped, identity: undefined, made: [], warnings: [] };
  } finally {
    // The registry discards sessions that are not cancelled.
    await within(end, () => uploads.cancelAll()).catch(() => {});
  }
}

// ── existing signatures ───────────────────────────────────────────────────────────────────────

type CheckedTask = OpenTask | Extract<TaskOutcome, { kind: 'present' }>;
type EarlyChecks = Map<string, Promise<OwnSignature>>;

/** One look: the digest of an image, in the place for its signature of one format. */
interface Look {
  readonly imageRepository: Repository;
  readonly store: Repository;
  readonly digest: Digest;
  readonly format: SignatureFormat;
}

/** The legacy payload names the image's repository. A bundle names none, so only its place counts. */
const lookKey = ({ imageRepository, store, digest, format }: Look): string =>
  `${format} ${formatPinned(store, digest)} ${format === 'legacy' ? formatRepository(imageRepository) : ''}`;

type CheckPorts = SignCall & { readonly slots: Slots; readonly identity: Promise<ExpectedIdentity> };

/** Looks for signatures of images with a known digest while the images themselves are still being resolved. */
function createEarlyChecks(
  options: SignOptions,
  ports: CheckPorts,
  { uploads, early }: { readonly uploads: Uploads; readonly early: EarlyChecks },
): (image: RequestedImage & { readonly digest: Digest }) => Promise<unknown> {
  const storeOf = ({ repository }: RequestedImage): Repository =>
    signatureRepositoryOf(options.signatureRepositories, repository);
  const stores = new Set(options.images.map((image) => formatRepository(storeOf(image))));
  return (image) => {
    const { repository: imageRepository, digest } = image;
    const store = storeOf(image);
    const looks = formatsOf(options.format).map((format): Look => ({ imageRepository, store, digest, format }));
    // Without an id-token, or if an image is missing, the run ends before the result is awaited.
    return Promise.allSettled(
      looks.map(async (look) => {
        const own = early.get(lookKey(look)) ?? check(options, ports, look);
        early.set(lookKey(look), own);
        // While the remaining images are looked at, connections open for what is written unless one of them fails.
        if ((await own).found === undefined) uploads.expect(store, stores.size);
      }),
    );
  };
}

function check(options: SignOptions, ports: CheckPorts, { store, ...look }: Look): Promise<OwnSignature> {
  const { call, registry, verifier, slots, identity } = ports;
  const { annotations } = options;
  const places = { call, registry, verifier, slots, repository: store };
  return findOwnSignature({ ...look, ...places, annotations, identity: () => identity });
}

function tasksOf(options: SignOptions, image: ResolvedImage): SignTask[] {
  const store = signatureRepositoryOf(options.signatureRepositories, image.repository);
  const { digest, mediaType, size } = image;
  const subjects = [
    { subject: { digest, mediaType, size }, platform: undefined },
    // An image that is listed for two platforms is signed once.
    ...new Map(image.platforms.map(({ platform, ...subject }) => [subject.digest, { subject, platform }])).values(),
  ];
  return subjects.flatMap(({ subject, platform }) =>
    formatsOf(options.format).map(
      (format): SignTask => ({
        image,
        digest: subject.digest,
        subject,
        platform,
        format,
        store,
        attestation: undefined,
      }),
    ),
  );
}

/** The images of an index are also read if an SBOM may be about one of them. */
export function readsPlatforms({ recursive, attestations }: Pick<SignOptions, 'recursive' | 'attestations'>): boolean {
  return recursive || (attestations !== undefined && attestations.sbomLines.length > 0);
}

/** Plans the attestations and looks for equal ones. The code for that is loaded only if there are any. */
async function checkAttestations(
  options: SignOptions,
  ports: CheckPorts,
  found: { readonly attested: readonly AttestedImage[]; readonly early: EarlyChecks },
): Promise<{ readonly checked: readonly CheckedTask[]; readonly warnings: readonly string[] }> {
  const { attestations } = options;
  if (attestations === undefined) return { checked: [], warnings: [] };
  const { checkPlanned } = await import('./check-attestations.ts');
  return checkPlanned({ ...options, attestations }, ports, {
    attested: found.attested,
    // The look for signatures has listed the same place.
    listed: async (store, digest) => {
      const own = found.early.get(lookKey({ imageRepository: store, store, digest, format: 'bundle' }));
      return own === undefined ? undefined : ((await own).examination?.listed ?? []);
    },
  });
}

async function checkTasks(
  options: SignOptions,
  ports: CheckPorts,
  { tasks, early: checks }: { readonly tasks: readonly SignTask[]; readonly early: EarlyChecks },
): Promise<CheckedTask[]> {
  return mapLimited(tasks, { limit: options.concurrency }, async (task): Promise<CheckedTask> => {
    if (options.ifSigned === 'sign') return { kind: 'open', task, before: [] };
    const { store, digest, format } = task;
    const look: Look = { imageRepository: task.image.repository, store, digest, format };
    const asked = checks.get(lookKey(look)) ?? check(options, ports, look);
    checks.set(lookKey(look), asked);
    const own = await asked;
    if (own.found !== undefined) return { kind: 'present', task, own: own.found };
    return { kind: 'open', task, before: own.examination?.listed ?? [] };
  });
}

// ── failures ────────────────────────────────────────────────────────────────────────────────────

function allUnresolved(options: SignOptions, error: unknown): Resolution[] {
  return groupRequested(options.images).flatMap((group) =>
    group.slice(0, 1).map((first) => ({ kind: 'unresolved', image: { first, error: toCodedError(error) } }) as const),
  );
}

function stopAll(images: readonly SignedImage[], error: CodedError): SignedImage[] {
  return images.map((one) => (one.error === undefined ? { ...one, outcomes: [], error } : one));
}

function stoppedBecause(failed: SignedImage): CodedError {
  const code = (failed.error as CodedError).code;
  return new CodedError(code, `nothing was signed, because ${failed.first.original} failed: ${code}`, {
    hint: 'All images of a step are checked before the first one is signed, so that no release is partially signed.',
  });
}

function identityOf(outcome: TaskOutcome): ExpectedIdentity | undefined {
  return outcome.kind === 'present' ? outcome.own.facts.identity : outcome.made?.identity;
}

function uniqueMade(outcomes: readonly TaskOutcome[]): { task: SignTask; made: MadeSignature }[] {
  const seen = new Map<MadeSignature, SignTask>();
  for (const one of outcomes) {
    if (one.kind !== 'present' && one.made !== undefined && !seen.has(one.made)) seen.set(one.made, one.task);
  }
  return [...seen].map(([made, task]) => ({ task, made }));
}

/** The most severe failure of an image, if there is one. */
export function failureOf(image: SignedImage): { readonly reason: Reason; readonly error: CodedError } | undefined {
  if (image.error !== undefined) return { reason: image.error.code, error: image.error };
  for (const outcome of image.outcomes) {
    if (outcome.kind === 'failed') return { reason: outcome.error.code, error: outcome.error };
  }
  if (image.storeError !== undefined) return { reason: image.storeError.code, error: image.storeError };
  return undefined;
}
