import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { type ImageReference, parseReference } from '../../../domain/image/reference.ts';
import { nearName } from '../../../domain/text/near-name.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import type { RequestedImage } from '../../../usecases/examining/resolve-images.ts';
import { writeInstead } from '../../inputs/instead.ts';
import { splitList } from '../../inputs/list-rule.ts';
import { readNamedFile } from '../../inputs/named-file.ts';
import { readText } from '../../inputs/read-value.ts';
import { parseArtifactsList } from './artifacts-list.ts';
import type { Reading } from './input-source.ts';
import { readMetadata } from './metadata-images.ts';
import { DIGEST_LINE, type ImagesReading, LIKELY_CAUSES, toRequested } from './requested-image.ts';
import { rightReference } from './right-reference.ts';

/** The images of one run, as written, in order of first mention. */
export interface ImagesInput {
  readonly images: readonly RequestedImage[];
  /** Entries of `metadata` that name no pushed image. */
  readonly skipped: readonly string[];
  readonly notices: readonly string[];
  /** True if every image was written as a reference in `images`. */
  readonly writtenAsReferences: boolean;
}

interface ImagesRules {
  /** True for verify: an empty item is a problem, because a dropped job output leaves one behind. */
  readonly refuseEmptyItems: boolean;
}

/** The word in `images` that stands for $GITHUB_ARTIFACTS_LIST. */
const FROM_RUNNER = 'from-runner';
const IMAGES_MAX = 10_000;
const LIST_MAX_BYTES = 4 * 1024 * 1024;

/** Reads `images`, `digest` and `metadata` (contract §2.1). Collects every problem and throws none. */
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
      problems.add(
        'images',
        `${FROM_RUNNER} is given together with other images.`,
        `Give either ${FROM_RUNNER} or the images.`,
      );
      return nothing;
    }
    found = { ...nothing, images: await readRunnerList(reading) };
  } else if (metadata !== undefined) {
    if (readText(reading, 'digest') !== undefined) {
      problems.add(
        'digest',
        'it is given together with metadata, which has its own digests.',
        'Give only one of them.',
      );
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
      images: references.map((one) =>
        toRequested(reading, one, { digest: one.digest ?? digest, source: { file: 'images' } }),
      ),
      writtenAsReferences: true,
    };
    refuseUnusedDigest(reading, references, digest);
  }
  if (found.images.length > IMAGES_MAX) {
    problems.add(
      'images',
      `${found.images.length} images are more than the limit of ${IMAGES_MAX}.`,
      'Split them across several steps.',
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
    reading.problems.add('images', `${error.message}.`, 'Write one image per line, without quotation marks.');
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
    const right = /^(?:[^@]*@)?["'`]?(?:sha256[:-])?([0-9a-f]{64})["'`]?$/i.exec(text)?.[1];
    const instead = right === undefined ? [] : [{ input: 'digest', value: `sha256:${right.toLowerCase()}` }];
    const general = `Write \`${DIGEST_LINE}\`. The \`imageid\` output is not a registry digest.`;
    reading.problems.add(
      'digest',
      `${quoted(text)} is not a digest: sha256: followed by 64 lower-case hex digits.`,
      [writeInstead(instead), general].filter((one) => one !== undefined).join(' '),
    );
  }
  return digest;
}

/** Parses references. Each bad one is left out and becomes a problem. */
function parseItems(reading: Reading, items: readonly string[]): ImageReference[] {
  return items.flatMap((item) => {
    try {
      return [parseReference(item)];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const right = rightReference(item);
      const cure = right === undefined ? undefined : writeInstead([{ input: 'images', value: right }]);
      const general = 'Write registry/repository:tag or registry/repository@sha256:….';
      reading.problems.add(
        'images',
        `${error.message}.`,
        /[@:]$/.test(item) ? LIKELY_CAUSES : [cure, general].filter((one) => one !== undefined).join(' '),
      );
      return [];
    }
  });
}

/** A digest that no reference uses is a mistake, unless it repeats the digest of a reference. */
function refuseUnusedDigest(reading: Reading, references: readonly ImageReference[], digest: Digest | undefined): void {
  if (digest === undefined || references.length === 0) return;
  if (references.some((reference) => reference.digest === undefined || reference.digest === digest)) return;
  reading.problems.add(
    'digest',
    'every image in `images` already has a different digest.',
    'Remove `digest`, or the digests in `images`.',
  );
}

function refuseBareNames(reading: Reading, images: readonly RequestedImage[]): void {
  for (const image of images) {
    if (image.tag !== undefined || image.digest !== undefined) continue;
    reading.problems.add(
      'images',
      `${quoted(image.original)} names neither a tag nor a digest, and \`latest\` is not assumed.`,
      nearName(image.original, [FROM_RUNNER]) === undefined
        ? `Add \`${DIGEST_LINE}\`. ${LIKELY_CAUSES}`
        : `For the images that earlier steps declared, write \`images: ${FROM_RUNNER}\`.`,
    );
  }
}

async function readRunnerList(reading: ImagesReading): Promise<RequestedImage[]> {
  const { source, problems } = reading;
  const path = source.env['GITHUB_ARTIFACTS_LIST'];
  const none = 'An earlier step of this job must append `name@sha256:…` to the file in $GITHUB_ARTIFACTS.';
  const bytes = path ? await readNamedFile(reading, { name: 'images', path, cure: none }) : undefined;
  if (path && bytes === undefined) return [];
  try {
    if (bytes !== undefined && bytes.length > LIST_MAX_BYTES) throw new ValueError('is too large');
    const declared = parseArtifactsList(bytes === undefined ? '' : new TextDecoder().decode(bytes));
    if (declared.length === 0) problems.add('images', 'the runner lists no images for from-runner.', none);
    return declared.map(({ name, digest }) => {
      const reference = parseReference(name);
      if (reference.digest !== undefined && reference.digest !== digest) {
        throw new ValueError(`names ${quoted(name)} with two different digests`);
      }
      const source = { file: '$GITHUB_ARTIFACTS_LIST' };
      return toRequested(reading, { ...reference, original: `${name}@${digest}` }, { digest, source });
    });
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.add('images', `the runner's list at $GITHUB_ARTIFACTS_LIST ${error.message}.`, none);
    return [];
  }
}
