import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { type ImageReference, parseReference } from '../../../domain/image/reference.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import type { RequestedImage } from '../../../usecases/examining/resolve-images.ts';
import { parseArtifactsList } from './artifacts-list.ts';
import { quoted } from './input-problems.ts';
import { splitList } from './list-rule.ts';
import { readMetadata } from './metadata-images.ts';
import { readNamedFile } from './read-file.ts';
import { type Reading, readText } from './read-value.ts';
import { DIGEST_LINE, type ImagesReading, LIKELY_CAUSES, toRequested } from './requested-image.ts';

/** The images of one run, as written and in order of first mention. */
export interface ImagesInput {
  readonly images: readonly RequestedImage[];
  /** Entries of `metadata` that name no pushed image. */
  readonly skipped: readonly string[];
  readonly notices: readonly string[];
  /** True if every image was written as a reference in `images`. */
  readonly writtenAsReferences: boolean;
}

export interface ImagesRules {
  /** Verify: an empty item is what a dropped job output leaves behind, so it is a problem. */
  readonly refuseEmptyItems: boolean;
}

/** The word in `images` that stands for $GITHUB_ARTIFACTS_LIST. */
const FROM_RUNNER = 'from-runner';
const IMAGES_MAX = 10_000;
const LIST_MAX_BYTES = 4 * 1024 * 1024;

/** Reads `images`, `digest` and `metadata` (contract §2.1); every problem is collected, none is thrown. */
export async function readImages(common: Reading, rules: ImagesRules): Promise<ImagesInput> {
  const { problems } = common;
  const reading: ImagesReading = { ...common, notices: new Set() };
  const items = readItems(reading, rules);
  const metadata = readText(reading, 'metadata');
  const digest = readDigest(reading);
  const nothing: ImagesInput = { images: [], skipped: [], notices: [], writtenAsReferences: false };

  let found: ImagesInput;
  if (items.includes(FROM_RUNNER)) {
    if (items.length > 1 || metadata !== undefined || readText(reading, 'digest') !== undefined) {
      problems.add('images', `${FROM_RUNNER} stands beside other images.`, `Give either ${FROM_RUNNER} or the images.`);
      return nothing;
    }
    found = { ...nothing, images: await readRunnerList(reading) };
  } else if (metadata !== undefined) {
    if (readText(reading, 'digest') !== undefined) {
      problems.add('digest', 'it stands beside metadata, which has digests of its own.', 'Give one of the two.');
    }
    const names = parseItems(reading, items);
    found = { ...nothing, ...(await readMetadata(reading, metadata, names)) };
  } else if (items.length === 0) {
    if (problems.list.some((problem) => problem.input === 'images')) return nothing;
    problems.add('images', 'no image is given, neither in `images` nor in `metadata`.', LIKELY_CAUSES);
    return nothing;
  } else {
    const references = parseItems(reading, items);
    found = {
      ...nothing,
      images: references.map((one) => toRequested(reading, one, one.digest ?? digest, { file: 'images' })),
      writtenAsReferences: true,
    };
    refuseUnusedDigest(reading, references, digest);
  }
  if (found.images.length > IMAGES_MAX) {
    problems.add(
      'images',
      `${found.images.length} images are more than ${IMAGES_MAX}.`,
      'Split them over several steps.',
    );
  }
  refuseBareNames(reading, found.images);
  return { ...found, notices: [...reading.notices] };
}

function readItems(reading: Reading, rules: ImagesRules): string[] {
  let items: string[];
  try {
    items = splitList(reading.source.input('images') ?? '');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reading.problems.add('images', `${error.message}.`, 'Write one image a line, without quotation marks.');
    return [];
  }
  const present = items.filter((item) => item !== '');
  if (rules.refuseEmptyItems && present.length < items.length && items.length > 0) {
    const where = items.indexOf('') + 1;
    reading.problems.add('images', `item ${where} of ${items.length} is empty.`, LIKELY_CAUSES);
  }
  return present;
}

function readDigest(reading: Reading): Digest | undefined {
  const text = readText(reading, 'digest');
  if (text === undefined) return undefined;
  const digest = parseDigest(text);
  if (digest === undefined) {
    reading.problems.add(
      'digest',
      `${quoted(text)} is no digest of the form sha256: and 64 lower-case hex digits.`,
      `Write \`${DIGEST_LINE}\`; the \`imageid\` output is not a digest of the registry.`,
    );
  }
  return digest;
}

/** Parses references; each bad one is a problem and left out. */
function parseItems(reading: Reading, items: readonly string[]): ImageReference[] {
  return items.flatMap((item) => {
    try {
      return [parseReference(item)];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const cure = /[@:]$/.test(item)
        ? LIKELY_CAUSES
        : 'Write registry/repository:tag or registry/repository@sha256:….';
      reading.problems.add('images', `${error.message}.`, cure);
      return [];
    }
  });
}

/** A digest that no reference takes is a mistake, unless it only repeats what they say. */
function refuseUnusedDigest(reading: Reading, references: readonly ImageReference[], digest: Digest | undefined): void {
  if (digest === undefined || references.length === 0) return;
  if (references.some((reference) => reference.digest === undefined || reference.digest === digest)) return;
  reading.problems.add(
    'digest',
    'every image in `images` has another digest of its own.',
    'Remove `digest`, or the digests in `images`.',
  );
}

function refuseBareNames(reading: Reading, images: readonly RequestedImage[]): void {
  for (const image of images) {
    if (image.tag !== undefined || image.digest !== undefined) continue;
    reading.problems.add(
      'images',
      `${quoted(image.original)} names neither a tag nor a digest, and \`latest\` is not assumed.`,
      `Add \`${DIGEST_LINE}\`. ${LIKELY_CAUSES}`,
    );
  }
}

async function readRunnerList(reading: ImagesReading): Promise<RequestedImage[]> {
  const { source, problems } = reading;
  const path = source.env['GITHUB_ARTIFACTS_LIST'];
  const none = 'An earlier step of this job must append `name@sha256:…` to the file in $GITHUB_ARTIFACTS.';
  const bytes = path ? await readNamedFile(reading, 'images', path, none) : undefined;
  if (path && bytes === undefined) return [];
  try {
    if (bytes !== undefined && bytes.length > LIST_MAX_BYTES) throw new ValueError('is too large');
    const declared = parseArtifactsList(bytes === undefined ? '' : new TextDecoder().decode(bytes));
    if (declared.length === 0) problems.add('images', 'the runner lists no image for from-runner.', none);
    return declared.map(({ name, digest }) => {
      const reference = parseReference(name);
      if (reference.digest !== undefined && reference.digest !== digest) {
        throw new ValueError(`names ${quoted(name)} with two different digests`);
      }
      return toRequested(reading, { ...reference, original: `${name}@${digest}` }, digest, {
        file: '$GITHUB_ARTIFACTS_LIST',
      });
    });
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.add('images', `the runner's list behind $GITHUB_ARTIFACTS_LIST ${error.message}.`, none);
    return [];
  }
}
