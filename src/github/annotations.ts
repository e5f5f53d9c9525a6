import { escapeCommandData, escapeCommandProperty, escapeLogLine } from './log-escape.ts';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  /** The path in the workspace, separated by `/`. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** GitHub shows ten annotations per level and step, and silently drops the rest. */
const LEVEL_MAX = 10;

/**
 * Writes annotations in the given order, which should be the most important first. From the eleventh of a level on
 * they become plain log lines, so that nothing is lost.
 */
export function createAnnotations(write: (text: string) => void): (annotation: Annotation) => void {
  const written = { error: 0, warning: 0, notice: 0 };
  return (annotation) => {
    const { level, title, message, file, line } = annotation;
    written[level] += 1;
    if (written[level] > LEVEL_MAX) {
      for (const text of `${title}: ${message}`.split('\n')) write(`${level}: ${escapeLogLine(text)}\n`);
      return;
    }
    const properties = [`title=${escapeCommandProperty(title)}`];
    if (file !== undefined) properties.push(`file=${escapeCommandProperty(file)}`);
    if (line !== undefined) properties.push(`line=${line}`);
    write(`::${level} ${properties.join(',')}::${escapeCommandData(message)}\n`);
  };
}
