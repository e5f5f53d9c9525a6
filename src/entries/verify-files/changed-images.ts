import { quoted } from '../../domain/text/quoted.ts';
import { type FileImage, findNewImages } from '../../workloads/compare-images.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { type BaseTexts, baseCommit, readBaseTexts } from './base-texts.ts';
import { type FileOptions, imagesOf } from './file-images.ts';
import type { CommitReader } from './git-objects.ts';
import { type NamedFile, readNamedFiles } from './named-files.ts';
import type { AttributedImage } from './requested-images.ts';

/** What is left to check with `changed-only`. */
export type Comparison = {
  readonly images: readonly AttributedImage[];
  readonly notices: readonly string[];
} & (
  | { readonly kind: 'changes'; readonly where: string }
  /** Nothing to compare with: every image is left. */
  | { readonly kind: 'everything' }
);

interface Head {
  readonly files: readonly NamedFile[];
  readonly named: readonly AttributedImage[];
  readonly options: FileOptions;
  readonly offline: boolean;
  readonly commits: CommitReader;
}

/**
 * Keeps what head names and base does not. A file of base that is missing or cannot be judged names nothing, so that
 * everything in head's file is new; an image of base beside a problem does not count either, because what else base named
 * is not known.
 */
export async function keepChanged(reading: Reading, head: Head): Promise<Comparison> {
  const rendered = await readNamedFiles(reading, { input: 'base-files', place: 'outside' });
  if (baseCommit(reading.source) === undefined) {
    const event = reading.source.context.eventName || 'an unknown event';
    return everything(head, `there is no base on ${event}`);
  }
  if (rendered !== undefined) {
    const files = rendered.map(({ rendered: name, text }) => ({ name, text }));
    return compare(head, { kind: 'texts', texts: files, where: '`base-files`' }, ({ rendered: name }) => name);
  }
  const base = await readBaseTexts(reading.source, head.files, head);
  return base.kind === 'unknown' ? everything(head, base.why) : compare(head, base, ({ name }) => name);
}

function everything({ named }: Head, why: string): Comparison {
  return { kind: 'everything', images: named, notices: [`Everything is checked, not only what changed: ${why}.`] };
}

function compare(
  head: Head,
  base: Extract<BaseTexts, { kind: 'texts' }>,
  nameOf: (file: NamedFile) => string,
): Comparison {
  const unreadable: string[] = [];
  const before = base.texts.flatMap((file): FileImage[] => {
    const { images, problems } = imagesOf(file, head.options);
    if (problems.length === 0) return images.map((image) => ({ file: file.name, image }));
    unreadable.push(file.name);
    return [];
  });
  const named = head.named.map((one) => ({ file: nameOf(one.file), image: one.image, one }));
  const images = findNewImages(named, before).map(({ one }) => one);
  const known = head.named.length - images.length;
  const compared = `Compared with ${base.where}: ${images.length} of ${head.named.length} images are new`;
  const skipped = known === 0 ? '' : `; ${known} are in base at the same place and are not checked`;
  const notices = [`${compared}${skipped}.`];
  if (unreadable.length > 0) {
    const names = unreadable.slice(0, 5).map((name) => quoted(name));
    notices.push(`Everything in ${names.join(', ')} counts as new, because base's version cannot be read.`);
  }
  return { kind: 'changes', where: base.where, images, notices };
}
