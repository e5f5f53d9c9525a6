import {
  bareName,
  type Expression,
  foldName,
  KNOWN_NAMES,
  type KnownName,
  lineFor,
  type OwnAction,
  respelt,
} from './known-inputs.ts';
import type { Reading } from './read-value.ts';

export interface InputsRead {
  readonly action: OwnAction;
  /** What this version of the action reads, as in its action.yml. */
  readonly own: readonly string[];
}

/** An input as the runner hands it over, which nobody reads. */
interface Unread {
  /** `INPUT_SOURCE_REF`. */
  readonly variable: string;
  /** `source_ref`; it may have been written with a blank. */
  readonly name: string;
  readonly value: string;
}

/** Variables named in one warning, and characters of a name. */
const NAMES_SHOWN = 20;
const NAME_MAX_CHARS = 100;

/**
 * Refuses inputs that nobody reads and that look like one that was meant: the runner passes them on with a warning of
 * its own, and the run would then do or check less than was asked for. It names each variable `INPUT_` + name, in
 * capitals, blanks as underscores, dashes kept (actions/runner, Handler.cs), also where the value is empty: that is
 * what a dropped job output leaves behind. Returns a warning about all others: a job may set them in its `env:`.
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
      const cure = `${problem.cure} If the job sets ${cut(variable)} in its \`env:\`, rename that variable: a step cannot tell it from an input.`;
      problems.add(cut(name), problem.what + empty, cure);
    }
  }
  if (others.length === 0) return [];
  const shown = others.slice(0, NAMES_SHOWN).join(', ');
  const more = others.length > NAMES_SHOWN ? ` and ${others.length - NAMES_SHOWN} more` : '';
  return [
    `Nothing reads ${shown}${more}: this action has no such input. Remove it from the \`with:\` of the step; a variable that the job sets in its \`env:\` may stay.`,
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
      what: `the action has no input of this name; it looks like \`${misspelt}\`.`,
      cure: `Write \`${lineFor(respelt(misspelt), unread.value)}\`.`,
    };
  }
  const meant = Object.keys(KNOWN_NAMES).find((one) => isMeant(one, name));
  if (meant !== undefined) {
    const { what, cure } = known(meant, unread, read);
    return { what: `it looks like \`${meant}\`: ${what}`, cure };
  }
  // Nearly every input that narrows what passes has a dash in its name, and variables of a shell cannot.
  if (!/\p{Dash_Punctuation}/u.test(name)) return undefined;
  return {
    what: 'the action has no such input.',
    cure: 'Correct its name (the README lists all inputs), or remove it.',
  };
}

/** An input also in the singular or plural; a name from elsewhere also in the plural, as `tag` is a common variable. */
function isMeant(known: string, name: string): boolean {
  const isInput = (KNOWN_NAMES[known]?.actions.length ?? 0) > 0;
  return bareName(known) === bareName(name) || (isInput ? foldName(known) : bareName(known)) === foldName(name);
}

function known(name: string, { value }: Unread, read: InputsRead): Problem {
  const { actions, instead }: KnownName = KNOWN_NAMES[name] ?? { actions: [] };
  if (actions.includes(read.action)) {
    return {
      what: 'this version of the action does not know it, and would ignore what it asks for.',
      cure: 'Remove it, or use a version whose README lists it.',
    };
  }
  const [home] = actions;
  const here = instead?.[read.action];
  if (home === undefined) {
    const what = 'the action has no such input.';
    if (here !== undefined) return { what, cure: write(here, value, read) };
    const other = read.action === 'sign' ? 'verify' : 'sign';
    const elsewhere = instead?.[other];
    const line =
      elsewhere === undefined ? '' : ` In a step with ${NAMES[other]} it is written \`${lineFor(elsewhere, value)}\`.`;
    return { what, cure: `Remove it here.${line}` };
  }
  if (home === 'sign' || home === 'verify') {
    const what = `it is an input of ${NAMES[home]}, and nothing reads it here.`;
    return { what, cure: here === undefined ? `Move it to a step with ${NAMES[home]}.` : write(here, value, read) };
  }
  return {
    what: `it is an input of the action \`…/${home}\`, which this version does not have, and nothing reads it here.`,
    cure: 'Remove it, or use a version whose README lists that action.',
  };
}

function write(line: Expression, value: string, { own }: InputsRead): string {
  const text = `Here it is written \`${lineFor(line, value)}\``;
  return own.includes(line.input)
    ? `${text}.`
    : `${text}, which this version of the action does not know yet: remove it, or use a version whose README lists it.`;
}

/** What the actions of this version are called in a message. */
const NAMES: Readonly<Record<OwnAction, string>> = { sign: 'the sign action', verify: 'the gate (`…/verify`)' };
