import { quoted } from '../../domain/text/quoted.ts';
import type { FileProblem } from '../../workloads/named-image.ts';
import type { InputProblem } from '../inputs/input-problems.ts';

/** A problem with a place of a file as one of an input, with the line to annotate. */
export function inputProblemOf(input: 'files' | 'pin', name: string, problem: FileProblem): InputProblem {
  const { line, document, object, field, what, cure } = problem;
  const where = [
    line === undefined ? quoted(name) : `${quoted(name)} line ${line}`,
    ...(document === undefined ? [] : [`document ${document}`]),
    ...[object, field].filter((one) => one !== undefined),
  ];
  const place = { file: name, line };
  return { input, what: sentence(`${where.join(', ')}: ${what}`), cure: capital(sentence(cure)), place };
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
