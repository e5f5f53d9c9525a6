import { hasUnseen, visibleText } from '../domain/text/visible-text.ts';

/**
 * Quoting for each language a report is written in (contract §3.7). Everything a registry, certificate,
 * manifest or branch name says goes through one of these.
 */

/** Longest untrusted value shown, in UTF-16 units. */
export const SHOWN_MAX = 500;

/**
 * Untrusted text inside Markdown, anywhere inline, at the start of a line or in a table cell: it shows what
 * it says and does nothing. ASCII punctuation with a meaning becomes a character reference, which Markdown
 * never takes for structure; `<wbr>` splits what renderers would turn into a link, mention, issue or emoji
 * afterwards; everything outside ASCII but three signs of ours is written \uXXXX, since letters of other scripts
 * can pass for Latin ones or turn the text around.
 */
export function markdownText(text: string): string {
  return atLineStart(inert(cut(text, SHOWN_MAX)));
}

function inert(text: string): string {
  return asciiOnly(text).replace(ACTIVE, (found) => SPLIT[found.toLowerCase()] ?? `&#${found.charCodeAt(0)};`);
}

/** Neither a list, a rule, an underline, an indented block nor, where it is printed, a command starts with it. */
function atLineStart(markdown: string): string {
  return markdown.replace(/^[ :-]/, (start) => `&#${start.charCodeAt(0)};`).replace(/^([0-9]+)\./, '$1&#46;');
}

/** What means something to Markdown, HTML or GitHub's filters; an underscore only at the edge of a word. */
const ACTIVE = /\bgh-(?=\d)|:\/\/|:(?=[\w+-]{1,50}:)|www\.|[^A-Za-z0-9 /,.:_…→’-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gi;
const SPLIT: Readonly<Record<string, string>> = {
  '://': ':<wbr>//',
  ':': ':<wbr>',
  'www.': 'www<wbr>.',
  'gh-': 'GH<wbr>-',
  '@': '&#64;<wbr>',
  '#': '&#35;<wbr>',
  // An alert (`[!NOTE]`) and a formula may be looked for after character references are read.
  '[': '&#91;<wbr>',
  $: '&#36;<wbr>',
};

/** The same in a fixed-width font, in which neither mentions nor issue numbers become links. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

/** Longest message shown, in UTF-16 units. */
const PROSE_MAX = 3_000;

/**
 * An untrusted message in which our own texts mark values with backticks: those become fixed-width, and
 * every part of it is as inert as with markdownText.
 */
export function markdownProse(text: string): string {
  const parts = cut(text, PROSE_MAX).split('`');
  // An even number of parts has an unpaired backtick: then none of them means anything.
  if (parts.length % 2 === 0) return atLineStart(inert(parts.join('`')));
  return atLineStart(parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : inert(part))).join(''));
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/** Outside ASCII only what our own messages use, and what passes for nothing else. */
function asciiOnly(text: string): string {
  return text.replace(/[^\x20-\x7e…→’]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A link if the URL is https, without credentials and made of harmless characters; else only the text.
 * `label` is trusted Markdown.
 */
export function markdownLink(label: string, url: string): string {
  const harmless = /^https:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/[A-Za-z0-9._~/%?=&#+-]*$/.test(url);
  return harmless ? `[${label}](${url})` : label;
}

/** A code block whose fence no line of the text can close; unseen characters shown. */
export function markdownBlock(language: 'sh' | 'yaml' | 'text', text: string): string {
  const lines = text.split('\n').map(visibleText);
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/**
 * One word for a POSIX shell, always in single quotes unless harmless; undefined if it holds a character
 * that cannot be seen, which nobody should paste.
 */
export function shellWord(text: string): string | undefined {
  if (hasUnseen(text)) return undefined;
  if (/^[A-Za-z0-9._:/@+=,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * One scalar for a workflow file: plain if harmless, else double-quoted (YAML 1.2 §7.3.1), and without
 * any expression, since GitHub evaluates `${{ }}` in every string. Undefined as for shellWord.
 */
export function yamlScalar(text: string): string | undefined {
  if (hasUnseen(text)) return undefined;
  // Plain: not empty, no indicator in front, nothing a YAML parser takes for another type or a comment.
  if (/^[A-Za-z./][A-Za-z0-9._/@+=-]*(?::[A-Za-z0-9._/@+=-]+)*$/.test(text) && !isOtherType(text)) return text;
  return JSON.stringify(text.replaceAll(`\${{`, EXPRESSION_OPENER));
}

/** An expression whose value is the two characters that open one. */
const EXPRESSION_OPENER = `\${{ '\${{' }}`;

function isOtherType(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|y|n|null|\.inf|\.nan)$/i.test(text) || /^\.?[0-9]/.test(text);
}

/**
 * JSON in which every character inside a string other than `A-Za-z0-9._:/@+=,-` and space is written
 * \uXXXX (contract §3.7), so that neither a shell nor YAML can misread it; keys included.
 */
export function jsonOutput(value: unknown): string {
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
    const text: unknown = JSON.parse(literal);
    return `"${String(text).replace(/[^A-Za-z0-9._:/@+=, -]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
  });
}

/** True if a value may be an output of its own: only characters no shell or YAML misreads. */
export function isPlainOutput(text: string): boolean {
  return /^[A-Za-z0-9._:/@+=, -]*$/.test(text);
}
