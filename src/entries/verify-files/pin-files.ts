import { CodedError } from '../../coded-error.ts';
import { formatPinned } from '../../domain/image/reference.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { RequestedImage } from '../../usecases/examining/resolve-images.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { FileProblem } from '../../workloads/named-image.ts';
import { type PinEdit, pinText } from '../../workloads/pin.ts';
import { prepareReplacement, type ReadingGround, type Replacement } from '../action/confined-files.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { addProblem } from '../inputs/input-problems.ts';
import { type FileOptions, imagesOf } from './file-images.ts';
import { inputProblemOf } from './file-problems.ts';
import type { NamedFile } from './named-files.ts';
import type { RequestedPlace } from './requested-images.ts';

/** A digest that nothing has, to try whether a file can be pinned before any request. */
const ANY_DIGEST = `sha256:${'0'.repeat(64)}`;

/** What is to be pinned. */
interface Pinning {
  /** Every file that was read, in their order. */
  readonly files: readonly NamedFile[];
  readonly requested: readonly RequestedPlace[];
  readonly options: FileOptions;
}

/** Problems for every place whose image cannot be rewritten, before anything is checked. */
export function refuseUnpinnable(reading: Reading, { files, requested, options }: Pinning): void {
  for (const file of files) {
    const edits = editsOf(requested, file, ({ image }) =>
      image.image.includes('@') ? image.image : `${image.image}@${ANY_DIGEST}`,
    );
    if (edits.length > 0 && file.isLinked) {
      const what = `${quoted(file.name)} is reached through a symbolic link, which pinning does not follow.`;
      reading.problems.add('pin', what, 'Name the file itself in `files`.');
      continue;
    }
    const pinned = pinText(file.text, edits, readerOf(file, options));
    if (pinned.kind === 'pinned') continue;
    for (const problem of pinned.problems) {
      addProblem(reading.problems, inputProblemOf('pin', file.name, problem));
    }
  }
}

/**
 * Rewrites the files so that every image has the digest that was checked. All texts are computed first, then all are
 * written beside their files, then put in place: if anything fails, every file is as it was. Returns the output
 * `pinned-files`. Throws INPUT_INVALID if a file has changed since it was read.
 */
export async function pinFiles(
  ground: ReadingGround,
  { files, requested, options, verified }: Pinning & { readonly verified: readonly VerifiedImage[] },
): Promise<Readonly<Record<string, string>>> {
  const digests = digestsOf(verified);
  const changes = files.flatMap((file) => {
    const edits = editsOf(requested, file, ({ request }) => {
      const pinned = digests.get(request);
      // The gate opens only if every image is resolved.
      if (pinned === undefined) throw new TypeError('an image without a digest was let through');
      return pinned;
    });
    const pinned = pinText(file.text, edits, readerOf(file, options));
    if (pinned.kind === 'unpinnable') throw unpinnable(file, pinned.problems);
    const content = new TextEncoder().encode(pinned.text);
    return pinned.text === file.text ? [] : [{ path: file.path, before: file.bytes, content }];
  });
  await replaceAll(ground, changes);
  return { 'pinned-files': files.map(({ name }) => name).join('\n') };
}

interface Change {
  readonly path: string;
  readonly before: Uint8Array;
  readonly content: Uint8Array;
}

async function replaceAll(ground: ReadingGround, changes: readonly Change[]): Promise<void> {
  const prepared: Replacement[] = [];
  const done: Change[] = [];
  try {
    for (const change of changes) prepared.push(await prepareReplacement(ground, change));
    for (const [index, change] of changes.entries()) {
      await prepared[index]?.commit();
      done.push(change);
    }
  } catch (error) {
    for (const replacement of prepared) await replacement.discard();
    for (const { path, before, content } of done) {
      const back = await prepareReplacement(ground, { path, before: content, content: before }).catch(() => undefined);
      await back?.commit().catch(() => back.discard());
    }
    if (error instanceof CodedError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new CodedError('INPUT_INVALID', `input pin: the files cannot be written: ${why}`, {
      cause: error,
      hint: 'Let the job own the files, or remove `pin`. Nothing was pinned.',
    });
  }
}

/** What each requested image was resolved to, with its digest. */
function digestsOf(verified: readonly VerifiedImage[]): ReadonlyMap<RequestedImage, string> {
  return new Map(
    verified.flatMap(({ image, references }) =>
      image === undefined
        ? []
        : references.map((reference) => [reference, formatPinned(image.repository, image.digest)] as const),
    ),
  );
}

function editsOf(
  requested: readonly RequestedPlace[],
  file: NamedFile,
  pinnedOf: (place: RequestedPlace) => string,
): PinEdit[] {
  return requested.flatMap((place) => (place.file === file ? { image: place.image, pinned: pinnedOf(place) } : []));
}

function readerOf({ name }: NamedFile, options: FileOptions) {
  return (text: string) => imagesOf({ name, text }, options);
}

function unpinnable(file: NamedFile, [problem]: readonly [FileProblem, ...FileProblem[]]): CodedError {
  const { what, cure } = inputProblemOf('pin', file.name, problem);
  return new CodedError('INPUT_INVALID', `input pin: ${what}`, { hint: cure });
}
