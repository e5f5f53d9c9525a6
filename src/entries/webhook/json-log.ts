import { createSecrets, type Secrets } from '../../domain/text/secrets.ts';
import { visibleText } from '../../domain/text/visible-text.ts';
import type { Clock, Log } from '../../usecases/ports.ts';
import type { LogLevel } from './settings.ts';

type FieldValue = string | number | boolean | undefined | readonly string[];

/** What a line says besides its message. Texts may be untrusted. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** A log of JSON lines: each line is one object, whatever the texts in it are. */
export interface JsonLog extends Log {
  info(line: string, fields?: Fields): void;
  debug(line: string, fields?: Fields): void;
  warning(line: string, fields?: Fields): void;
  error(line: string, fields?: Fields): void;
  /** The same log with these fields in every line. */
  with(fields: Fields): JsonLog;
}

interface LogOptions {
  /** Gets whole lines. */
  readonly write: (line: string) => void;
  readonly clock: Clock;
  /** The least that is written. */
  readonly level: LogLevel;
  readonly secrets?: Secrets;
}

/** Longest text in a line, in UTF-16 units. */
const TEXT_MAX = 4_000;
const ITEMS_MAX = 100;

const RANKS: Readonly<Record<LogLevel | 'error', number>> = { debug: 0, info: 1, warning: 2, error: 3 };

/**
 * Every text loses the secrets that are known (domain/text/secrets.ts) and shows characters that nobody sees as \uXXXX, so
 * that no text can begin a line, colour a terminal or hide a part of itself.
 */
export function createJsonLog({ write, clock, level, secrets = createSecrets() }: LogOptions): JsonLog {
  const safe = (text: string): string => {
    const shown = visibleText(secrets.conceal(text));
    return shown.length > TEXT_MAX ? `${shown.slice(0, TEXT_MAX)}…` : shown;
  };
  const shownValue = (value: FieldValue): FieldValue => {
    if (typeof value === 'string') return safe(value);
    return Array.isArray(value) ? value.slice(0, ITEMS_MAX).map((item: string) => safe(item)) : value;
  };
  const withFields = (common: Fields): JsonLog => {
    const line = (rank: LogLevel | 'error', message: string, fields: Fields = {}): void => {
      if (RANKS[rank] < RANKS[level]) return;
      const shown = Object.entries({ ...common, ...fields }).map(([name, value]) => [name, shownValue(value)]);
      const record = { time: clock.now().toISOString(), level: rank, message: safe(message) };
      write(`${JSON.stringify({ ...Object.fromEntries(shown), ...record })}\n`);
    };
    return {
      info: (message, fields) => line('info', message, fields),
      debug: (message, fields) => line('debug', message, fields),
      warning: (message, fields) => line('warning', message, fields),
      error: (message, fields) => line('error', message, fields),
      with: (more) => withFields({ ...common, ...more }),
    };
  };
  return withFields({});
}

/** Where a defect happened, as a field of a line; undefined if it is not an Error. */
export function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
