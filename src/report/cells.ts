import type { ImageResult, SignatureResult, Verdict } from '../domain/results.ts';
import { markdownCode, markdownLink, markdownText } from './escape.ts';

/** A symbol for each verdict, for readers who only scan. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };

/** The only public log with a search page. Others have an API or nothing to open in a browser. */
export const PUBLIC_LOG = 'https://rekor.sigstore.dev';

type NamedImage = Pick<ImageResult, 'repository' | 'tag' | 'reference'>;

/** True for a tag next to a digest: it is only a label, and the registry was not asked about it. */
function isTagUnchecked({ tag, reference }: NamedImage): boolean {
  return tag !== null && reference.includes('@');
}

/** The repository with its tag, as people call the image, but without an unchecked tag. Untrusted. */
export function shortName(image: NamedImage): string {
  if (image.repository === null) return image.reference;
  return image.tag === null || isTagUnchecked(image) ? image.repository : `${image.repository}:${image.tag}`;
}

/** One character as markdownText writes it, except a blank. */
const SIGN = String.raw`(?:[\w.:,/…→’-]|&#\d+;)`;
/** Break points: after a slash, or after a dot before a long word, but not too early; without those, anywhere. */
const BREAKABLE = new RegExp(String.raw`${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');

/**
 * A fixed-width value that may wrap. Otherwise a long value would push the other columns out of view on a narrow
 * page. Only inside `<code>`, because elsewhere a break could turn the following text into a mention.
 */
export function codeCell(text: string): string {
  return `<code>${markdownText(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}

/** The number of tags listed with an image. */
const TAGS_SHOWN = 5;

/**
 * The name, further tags and the start of the digest: enough to recognise the image. The full digest is in a block
 * that can be copied.
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

/** A link to the entry if it has a page, else log and index. */
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
  // Only digits and separators, so no escaping: people can copy it and search for it.
  return date === undefined ? markdownText(time) : `${date} ${clock} UTC`;
}

/** `1 image`, `3 images`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A folded section. `title` is trusted Markdown or escaped text. */
export function folded(title: string, ...parts: readonly string[]): string {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** A Markdown table. The caller has escaped every cell. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
