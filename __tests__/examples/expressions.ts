import { type data, Evaluator, data as expressionData, Lexer, Parser, wellKnownFunctions } from '@actions/expressions';
import type { FunctionDefinition, FunctionInfo } from '@actions/expressions/funcs/info';
import { truthy } from '@actions/expressions/result';

/** The values of the contexts `github`, `needs`, `steps`, … at one place of a workflow. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the job stands: what the status functions answer. */
export type Status = 'success' | 'failure';

const STATUS_FUNCTIONS: Readonly<Record<string, (status: Status) => boolean>> = {
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  always: () => true,
  cancelled: () => false,
};

/** The value of one expression, without `${{ }}`, as GitHub's own evaluator sees it. */
function evaluate(expression: string, contexts: Contexts, status: Status): data.ExpressionData {
  const functions: FunctionDefinition[] = Object.entries(STATUS_FUNCTIONS).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new expressionData.BooleanData(answer(status)),
  }));
  const known: FunctionInfo[] = [...functions, ...Object.values(wellKnownFunctions)];
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), known).parse();
  const values = JSON.parse(JSON.stringify(contexts), expressionData.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

/** The text with every `${{ … }}` replaced by its value. */
export function interpolate(text: string, contexts: Contexts, status: Status = 'success'): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_whole, expression: string) =>
    evaluate(expression.trim(), contexts, status).coerceString(),
  );
}

/** The value of a text that is one expression and nothing else, such as a matrix of `fromJSON`. */
export function valueOfExpression(text: string, contexts: Contexts): unknown {
  return JSON.parse(
    JSON.stringify(evaluate(text.replace(/^\$\{\{|\}\}$/g, '').trim(), contexts, 'success'), expressionData.replacer),
  );
}

/** Whether a step or job runs. Without a status function, `success()` is meant too. */
export function isTrue(condition: string, contexts: Contexts, status: Status): boolean {
  const expression = condition.replace(/^\$\{\{|\}\}$/g, '').trim();
  const asksStatus = /\b(?:success|failure|always|cancelled)\s*\(/.test(expression);
  const whole = asksStatus ? expression : `success() && (${expression})`;
  return truthy(evaluate(whole, contexts, status));
}
