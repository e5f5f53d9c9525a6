import type { Reading } from './read-value.ts';

export interface KnownInputs {
  /** As in action.yml. */
  readonly known: readonly string[];
  /** Inputs of other versions of the action. */
  readonly others: readonly string[];
}

/**
 * Refuses inputs that nobody reads: the runner passes them on with a warning, and the gate would then check less
 * than was asked for (`policy` of a later version, a misspelt `source-reff`). Only names of other versions and names
 * with a dash count: other variables `INPUT_…` may come from the `env:` of a job, where a dash is out of use.
 */
export function refuseUnknownInputs({ source, problems }: Reading, { known, others }: KnownInputs): void {
  for (const [variable, value] of Object.entries(source.env)) {
    const name = /^INPUT_(.+)$/i.exec(variable)?.[1]?.toLowerCase();
    if (name === undefined || !value || known.includes(name)) continue;
    if (others.includes(name)) {
      const what = 'this version of the action does not know it, and would not check what it asks for.';
      problems.add(name, what, 'Remove it, or use a version whose README lists it.');
    } else if (name.includes('-')) {
      problems.add(
        name,
        'the action has no such input.',
        'Correct its name (the README lists all inputs), or unset the variable if it comes from elsewhere.',
      );
    }
  }
}
