import { type ImageReference, parseReference } from '../../../domain/image/reference.ts';
import { formatSource, type Source } from '../../../domain/image/source.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import type { RequestedImage } from '../../../usecases/examining/resolve-images.ts';
import { splitLines } from '../../inputs/list-rule.ts';
import { parseBuildDocument } from './build-documents.ts';
import type { BuildEntry } from './build-entry.ts';
import { parseImageLines } from './image-lines.ts';
import { readConfinedFile } from './read-confined-file.ts';
import { type ImagesReading, LIKELY_CAUSES, toRequested } from './requested-image.ts';

interface MetadataImages {
  readonly images: readonly RequestedImage[];
  readonly skipped: readonly string[];
}

/** A build and its source: `metadata` itself or a file. */
interface SourcedBuild extends BuildEntry {
  readonly source: Source;
}

/** The content of one document, in its order. */
type Found =
  | { readonly pinned: RequestedImage }
  | { readonly build: SourcedBuild }
  /** A digest without a name. */
  | { readonly bare: SourcedBuild };

const FILE_MAX_BYTES = 4 * 1024 * 1024;
const FILES_MAX = 1_000;
const PUSH_CURE =
  'Metadata names an image only if the build pushed it: set `push: true`, or give its repository in `images`.';
const KINDS_CURE =
  'Give the `metadata` output of docker/build-push-action or docker/bake-action, or files that contain it, ' +
  "GoReleaser's artifacts.json, Jib's jib-image.json, digests, or pinned references.";

/**
 * Reads the images of `metadata`: literal JSON of a build tool, or files (paths and globs, one per line) with such JSON,
 * with digests or with pinned references. `names` are the references in `images`, which name digests without a name.
 */
export async function readMetadata(
  reading: ImagesReading,
  value: string,
  names: readonly ImageReference[],
): Promise<MetadataImages> {
  const { problems } = reading;
  const before = problems.list.length;
  for (const name of names) {
    if (name.digest === undefined) continue;
    const what = `${quoted(name.original)} has a digest although metadata is given.`;
    problems.add('images', what, 'Give either metadata or pinned images.');
  }
  const found = /^[[{]/.test(value) ? readDocument(reading, value, 'metadata') : await readFiles(reading, value);
  const skipped: string[] = [];
  const images: RequestedImage[] = [];
  const nameless: SourcedBuild[] = [];
  for (const one of found) {
    if ('pinned' in one) {
      images.push(one.pinned);
      continue;
    }
    const build = 'bare' in one ? one.bare : one.build;
    if (build.digest !== undefined && build.names.length > 0) {
      images.push(...namedImages(reading, build));
    } else if (build.digest !== undefined && names.length > 0) {
      nameless.push(build);
      images.push(...names.map((name) => toRequested(reading, name, build)));
    } else if ('bare' in one) {
      const what = `${formatSource(build.source)} contains only the digest ${build.digest}, without the name of its repository.`;
      problems.add('metadata', what, 'Give the repository in `images`, such as `images: ghcr.io/acme/app`.');
    } else {
      const missing = build.digest === undefined ? 'digest' : 'image.name';
      skipped.push(`${formatSource(build.source)}: not pushed, skipped (no ${missing})`);
    }
  }
  if (problems.list.length === before) refuseAmbiguousNames(reading, nameless, names);
  if (images.length === 0 && problems.list.length === before) {
    const seen = skipped.length === 0 ? '' : ` (${skipped.join('; ')})`;
    problems.add('metadata', `it names no pushed image${seen}.`, `${PUSH_CURE} ${LIKELY_CAUSES}`);
  }
  return { images, skipped };
}

function namedImages(reading: ImagesReading, entry: SourcedBuild): RequestedImage[] {
  return entry.names.flatMap((name) => {
    try {
      const reference = parseReference(name);
      if (reference.digest !== undefined && reference.digest !== entry.digest) {
        throw new ValueError(`${quoted(name)} and its metadata have different digests`);
      }
      return [toRequested(reading, reference, entry)];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      reading.problems.add('metadata', `${formatSource(entry.source)}: its name ${error.message}.`, PUSH_CURE);
      return [];
    }
  });
}

/** With metadata, `images` must be needed, and it must be clear which name belongs to which digest. */
function refuseAmbiguousNames(
  reading: ImagesReading,
  nameless: readonly SourcedBuild[],
  names: readonly ImageReference[],
): void {
  if (names.length === 0) return;
  if (nameless.length === 0) {
    const what = 'they are given together with metadata that already names its images.';
    reading.problems.add('images', what, 'Give either images or metadata.');
    return;
  }
  const digests = new Set(nameless.map((entry) => entry.digest));
  if (digests.size > 1 && (names.length > 1 || names.some((name) => name.tag !== undefined))) {
    const what = `metadata contains ${digests.size} digests without a name, so a tag or a second name would be ambiguous.`;
    reading.problems.add('images', what, 'Give exactly one repository without a tag.');
  }
}

async function readFiles(reading: ImagesReading, value: string): Promise<Found[]> {
  const { source, problems } = reading;
  const paths = new Set<string>();
  for (const line of splitLines(value)) {
    if (line === '') continue;
    const found = /[*?[{]/.test(line) ? [...(await source.files.glob(line))].sort() : [line];
    if (found.length === 0) {
      const cure = 'Check the pattern, and that the artifacts were downloaded before this step.';
      problems.add('metadata', `the pattern ${quoted(line)} matches no file.`, cure);
    }
    for (const path of found) paths.add(path);
  }
  if (paths.size > FILES_MAX) {
    problems.add('metadata', `${paths.size} files are more than the limit of ${FILES_MAX}.`, 'Narrow the patterns.');
    return [];
  }
  const found: Found[] = [];
  for (const path of paths) {
    const bytes = await readConfinedFile(reading, {
      name: 'metadata',
      path,
      cure: isImage(path)
        ? 'An image belongs into `images`, and a digest into `digest`.'
        : `Check the path. ${LIKELY_CAUSES}`,
      folderCure: `Name the files in it: \`${path.replace(/[/\\]+$/, '')}/*\`.`,
    });
    if (bytes === undefined) continue;
    if (bytes.length > FILE_MAX_BYTES) {
      problems.add('metadata', `${quoted(path)} is too large (${bytes.length} bytes).`, 'Name only metadata files.');
    } else {
      const text = decode(bytes);
      if (text !== undefined) found.push(...readDocument(reading, text.trim(), path));
      else problems.add('metadata', `${quoted(path)} is not text in UTF-8.`, 'Name only metadata files.');
    }
  }
  return found;
}

/** True for a line that was meant as an image or a digest. No path looks like one. */
function isImage(line: string): boolean {
  return /(?:^|@)sha(?:256|512):/.test(line) || /^[0-9a-f]{64}$/i.test(line);
}

/** The text without a byte order mark; undefined if the file is binary or has another encoding. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Reads the JSON of a build tool, or one image per line. */
function readDocument(reading: ImagesReading, text: string, file: string): Found[] {
  try {
    if (/^[[{]/.test(text)) {
      return parseBuildDocument(text).map((entry) => {
        const source = entry.object === undefined ? { file } : { file, object: entry.object };
        return { build: { ...entry, source } };
      });
    }
    return parseImageLines(text, file).map((image) => {
      const source = { file };
      return image.kind === 'digest'
        ? { bare: { object: undefined, names: [], digest: image.digest, source } }
        : { pinned: toRequested(reading, image.reference, { digest: image.digest, source }) };
    });
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reading.problems.add(
      'metadata',
      `${file === 'metadata' ? 'the text' : quoted(file)}: ${error.message}.`,
      KINDS_CURE,
    );
    return [];
  }
}
