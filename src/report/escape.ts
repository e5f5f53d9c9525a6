import { hasUnseen, visibleText } from '../domain/text/visible-text.ts';

/**
 * Escaping for each language that a report is written in (contract §3.7). All text from registries, certificates,
 * manifests and branch names passes through one of these functions.
 */

/** The longest untrusted value shown, in UTF-16 units. */
export const SHOWN_MAX = 500;

/**
 * Untrusted text for Markdown: inline, at the start of a line or in a table cell. It is displayed literally and has
 * no effect. ASCII punctuation with a meaning becomes a character reference, which Markdown never takes for
 * structure. `<wbr>` splits text that renderers would later turn into a link, mention, issue or emoji. Everything
 * outside ASCII, except three characters of ours, is escaped as \uXXXX, because letters of other scripts can look
 * like Latin ones or reverse the direction of the text.
 */
export function markdownText(text: string): string {
  return atLineStart(inert(cut(text, SHOWN_MAX)));
}

function inert(text: string): string {
  return asciiOnly(text).replace(ACTIVE, (found) => SPLIT[found.toLowerCase()] ?? `&#${found.charCodeAt(0)};`);
}

/** Prevents the text from starting a list, rule, underline, indented block or, if printed, a workflow command. */
function atLineStart(markdown: string): string {
  return markdown.replace(/^[ :-]/, (start) => `&#${start.charCodeAt(0)};`).replace(/^([0-9]+)\./, '$1&#46;');
}

/** Text with a meaning to Markdown, HTML or GitHub's filters. An underscore has one only at the edge of a word. */
const ACTIVE = /\bgh-(?=\d)|:\/\/|:(?=[\w+-]{1,50}:)|www\.|[^A-Za-z0-9 /,.:_…→’-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gi;
const SPLIT: Readonly<Record<string, string>> = {
  '://': ':<wbr>//',
  ':': ':<wbr>',
  'www.': 'www<wbr>.',
  'gh-': 'GH<wbr>-',
  '@': '&#64;<wbr>',
  '#': '&#35;<wbr>',
  // Renderers may look for alerts (`[!NOTE]`) and formulas after they decode character references.
  '[': '&#91;<wbr>',
  $: '&#36;<wbr>',
};

/** The same in a fixed-width font, where mentions and issue numbers do not become links. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

/** The longest message shown, in UTF-16 units. */
const PROSE_MAX = 3_000;

/**
 * An untrusted message in which our own text marks values with backticks. The marked values become fixed-width, and
 * every part is as inert as with markdownText.
 */
export function markdownProse(text: string): string {
  const parts = cut(text, PROSE_MAX).split('`');
  // An even number of parts means an unpaired backtick. Then no backtick has a meaning.
  if (parts.length % 2 === 0) return atLineStart(inert(parts.join('`')));
  return atLineStart(parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : inert(part))).join(''));
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/** Escapes everything outside ASCII except characters that our own messages use and that resemble no other. */
function asciiOnly(text: string): string {
  return text.replace(/[^\x20-\x7e…→’]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A link if the URL is https, has no credentials and contains only harmless characters; else only the label.
 * `label` is trusted Markdown.
 */
export function markdownLink(label: string, url: string): string {
  const harmless = /^https:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/[A-Za-z0-9._~/%?=&#+-]*$/.test(url);
  return harmless ? `[${label}](${url})` : label;
}

/** A code block with a fence that no line of the text can close. Invisible characters are made visible. */
export function markdownBlock(language: 'sh' | 'yaml' | 'text', text: string): string {
  const lines = text.split('\n').map(visibleText);
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/**
 * One word for a POSIX shell, in single quotes unless harmless. Undefined if it contains an invisible character,
 * which nobody should paste.
 */
export function shellWord(text: string): string | undefined {
  if (hasUnseen(text)) return undefined;
  if (/^[A-Za-z0-9._:/@+=,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * One scalar for a workflow file: plain if harmless, else double-quoted (YAML 1.2 §7.3.1). Expressions are escaped,
 * because GitHub evaluates `${{ }}` in every string. Undefined in the same cases as shellWord.
 */
export function yamlScalar(text: string): string | undefined {
  if (hasUnseen(text)) return undefined;
  // Plain: not empty, no leading indicator, nothing that a YAML parser takes for another type or a comment.
  if (/^[A-Za-z./][A-Za-z0-9._/@+=-]*(?::[A-Za-z0-9._/@+=-]+)*$/.test(text) && !isOtherType(text)) return text;
  return JSON.stringify(text.replaceAll(`\${{`, EXPRESSION_OPENER));
}

/** An expression whose value is the two characters that open one. */
const EXPRESSION_OPENER = `\${{ '\${{' }}`;

function isOtherType(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|y|n|null|\.inf|\.nan)$/i.test(text) || /^\.?[0-9]/.test(text);
}

/**
 * JSON in which every character inside a string, keys included, except `A-Za-z0-9._:/@+=,-` and space is escaped as
 * \uXXXX (contract §3.7), so that neither a shell nor YAML can misread it.
 */
export function jsonOutput(value: unknown): string {
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
    const text: unknown = JSON.parse(literal);
    return `"${String(text).replace(/[^A-Za-z0-9._:/@+=, -]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
  });
}

/** True if a value may be an output on its own: it has only characters that no shell or YAML misreads. */
export function isPlainOutput(text: string): boolean {
  return /^[A-Za-z0-9._:/@+=, -]*$/.test(text);
}
