import type { Digest } from '../image/digest.ts';
import { formatPinned, formatRepository, parseReference, type Repository } from '../image/reference.ts';
import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';

/** A line of `sbom-path`: `PATH`, `IMAGE=PATH` or `IMAGE@OS/ARCH[/VARIANT]=PATH`. */
export interface SbomLine {
  readonly written: string;
  /** Undefined for a plain PATH, which is meant for every image. */
  readonly repository: Repository | undefined;
  readonly platform: string | undefined;
  /** May hold `{name}`, `{os}`, `{arch}` and `{variant}`. */
  readonly path: string;
}

/** How to write a line that says which image a file is about, for messages. */
const MAPPED_FORM = 'IMAGE=PATH or IMAGE@OS/ARCH=PATH';

const PLACEHOLDERS: readonly string[] = ['{name}', '{os}', '{arch}', '{variant}'];
const OF_PLATFORM = /\{(?:os|arch|variant)\}/;

/** Parses one line. Throws ValueError. */
export function parseSbomLine(line: string): SbomLine {
  const equals = line.indexOf('=');
  // A path such as ./a=b.json cannot be an image; any other text before = must be one, so that a typo is not a path.
  const isMapped = equals >= 0 && !/^(?:\.{0,2}\/|[A-Za-z]:\\)/.test(line);
  const path = (isMapped ? line.slice(equals + 1) : line).trim();
  if (path === '') throw new ValueError(`${quoted(line)} names no file`);
  const unknown = (path.match(/\{[^{}]*\}/g) ?? []).find((one) => !PLACEHOLDERS.includes(one));
  if (unknown !== undefined) {
    throw new ValueError(`${quoted(line)}: ${quoted(unknown)} is none of ${PLACEHOLDERS.join(', ')}`);
  }
  if (!isMapped) return { written: line, repository: undefined, platform: undefined, path };
  const image = line.slice(0, equals).trim();
  const at = image.indexOf('@');
  const { repository, tag } = parseReference(at < 0 ? image : image.slice(0, at));
  if (tag !== undefined) throw new ValueError(`${quoted(line)}: write the repository of the image without a tag`);
  const platform = at < 0 ? undefined : image.slice(at + 1);
  if (platform !== undefined && !/^[a-z0-9]+(?:\/[a-z0-9][a-z0-9_.-]*){1,2}$/i.test(platform)) {
    const what = /^sha256:/.test(platform) ? 'a digest' : quoted(platform);
    throw new ValueError(`${quoted(line)}: ${what} is not a platform such as linux/amd64`);
  }
  return { written: line, repository, platform, path };
}

/** An image that needs SBOMs. */
export interface SbomImage {
  readonly repository: Repository;
  /** A digest, or the tag while that is not resolved yet. */
  readonly digest: Digest | string;
  /** The images of an index by platform; empty for a plain image. Undefined: not known yet. */
  readonly platforms: readonly { readonly platform: string; readonly digest: Digest }[] | undefined;
}

/** One file and what it is about. */
export interface SbomAssignment<Image extends SbomImage> {
  readonly image: Image;
  /** The platform image; undefined for the image itself. */
  readonly child: { readonly platform: string; readonly digest: Digest } | undefined;
  readonly path: string;
}

export interface AssignedSboms<Image extends SbomImage> {
  readonly assignments: readonly SbomAssignment<Image>[];
  /** Why files and images do not match; the run must not start. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Assigns files to images. Never guesses from the content of a file: each image needs a line, each line an image, and
 * one file is about one digest.
 */
export function assignSboms<Image extends SbomImage>(
  lines: readonly SbomLine[],
  images: readonly Image[],
): AssignedSboms<Image> {
  const assignments: SbomAssignment<Image>[] = [];
  const problems: string[] = [];
  const warnings: string[] = [];
  const assigned = new Set<Image>();
  for (const line of lines) {
    const { repository } = line;
    const meant = images.filter((image) => repository === undefined || isSame(repository, image.repository));
    if (meant.length === 0) problems.push(`${quoted(line.written)}: no image of this step is in that repository`);
    const found = meant.flatMap((image) => {
      assigned.add(image);
      return assignOne(line, image, { problems, warnings });
    });
    for (const [path, digests] of digestsByPath(found)) {
      if (digests.size < 2) continue;
      const cure = `write one line per image, ${MAPPED_FORM}`;
      problems.push(`${quoted(path)} would describe ${digests.size} digests, and an SBOM describes one: ${cure}`);
    }
    assignments.push(...found);
  }
  for (const image of images) {
    if (assigned.has(image)) continue;
    problems.push(`${shown(image)} has no SBOM: add a line ${formatRepository(image.repository)}=PATH`);
  }
  return { assignments: unique(assignments), problems, warnings };
}

function assignOne<Image extends SbomImage>(
  line: SbomLine,
  image: Image,
  { problems, warnings }: { readonly problems: string[]; readonly warnings: string[] },
): SbomAssignment<Image>[] {
  const name = image.repository.path.slice(image.repository.path.lastIndexOf('/') + 1);
  const isOfPlatform = line.platform !== undefined || OF_PLATFORM.test(line.path);
  if (!isOfPlatform) {
    const count = new Set(image.platforms?.map(({ digest }) => digest)).size;
    if (count > 1) {
      warnings.push(
        `${quoted(line.path)} is attached to the index ${shown(image)}, which has ${count} platform images. ` +
          `If it describes one of them, write IMAGE@OS/ARCH=PATH, or a path with {os} and {arch}.`,
      );
    }
    return [{ image, child: undefined, path: line.path.replaceAll('{name}', name) }];
  }
  if (image.platforms === undefined) return [];
  if (image.platforms.length === 0) {
    problems.push(`${quoted(line.written)}: ${shown(image)} is one image, not an index of several platforms`);
    return [];
  }
  const children = line.platform === undefined ? image.platforms : platformsLike(image.platforms, line.platform);
  if (children.length === 0) {
    const there = image.platforms.map(({ platform }) => quoted(platform)).join(', ');
    problems.push(`${quoted(line.written)}: ${shown(image)} has no image for that platform, only for ${there}`);
  }
  return children.flatMap((child) => {
    const path = expandPlatform(line.path.replaceAll('{name}', name), child.platform);
    if (path !== undefined) return [{ image, child, path }];
    problems.push(
      `${quoted(line.path)}: the platform ${quoted(child.platform)} of ${shown(image)} cannot be part of a path`,
    );
    return [];
  });
}

/** arm64 and arm64/v8 are one platform (containerd platforms); without a variant, any variant is meant. */
function platformsLike(
  platforms: NonNullable<SbomImage['platforms']>,
  wanted: string,
): NonNullable<SbomImage['platforms']> {
  const normal = (platform: string): string => platform.toLowerCase().replace(/^([^/]+)\/arm64\/v8$/, '$1/arm64');
  const exact = platforms.filter(({ platform }) => normal(platform) === normal(wanted));
  return exact.length > 0
    ? exact
    : platforms.filter(({ platform }) => normal(platform).startsWith(`${normal(wanted)}/`));
}

/** The values come from the registry; none may lead to another directory. */
function expandPlatform(path: string, platform: string): string | undefined {
  const [os = '', arch = '', variant = ''] = platform.split('/');
  const values = { '{os}': os, '{arch}': arch, '{variant}': variant };
  const used = Object.entries(values).filter(([placeholder]) => path.includes(placeholder));
  const isSafe = used.every(([placeholder, value]) =>
    value === '' ? placeholder === '{variant}' : /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value),
  );
  if (!isSafe) return undefined;
  return used.reduce((expanded, [placeholder, value]) => expanded.replaceAll(placeholder, value), path);
}

function digestsByPath(found: readonly SbomAssignment<SbomImage>[]): Map<string, Set<string>> {
  const paths = new Map<string, Set<string>>();
  for (const { image, child, path } of found) {
    const digests = paths.get(path) ?? new Set();
    digests.add(child?.digest ?? image.digest);
    paths.set(path, digests);
  }
  return paths;
}

/** The same file for the same digest in the same repository, once. */
function unique<Image extends SbomImage>(assignments: readonly SbomAssignment<Image>[]): SbomAssignment<Image>[] {
  const keyOf = ({ image, child, path }: SbomAssignment<Image>): string =>
    JSON.stringify([formatRepository(image.repository), child?.digest ?? image.digest, path]);
  return [...new Map(assignments.map((one) => [keyOf(one), one])).values()];
}

function isSame(one: Repository, other: Repository): boolean {
  return formatRepository(one) === formatRepository(other);
}

function shown({ repository, digest }: SbomImage): string {
  return digest.startsWith('sha256:')
    ? formatPinned(repository, digest as Digest)
    : `${formatRepository(repository)}:${digest}`;
}
