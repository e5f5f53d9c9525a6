import { visibleText } from './visible-text.ts';

/** The text on one line: at most `max` code points, with every invisible character made visible. */
export function cutText(text: string, max: number): string {
  // Two units are at most one code point less; so a long text is not split into all of its characters.
  const points = [...visibleText(text.slice(0, max * 2))];
  return points.length <= max && text.length <= max * 2 ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
}
