/** The maximum length of foreign text in one message, in UTF-16 units. */
const SHOWN_MAX = 300;

/**
 * Quotes foreign text for use in a message: as JSON, so that it cannot forge lines or commands, and cut to a maximum
 * length.
 */
export function quoted(text: string, maxLength = SHOWN_MAX): string {
  return JSON.stringify(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
}
