/**
 * What the runner does with the text a step prints (actions/runner, ActionCommand.cs and OutputManager.cs):
 * both streams are read line by line (`\n`, `\r\n` and a lone `\r` end a line) and every line may be a
 * command. Kept literal, so that a test sees a forged command exactly when GitHub would.
 */
export interface RunnerCommand {
  readonly name: string;
  /** By lower-case name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
  /** `::name::` at the start of a line, or the old `##[name]` anywhere in it. */
  readonly syntax: 'v2' | 'v1';
}

const REGISTERED = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/** What .NET's String.TrimStart takes away: U+0085 too, which JavaScript keeps, and not U+FEFF. */
const LEADING_WHITE_SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** Splits as .NET's StreamReader.ReadLine does. */
function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The command in a line, or undefined. `extra` holds the token that ends `stop-commands`. */
export function parseCommand(line: string, extra?: string): RunnerCommand | undefined {
  return parseV2(line, extra) ?? parseV1(line, extra);
}

function isRegistered(name: string, extra: string | undefined): boolean {
  return REGISTERED.has(name.toLowerCase()) || (extra !== undefined && name.toLowerCase() === extra.toLowerCase());
}

function parseV2(line: string, extra: string | undefined): RunnerCommand | undefined {
  const message = line.replace(LEADING_WHITE_SPACE, '');
  if (!message.startsWith('::')) return undefined;
  const end = message.indexOf('::', 2);
  if (end < 0) return undefined;
  const head = message.slice(2, end);
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  if (!isRegistered(name, extra)) return undefined;
  const properties = space > 0 ? parseProperties(head.slice(space + 1).trim(), ',', unescapeProperty) : {};
  return { name: name.toLowerCase(), properties, data: unescapeData(message.slice(end + 2)), syntax: 'v2' };
}

function parseV1(line: string, extra: string | undefined): RunnerCommand | undefined {
  const start = line.indexOf('##[');
  if (start < 0) return undefined;
  const end = line.indexOf(']', start);
  if (end < 0) return undefined;
  const head = line.slice(start + 3, end);
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  if (!isRegistered(name, extra)) return undefined;
  const properties = space > 0 ? parseProperties(head.slice(space + 1), ';', unescapeV1) : {};
  return { name: name.toLowerCase(), properties, data: unescapeV1(line.slice(end + 1)), syntax: 'v1' };
}

function parseProperties(text: string, separator: string, decode: (value: string) => string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const item of text.split(separator)) {
    const equals = item.indexOf('=');
    // The runner looks properties up whatever their case.
    if (equals > 0) properties[item.slice(0, equals).toLowerCase()] = decode(item.slice(equals + 1));
  }
  return properties;
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

function unescapeV1(text: string): string {
  return text.replaceAll('%3B', ';').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']');
}

/** A stream as the runner understands it. */
export interface ReadStream {
  readonly commands: readonly RunnerCommand[];
  /** What a reader of the log sees: commands rendered, masked values replaced by `***`. */
  readonly log: readonly string[];
  readonly masks: readonly string[];
}

/**
 * Reads what a step printed, line by line, as the runner does: `stop-commands` suspends, `add-mask`
 * takes effect from the next line on, `set-env` and `add-path` are refused by default. Throws on what
 * fails the step there.
 */
export function readStream(text: string, masksSoFar: readonly string[] = []): ReadStream {
  const commands: RunnerCommand[] = [];
  const log: string[] = [];
  const masks = [...masksSoFar];
  let stopToken: string | undefined;
  for (const line of splitLines(text)) {
    const command = parseCommand(line, stopToken);
    if (stopToken !== undefined) {
      if (command !== undefined && command.name === stopToken.toLowerCase()) stopToken = undefined;
      else log.push(mask(line, masks));
      continue;
    }
    if (command === undefined) {
      log.push(mask(line, masks));
      continue;
    }
    commands.push(command);
    if (command.name === 'add-mask') addMask(masks, command.data);
    else if (command.name === 'stop-commands') stopToken = checkStopToken(command.data);
    else {
      const label = command.name === 'endgroup' ? '##[endgroup]' : `##[${command.name}]${command.data}`;
      for (const part of splitLines(label)) log.push(mask(part, masks));
    }
  }
  return { commands, log, masks };
}

/** The token that ends `stop-commands`. Throws on one that the runner fails the step for. */
function checkStopToken(token: string): string {
  const name = token.toLowerCase();
  if (name === '' || name === 'pause-logging' || REGISTERED.has(name))
    throw new Error(`Invalid stop-commands token '${token}'`);
  return token;
}

/** A multi-line secret is masked as a whole and line by line; an empty one only draws a warning. */
function addMask(masks: string[], value: string): void {
  if (value.trim() === '') return;
  masks.push(value);
  for (const line of splitLines(value)) if (line.trim() !== '' && line !== value) masks.push(line);
}

function mask(line: string, masks: readonly string[]): string {
  let masked = line;
  for (const secret of [...masks].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(secret, '***');
  return masked;
}

/**
 * Parses a file command file (`GITHUB_OUTPUT`, `GITHUB_ENV`, `GITHUB_STATE`) as FileCommandManager.cs does:
 * `name=value` lines and `name<<DELIMITER` blocks. Throws on what fails the step there.
 */
export function parseFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  // Lines with the break that ends each, which stays where it is inside a value.
  const lines = [...text.matchAll(/(.*?)(\r?\n|$)/gsy)].map(([, line = '', end = '']) => ({ line, end }));
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]?.line ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      values[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc);
      const delimiter = line.slice(heredoc + 2);
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
      }
      const end = lines.findIndex((candidate, at) => at > index && candidate.line === delimiter);
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      const inside = lines.slice(index + 1, end);
      const last = inside.at(-1);
      values[name] = inside.map((each) => each.line + (each === last ? '' : each.end)).join('');
      index = end;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}
