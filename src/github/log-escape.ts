import { visibleText } from '../domain/text/visible-text.ts';

/**
 * Escapes text for the runner's log (docs.github.com, "Workflow commands": every line of stdout may be one). Text from
 * a registry, certificate or manifest is data: it must not start a command or a line, or change the direction of the
 * surrounding text.
 */

/** The longest line written, in UTF-16 units. The runner cuts annotations at 4096. */
export const LINE_MAX = 4_000;

/** One line of plain log text. Control characters are shown as \uXXXX, and no command can start in it. */
export function escapeLogLine(text: string): string {
  const cut = text.length > LINE_MAX ? `${text.slice(0, LINE_MAX)}…` : text;
  return visibleText(cut)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*)::/, '$1: :');
}

/** Text for the data or a property of a `::command::`: keeps line breaks, and makes each line harmless. */
export function escapeCommandText(text: string): string {
  return text.split('\n').map(escapeLogLine).join('\n');
}

/**
 * Encodes harmless text as the data of a `::command::`. Only a writer does this, as its last step: `@actions/core`
 * encodes too, so it must be given text that is not encoded yet.
 */
export function encodeCommandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Encodes harmless text as a property of a `::command::`, such as its title. */
export function encodeCommandProperty(text: string): string {
  return encodeCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
