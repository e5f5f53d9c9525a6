import { CodedError, toCodedError } from '../../coded-error.ts';
import { type AuditedLine, matchesLine, narrowerPattern } from '../../domain/audit/audited-line.ts';
import { AUDITED_MAX } from '../../domain/audit/baseline.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { CallContext } from '../call-context.ts';
import type { RequestedImage } from '../examining/resolve-images.ts';
import { mapLimited } from '../map-limited.ts';
import type { Registry } from '../ports.ts';

/** The images of one run of an audit. */
export interface FoundTags {
  /** Each once, in order of first mention; the tags of a pattern in their order. */
  readonly images: readonly RequestedImage[];
  /** Those of a list of the registry, as `registry/path:tag`. */
  readonly listed: ReadonlySet<string>;
  /** Lines of which the tags are not known. Nothing can be said about the images that they name. */
  readonly failed: readonly FailedLine[];
}

export interface FailedLine {
  readonly line: AuditedLine;
  readonly error: CodedError;
}

/**
 * Finds the images of all lines. Lists the tags of each repository once. A list that fails is a returned value, because it
 * must not hide the others. `isKnown`: true if the last run found a tag for this line, so that now none is news, not a
 * mistake.
 */
export async function findTags(
  call: CallContext,
  lines: readonly AuditedLine[],
  {
    registry,
    concurrency,
    isKnown,
  }: {
    readonly registry: Registry;
    readonly concurrency: number;
    readonly isKnown: (line: AuditedLine) => boolean;
  },
): Promise<FoundTags> {
  const patterns = lines.filter(({ kind }) => kind === 'pattern');
  const repositories = new Map(patterns.map(({ repository }) => [formatRepository(repository), repository]));
  const lists = new Map<string, readonly string[] | CodedError>(
    await mapLimited([...repositories], { limit: concurrency }, async ([name, repository]) => {
      try {
        return [name, await registry.listTags(call, repository)] as const;
      } catch (error) {
        return [name, toCodedError(error)] as const;
      }
    }),
  );
  const images = new Map<string, RequestedImage>();
  const failed: FailedLine[] = [];
  const listed = new Set<string>();
  for (const line of lines) {
    const found = imagesOf(line, lists.get(formatRepository(line.repository)), isKnown);
    const added = found instanceof CodedError ? [] : found.filter((image) => !images.has(nameOf(image)));
    if (found instanceof CodedError) failed.push({ line, error: found });
    else if (images.size + added.length > AUDITED_MAX) failed.push({ line, error: tooMany(line, found) });
    else {
      for (const image of added) images.set(nameOf(image), image);
      if (line.kind === 'pattern') for (const image of found) listed.add(nameOf(image));
    }
  }
  return { images: [...images.values()], listed, failed };
}

function imagesOf(
  line: AuditedLine,
  tags: readonly string[] | CodedError | undefined,
  isKnown: (line: AuditedLine) => boolean,
): readonly RequestedImage[] | CodedError {
  const { original, repository } = line;
  const sources = [{ file: 'images' }];
  if (line.kind === 'image') return [{ original, repository, tag: line.tag, digest: line.digest, sources }];
  if (tags instanceof CodedError) return tags;
  const matching = (tags ?? []).filter((tag) => matchesLine(line, tag));
  if (matching.length === 0 && !isKnown(line)) {
    return new CodedError('IMAGE_NOT_FOUND', `no tag of ${formatRepository(repository)} matches ${original}`, {
      hint: 'Correct the pattern, or remove the line.',
    });
  }
  const name = original.slice(0, original.lastIndexOf(':'));
  return matching.map((tag) => ({ original: `${name}:${tag}`, repository, tag, digest: undefined, sources }));
}

function tooMany(line: AuditedLine, found: readonly RequestedImage[]): CodedError {
  const narrower = narrowerPattern(
    line,
    found.flatMap(({ tag }) => tag ?? []),
    AUDITED_MAX,
  );
  const write =
    narrower === undefined ? 'Write a narrower pattern' : `Write a narrower pattern, such as \`${narrower}\``;
  return new CodedError(
    'INPUT_INVALID',
    `${line.original} matches ${found.length} tags, and one audit checks at most ${AUDITED_MAX} images`,
    { hint: `${write}, or split the lines across several steps, each with its own \`baseline\`.` },
  );
}

/** What tells the images of a run apart. */
function nameOf({ repository, tag, digest }: RequestedImage): string {
  return `${formatRepository(repository)}${digest === undefined ? `:${tag ?? ''}` : `@${digest}`}`;
}
