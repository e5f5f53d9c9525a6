import type { Digest } from '../image/digest.ts';
import { formatRepository, isTag, parseReference, type Repository } from '../image/reference.ts';
import { parseGlob } from '../patterns/glob.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';
import type { ImageFacts } from './image-facts.ts';

/** One line of the audit's `images`: an image, or every tag of a repository that a pattern matches (contract §2.5.2). */
export type AuditedLine = {
  /** As the user wrote it (trimmed). */
  readonly original: string;
  readonly repository: Repository;
  readonly lowercased: boolean;
} & (
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'image'; readonly tag: string | undefined; readonly digest: Digest | undefined }
);

/**
 * Tags that hold signatures, attestations and referrers of a digest: distribution-spec v1.1.1, Referrers Tag Schema, and
 * cosign's `.sig`, `.att` and `.sbom`. They change whenever somebody signs, and name no image.
 */
const SIGNATURE_TAG = /^sha256-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;

export function isSignatureTag(tag: string): boolean {
  return SIGNATURE_TAG.test(tag);
}

/**
 * Parses a line. `*` may stand in the tag, for any number of characters. Throws ValueError, also for a reference without
 * a tag and a digest: no tag is implied, and whoever means all of them writes `:*`.
 */
export function parseAuditedLine(text: string): AuditedLine {
  const written = text.trim();
  if (!written.includes('*')) return parseImage(written);
  const colon = written.lastIndexOf(':');
  const [name, tag] = [written.slice(0, Math.max(colon, 0)), written.slice(colon + 1)];
  if (colon < 0 || name.includes('*') || tag.includes('/') || written.includes('@')) {
    throw new ValueError(
      `${quoted(written)} has a * outside its tag. Only the tag may hold one: registry/repository:v1.*`,
    );
  }
  // A tag in place of the pattern: the same grammar, and a length that some tag can have.
  const literal = tag.replaceAll('*', '');
  if (tag.includes('**') || (literal !== '' && !isTag(`x${literal}`)) || /^[.-]/.test(tag)) {
    throw new ValueError(
      `${quoted(written)} has a pattern that no tag can match. A tag has 1 to 128 characters (A-Z a-z 0-9 _ . -), and one * stands for any number of them`,
    );
  }
  const { repository, lowercased } = parseReference(`${name}:tag`);
  return { kind: 'pattern', original: written, repository, lowercased, pattern: parseGlob(tag) };
}

function parseImage(text: string): AuditedLine {
  const { original, repository, tag, digest, lowercased } = parseReference(text);
  if (tag === undefined && digest === undefined) {
    throw new ValueError(`${quoted(original)} names neither a tag nor a digest, and \`latest\` is not assumed`);
  }
  return { kind: 'image', original, repository, tag, digest, lowercased };
}

/** True if the pattern of a line matches this tag, and it is the tag of an image. */
export function matchesLine(line: AuditedLine, tag: string): boolean {
  return line.kind === 'pattern' && line.pattern.matches(tag) && !isSignatureTag(tag);
}

/** True if an image of an earlier run is one that this line names. */
export function coversImage(
  line: AuditedLine,
  { key, repository, tag }: Pick<ImageFacts, 'key' | 'repository' | 'tag'>,
) {
  if (formatRepository(line.repository) !== repository) return false;
  if (line.kind === 'pattern') return tag !== null && key === `${repository}:${tag}` && matchesLine(line, tag);
  return key === (line.digest === undefined ? `${repository}:${line.tag}` : `${repository}@${line.digest}`);
}

/**
 * A pattern for a part of these tags, at most `max` of them, in place of a pattern that matches them all. Undefined if
 * there is none that is one part of a tag longer (`v1.*` → `v1.24.*`).
 */
export function narrowerPattern(line: AuditedLine, tags: readonly string[], max: number): string | undefined {
  if (line.kind !== 'pattern') return undefined;
  const start = line.pattern.source.split('*')[0] ?? '';
  const counts = new Map<string, number>();
  for (const tag of tags) {
    // Up to the next separator, that included.
    const part = /^[A-Za-z0-9]*[._-]?/.exec(tag.slice(start.length))?.[0] ?? '';
    if (tag.startsWith(start) && part !== '') counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const fitting = [...counts].filter(([, count]) => count <= max).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [best] = fitting;
  return best === undefined ? undefined : `${formatRepository(line.repository)}:${start}${best[0]}*`;
}
