import { CodedError, type ErrorPlace } from '../../coded-error.ts';

export interface InputProblem {
  /** The name of the input in action.yml. */
  readonly input: string;
  readonly what: string;
  /** What to write instead. */
  readonly cure: string;
  /** The line of a file that it is about. */
  readonly place?: Pick<ErrorPlace, 'file' | 'line'> | undefined;
}

/** Collects all bad inputs, so that one failed run shows every one of them. */
export interface InputProblems {
  add(input: string, what: string, cure: string, place?: InputProblem['place']): void;
  readonly list: readonly InputProblem[];
  /** If there are problems, throws one CodedError INPUT_INVALID that names every input and its cure. */
  throwIfAny(): void;
}

export function createInputProblems(): InputProblems {
  const list: InputProblem[] = [];
  return {
    list,
    add: (input, what, cure, place) => {
      list.push({ input, what, cure, ...(place === undefined ? {} : { place }) });
    },
    throwIfAny: () => {
      const [first] = list;
      if (first === undefined) return;
      const places = list.flatMap(({ place, what, cure }) =>
        place === undefined ? [] : { ...place, message: `${what} ${cure}` },
      );
      if (list.length === 1) {
        throw new CodedError('INPUT_INVALID', `input ${first.input}: ${first.what}`, { hint: first.cure, places });
      }
      const lines = list.map((problem) => `- input ${problem.input}: ${problem.what} ${problem.cure}`);
      throw new CodedError('INPUT_INVALID', `${list.length} inputs cannot be used:\n${lines.join('\n')}`, {
        hint: 'Fix the inputs named above. The list is complete.',
        places,
      });
    },
  };
}

/** Adds a problem that was worded elsewhere. */
export function addProblem(problems: InputProblems, { input, what, cure, place }: InputProblem): void {
  problems.add(input, what, cure, place);
}
