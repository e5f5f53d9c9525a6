import type { ImageResult, SignatureResult, Verdict } from '../domain/results.ts';
import { markdownCode, markdownLink, markdownText } from './escape.ts';

/** A sign for each verdict, for who reads no words. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };

/** The one public log with a search page; others have an API, or nothing to look at. */
export const PUBLIC_LOG = 'https://rekor.sigstore.dev';

type NamedImage = Pick<ImageResult, 'repository' | 'tag' | 'reference'>;

/** True for a tag that was written beside a digest: a label that nobody asked the registry about. */
function isTagUnchecked({ tag, reference }: NamedImage): boolean {
  return tag !== null && reference.includes('@');
}

/** Repository with its tag, as people call the image; without a tag that was not checked. Untrusted. */
export function shortName(image: NamedImage): string {
  if (image.repository === null) return image.reference;
  return image.tag === null || isTagUnchecked(image) ? image.repository : `${image.repository}:${image.tag}`;
}

/** A character as markdownText writes it, but for blanks. */
const SIGN = String.raw`(?:[\w.:,/…→’-]|&#\d+;)`;
/** After a slash, or a dot before a long word, but not too soon; where there is neither for long, anywhere. */
const BREAKABLE = new RegExp(String.raw`${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');

/**
 * A value in fixed width that may be broken over lines: else a long one pushes the columns beside it out of sight
 * on a narrow page. Only inside `<code>`, since elsewhere a break could make a mention out of what follows.
 */
export function codeCell(text: string): string {
  return `<code>${markdownText(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}

/** Tags listed beside an image. */
const TAGS_SHOWN = 5;

/**
 * Name, further tags, and the start of the digest: enough to recognise the image; the whole digest stands in
 * a block that can be copied.
 */
export function imageCell(image: ImageResult, tags: readonly string[] = []): string {
  const others = [...new Set(tags)].filter((tag) => tag !== image.tag);
  const shown = others.slice(0, TAGS_SHOWN).map((tag) => codeCell(`:${tag}`));
  const left = others.length > TAGS_SHOWN ? [`+${others.length - TAGS_SHOWN}`] : [];
  const name = [codeCell(shortName(image)), ...shown, ...left].join(' ');
  const label = isTagUnchecked(image) ? `, tag ${codeCell(`:${image.tag}`)} not checked` : '';
  return `${name}<br><sub>${digestStart(image.digest)}${label}</sub>`;
}

function digestStart(digest: string | null): string {
  if (digest === null) return 'not resolved';
  const start = /^sha256:[0-9a-f]{12}/.exec(digest)?.[0];
  return start === undefined ? markdownCode(digest) : `<code>${start}</code>…`;
}

/** Link to the entry where it can be looked at, else log and index. */
export function logCell(log: SignatureResult['log']): string {
  if (log === null) return '–';
  if (log.url === PUBLIC_LOG) {
    return markdownLink(String(log.index), `https://search.sigstore.dev/?logIndex=${log.index}`);
  }
  return `${log.index} in ${codeCell(logName(log.url))}`;
}

/** A log's address without its scheme. */
export function logName(url: string): string {
  return url.replace(/^https:\/\//, '');
}

/** `2026-11-22 10:00:00 UTC` of an RFC 3339 time. */
export function timeCell(time: string | null): string {
  if (time === null) return '–';
  const [, date, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
  // Only digits and separators: as it stands, so that it can be copied and searched for.
  return date === undefined ? markdownText(time) : `${date} ${clock} UTC`;
}

/** `1 image`, `3 images`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A folded section; `title` is trusted Markdown or escaped text. */
export function folded(title: string, ...parts: readonly string[]): string {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** A Markdown table; every cell is escaped by whoever made it. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
