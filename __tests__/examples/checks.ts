import { execFileSync, spawnSync } from 'node:child_process';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseDocument } from 'yaml';
import { LINT_FLAGS } from '../../scripts/interop/act/lint.ts';

/** What GitHub's own parser has against a workflow: unknown keys, expressions that cannot be read, unknown contexts. */
export function workflowProblems(name: string, text: string): string[] {
  const { context } = parseWorkflow({ name, content: text }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

/** Whether `bash` is the shell of GitHub's runner. On Windows it may be that of an empty Linux subsystem. */
export const HAS_BASH = process.platform !== 'win32';

/** What bash has against a script; nothing where there is none. */
export function scriptProblems(script: string): string {
  if (!HAS_BASH) return '';
  return spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr;
}

/** Path of an installed actionlint. CI of strangers may have none; then the parser above is alone. */
export const ACTIONLINT: string | undefined = [process.env['ACTIONLINT'], 'actionlint'].find((program) => {
  try {
    return program !== undefined && execFileSync(program, ['-version']).length > 0;
  } catch {
    return false;
  }
});

/**
 * What actionlint has against a workflow. It does not know `$/`, this repository at the commit of the workflow. Throws if
 * the program did not come to a result: it ends with 0 or, having found something, with 1.
 */
export function actionlintProblems(text: string, program = ACTIONLINT ?? 'actionlint'): string {
  const flags = [...LINT_FLAGS, '-ignore', 'specifying action "\\$/', '-'];
  const { error, status, stdout, stderr } = spawnSync(program, flags, { input: text, encoding: 'utf8' });
  if (status !== 0 && status !== 1) throw error ?? new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

/** `uses:` lines of a YAML text, with the comment behind them. */
export function usesLines(text: string): { readonly uses: string; readonly comment: string }[] {
  return [...text.matchAll(/^\s*(?:- )?uses: (\S+)(?: +# (.*))?$/gm)].map(([, uses = '', comment = '']) => ({
    uses,
    comment,
  }));
}

/** The YAML value of a text; throws where YAML 1.2 or the strict reading of GitHub would not take it. */
export function strictYaml(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw problem;
  return document.toJS();
}
