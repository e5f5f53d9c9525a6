/** Longest text of somebody else's in one message, in UTF-16 units. */
const SHOWN_MAX = 300;

/**
 * Text that somebody else wrote, for use inside a message: JSON-quoted, so that it cannot forge lines or commands,
 * and cut.
 */
export function quoted(text: string, maxLength = SHOWN_MAX): string {
  return JSON.stringify(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
}
