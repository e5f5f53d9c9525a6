import type { Reading } from './input-source.ts';
import {
  bareName,
  type Expression,
  foldName,
  insteadIn,
  KNOWN_NAMES,
  type KnownName,
  lineFor,
  respelt,
} from './known-inputs.ts';
import type { ActionName } from './run-files.ts';

interface InputsRead {
  readonly action: ActionName;
  /** The inputs that this version of the action reads, as in its action.yml. */
  readonly own: readonly string[];
}

/** An input that the runner passes but the action does not read. */
interface Unread {
  /** `INPUT_SOURCE_REF`. */
  readonly variable: string;
  /** `source_ref`; the workflow may have written a blank instead of `_`. */
  readonly name: string;
  readonly value: string;
}

/** Limits: variables named in one warning, and characters of a name. */
const NAMES_SHOWN = 20;
const NAME_MAX_CHARS = 100;

/**
 * Refuses unknown inputs that look like a misspelt or misplaced one. The runner only warns about them, and the run
 * would then do or check less than the workflow says. The runner names each variable `INPUT_` + name in upper case,
 * with underscores for blanks and with its dashes (actions/runner, Handler.cs). Empty values count too, because a
 * dropped job output is empty. Returns a warning about all other variables, which a job may set in its `env:`.
 */
export function refuseUnknownInputs({ source, problems }: Reading, read: InputsRead): readonly string[] {
  const others: string[] = [];
  for (const [variable, value] of Object.entries(source.env)) {
    const name = /^INPUT_(.+)$/is.exec(variable)?.[1]?.toLowerCase();
    if (name === undefined || value === undefined || read.own.includes(name)) continue;
    const problem = problemWith({ variable, name, value }, read);
    if (problem === undefined) others.push(cut(variable));
    else {
      const empty = value.trim() === '' ? ' It arrived empty.' : '';
      const cure = `${problem.cure} If the job sets ${cut(variable)} in its \`env:\`, rename that variable, because a step cannot tell it from an input.`;
      problems.add(cut(name), problem.what + empty, cure);
    }
  }
  if (others.length === 0) return [];
  const shown = others.slice(0, NAMES_SHOWN).join(', ');
  const more = others.length > NAMES_SHOWN ? ` and ${others.length - NAMES_SHOWN} more` : '';
  return [
    `Ignored ${shown}${more}: this action has no such input. Remove it from the \`with:\` of the step. A variable that the job sets in its \`env:\` can stay.`,
  ];
}

function cut(text: string): string {
  return text.length > NAME_MAX_CHARS ? `${text.slice(0, NAME_MAX_CHARS)}…` : text;
}

interface Problem {
  readonly what: string;
  readonly cure: string;
}

function problemWith(unread: Unread, read: InputsRead): Problem | undefined {
  const { name } = unread;
  if (Object.hasOwn(KNOWN_NAMES, name)) return known(name, unread, read);
  const misspelt = read.own.find((one) => foldName(one) === foldName(name));
  if (misspelt !== undefined) {
    return {
      what: `the action has no input with this name; it looks like \`${misspelt}\`.`,
      cure: `Write \`${lineFor(respelt(misspelt), unread.value)}\`.`,
    };
  }
  const meant = Object.keys(KNOWN_NAMES).find((one) => isMeant(one, name));
  if (meant !== undefined) {
    const { what, cure } = known(meant, unread, read);
    return { what: `it looks like \`${meant}\`: ${what}`, cure };
  }
  // Nearly every input that restricts what passes has a dash in its name, and shell variables cannot have one.
  if (!/\p{Dash_Punctuation}/u.test(name)) return undefined;
  return {
    what: 'the action has no such input.',
    cure: 'Correct its name (the README lists all inputs), or remove it.',
  };
}

/** Matches inputs in singular and plural, but other tools' names not in the singular: `tag` is a common variable. */
function isMeant(known: string, name: string): boolean {
  const isInput = (KNOWN_NAMES[known]?.actions.length ?? 0) > 0;
  return bareName(known) === bareName(name) || (isInput ? foldName(known) : bareName(known)) === foldName(name);
}

function known(name: string, { value }: Unread, read: InputsRead): Problem {
  const { actions }: KnownName = KNOWN_NAMES[name] ?? { actions: [] };
  if (actions.includes(read.action)) {
    return {
      what: 'this version of the action does not support it and would ignore it.',
      cure: 'Remove it, or use a version whose README lists it.',
    };
  }
  const here = insteadIn(read.action, name);
  // The gates are nearer to each other than to the sign action.
  const home = actions.find((one) => read.action !== 'sign' && one === 'verify') ?? actions[0];
  if (home === undefined) {
    const what = 'the action has no such input.';
    if (here !== undefined) return { what, cure: write(here, value, read) };
    const other = read.action === 'sign' ? 'verify' : 'sign';
    const elsewhere = insteadIn(other, name);
    const line =
      elsewhere === undefined ? '' : ` In a step with ${NAMES[other]}, write \`${lineFor(elsewhere, value)}\`.`;
    return { what, cure: `Remove it here.${line}` };
  }
  const what = `it is an input of ${NAMES[home]} and has no effect here.`;
  return { what, cure: here === undefined ? `Move it to a step with ${NAMES[home]}.` : write(here, value, read) };
}

function write(line: Expression, value: string, { own }: InputsRead): string {
  const text = `Here, write \`${lineFor(line, value)}\``;
  return own.includes(line.input)
    ? `${text}.`
    : `${text}, which this version of the action does not support yet. Remove the input, or use a version whose README lists it.`;
}

/** The names of the actions in messages. */
const NAMES: Readonly<Record<ActionName, string>> = {
  sign: 'the sign action',
  verify: 'the gate (`…/verify`)',
  'verify-files': 'the gate for files (`…/verify-files`)',
  audit: 'the audit (`…/audit`)',
};
