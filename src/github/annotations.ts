import { escapeCommandText, escapeLogLine } from './log-escape.ts';
import type { AnnotationLevel, AnnotationProperties, CommandWriter } from './runner-writer.ts';

export interface Annotation extends AnnotationProperties {
  readonly level: AnnotationLevel;
  readonly message: string;
}

/** GitHub shows ten annotations per level and step, and silently drops the rest. */
const LEVEL_MAX = 10;

/**
 * Writes annotations in the given order, which should be the most important first. From the eleventh of a level on
 * they become plain log lines, so that nothing is lost.
 */
export function createAnnotations(
  writer: Pick<CommandWriter, 'annotation' | 'line'>,
): (annotation: Annotation) => void {
  const written = { error: 0, warning: 0, notice: 0 };
  return (annotation) => {
    const { level, title, message, file, line } = annotation;
    written[level] += 1;
    if (written[level] > LEVEL_MAX) {
      for (const text of `${title}: ${message}`.split('\n')) writer.line(`${level}: ${escapeLogLine(text)}`);
      return;
    }
    writer.annotation(level, escapeCommandText(message), {
      title: escapeCommandText(title),
      file: file === undefined ? undefined : escapeCommandText(file),
      line,
    });
  };
}
