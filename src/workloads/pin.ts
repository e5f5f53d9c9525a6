import type { FileImages, FileProblem, NamedImage } from './named-image.ts';

/**
 * Writes digests behind the images of a file. Every other character stays: comments, quotes, line ends, byte order mark.
 * The caller must decode the file without loss (fatal, byte order mark kept) and encode the result the same way.
 */

/** What an image of a file was resolved to. */
export interface PinEdit {
  /** As a reader found it in this very text. */
  readonly image: NamedImage;
  /** `name:tag@sha256:…`. Only its digest is used: name and tag stay as the file spells them. */
  readonly pinned: string;
}

export type PinnedText =
  | { readonly kind: 'pinned'; readonly text: string }
  | { readonly kind: 'unpinnable'; readonly problems: readonly [FileProblem, ...FileProblem[]] };

/** Replaces `text.slice(start, end)`. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly image: NamedImage;
}

type Outcome<Value> = { readonly value: Value } | { readonly problem: FileProblem };

/** What a reference may consist of; so it needs no escapes in any language. */
const REFERENCE = /^[A-Za-z0-9._:/@[\]-]+$/;
const DIGEST = /@(sha256:[0-9a-f]{64})$/;

/**
 * The text with a digest behind every image of `edits`; an image that has one stays. `read` is the reader of this kind
 * of file: what was written is read again, and must name exactly what was meant and everything else as before.
 */
export function pinText(text: string, edits: readonly PinEdit[], read: (text: string) => FileImages): PinnedText {
  const before = read(text);
  const problems: FileProblem[] = [...before.problems];
  const wanted = new Map<string, string>();
  const replacements: Replacement[] = [];
  for (const edit of edits) {
    const outcome = planEdit(text, edit);
    if ('problem' in outcome) {
      problems.push(outcome.problem);
      continue;
    }
    wanted.set(keyOf(edit.image), outcome.value.wanted);
    if (outcome.value.replacement !== undefined) replacements.push(outcome.value.replacement);
  }
  const merged = mergeReplacements(replacements);
  problems.push(...merged.problems);
  if (problems.length === 0) {
    const written = applyReplacements(text, merged.replacements);
    problems.push(...compareReadings(before, read(written), wanted));
    if (problems.length === 0) return { kind: 'pinned', text: written };
  }
  const [first, ...rest] = problems;
  if (first === undefined) throw new Error('a text that cannot be pinned has a problem');
  return { kind: 'unpinnable', problems: [first, ...rest] };
}

function planEdit(text: string, { image, pinned }: PinEdit): Outcome<{ wanted: string; replacement?: Replacement }> {
  const digest = DIGEST.exec(pinned)?.[1];
  if (digest === undefined) return refuse(image, `${shown(pinned)} has no digest`, 'this is an error of the gate');
  const has = image.image.indexOf('@');
  if (has >= 0) {
    if (image.image.slice(has + 1) === digest) return { value: { wanted: image.image } };
    return refuse(image, `${shown(image.image)} has another digest than ${digest}`, `write ${digest}, or remove it`);
  }
  const wanted = `${image.image}@${digest}`;
  if (!REFERENCE.test(wanted)) {
    return refuse(image, `${shown(image.image)} is not written as a reference`, 'correct the image');
  }
  if (image.text === undefined) {
    return refuse(image, `${shown(image.image)} is not written in one piece in this file`, `write ${wanted} there`);
  }
  const { start, end } = image.text;
  const written = rewrite(text.slice(start, end), image, wanted);
  if (written === undefined) {
    const how = image.style === 'block' ? 'as a block of lines' : 'in a form that cannot be changed in place';
    return refuse(image, `${shown(image.image)} is written ${how}`, `write ${wanted} on one line`);
  }
  return { value: { wanted, replacement: { start, end, written, image } } };
}

/** How `wanted` is written in place of `old`; undefined if that cannot be said. */
function rewrite(old: string, { image, style }: NamedImage, wanted: string): string | undefined {
  switch (style) {
    case 'plain':
    case 'word':
      return old === image ? wanted : undefined;
    case 'single-quoted':
      return /^'.*'$/s.test(old) && old.length > 1 ? `'${wanted}'` : undefined;
    case 'double-quoted':
      return /^".*"$/s.test(old) && old.length > 1 ? `"${wanted}"` : undefined;
    case 'block':
      return undefined;
  }
}

/** In their order, each place once. */
function mergeReplacements(all: readonly Replacement[]): { replacements: Replacement[]; problems: FileProblem[] } {
  const replacements: Replacement[] = [];
  const problems: FileProblem[] = [];
  for (const one of [...all].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = replacements.at(-1);
    if (last === undefined || one.start >= last.end) {
      replacements.push(one);
    } else if (one.start !== last.start || one.end !== last.end || one.written !== last.written) {
      const what = `one place (line ${one.image.text?.line ?? one.image.line}) would need two values: ${shown(last.written)} and ${shown(one.written)}`;
      problems.push(problemOf(one.image, what, 'write the image out at each place, without an anchor'));
    }
  }
  return { replacements, problems };
}

function applyReplacements(text: string, replacements: readonly Replacement[]): string {
  const parts: string[] = [];
  let next = 0;
  for (const { start, end, written } of replacements) {
    parts.push(text.slice(next, start), written);
    next = end;
  }
  parts.push(text.slice(next));
  return parts.join('');
}

function compareReadings(before: FileImages, after: FileImages, wanted: ReadonlyMap<string, string>): FileProblem[] {
  if (after.problems.length > 0) return [...after.problems];
  const known = new Set(before.images.map(keyOf));
  const problems = [...wanted.keys()]
    .filter((key) => !known.has(key))
    .map((key) => problemOf(undefined, `${shown(key)} is not in this file`, 'this is an error of the gate'));
  if (after.images.length !== before.images.length) {
    problems.push(problemOf(undefined, 'with digests the file would name other images', 'write the digests yourself'));
    return problems;
  }
  for (const [index, image] of before.images.entries()) {
    const expected = wanted.get(keyOf(image)) ?? image.image;
    const found = after.images[index];
    if (found === undefined || found.image !== expected || placeOf(found) !== placeOf(image)) {
      const what = `with digests this would name ${shown(found?.image ?? 'nothing')} instead of ${shown(expected)}`;
      problems.push(problemOf(image, what, `write ${shown(expected)} there, without variables and anchors`));
    }
  }
  return problems;
}

/** Where an image is named, without the offsets, which digests move. */
function placeOf({ line, document, object, field, style, owner, text }: NamedImage): string {
  return JSON.stringify([
    [line, text?.line ?? null, document ?? null, object ?? null, field, style],
    owner === undefined ? null : [owner.apiVersion, owner.kind, owner.namespace ?? null, owner.name ?? null],
  ]);
}

function keyOf(image: NamedImage): string {
  return JSON.stringify([image.image, placeOf(image), image.text?.start ?? null, image.text?.end ?? null]);
}

function refuse(image: NamedImage, what: string, cure: string): { problem: FileProblem } {
  return { problem: problemOf(image, what, cure) };
}

function problemOf(image: NamedImage | undefined, what: string, cure: string): FileProblem {
  const { line, document, object, field } = image ?? {};
  return { line, document, object, field, what, cure };
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 300));
}
