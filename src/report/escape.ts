import { hasUnseen, visibleText } from '../domain/visible-text.ts';

/**
 * Quoting for each language a report is written in (contract §3.7). Everything a registry, certificate,
 * manifest or branch name says goes through one of these.
 */

/** Longest untrusted value shown, in UTF-16 units. */
export const SHOWN_MAX = 500;

/**
 * Untrusted text inside Markdown, anywhere inline or in a table cell: it shows what it says and does
 * nothing. ASCII punctuation with a meaning becomes a character reference, which Markdown never takes for
 * structure; `<wbr>` keeps renderers from making links of addresses and URLs; everything outside ASCII is
 * written \uXXXX, since letters of other scripts can pass for Latin ones or turn the text around.
 */
export function markdownText(text: string): string {
  const cut = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
  return asciiOnly(cut)
    .replace(/[^A-Za-z0-9 /,.-]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/&#64;/g, '<wbr>&#64;')
    .replace(/&#58;\/\//g, '&#58;<wbr>//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}<wbr>.`);
}

/** The same in a fixed-width font, in which neither mentions nor issue numbers become links. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}

function asciiOnly(text: string): string {
  return text.replace(/[^\x20-\x7e…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
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
