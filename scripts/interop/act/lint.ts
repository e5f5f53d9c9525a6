import { globSync } from 'node:fs';
import { ROOT } from '../../../sandbox/world.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { runProgram } from '../../common/run-program.ts';
import { textOf } from '../../examples/workflow.ts';
import { ACTIONLINT, labelOf } from '../../peers/catalogue.ts';

/** Without shellcheck and pyflakes, which differ from machine to machine. */
export const LINT_FLAGS = ['-shellcheck=', '-pyflakes='] as const;

/** What actionlint has against a workflow. */
async function problemsOf(linter: string, text: string): Promise<string> {
  const { code, out } = await runProgram(linter, [...LINT_FLAGS, '-'], { input: text });
  return code === 0 ? '' : `exit ${code}\n${out}`;
}

/** actionlint reads every workflow of examples/, and sees what is wrong in one that is not right. */
export async function lintExamples(report: Report, linter: string): Promise<void> {
  const paths = ['examples/*.yml', 'examples/migration/*.yml'].flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  await report.check(
    `${labelOf(ACTIONLINT)} has nothing against the ${paths.length} workflows of examples/`,
    async () => {
      expectThat(paths.length > 0, 'examples', ROOT);
      for (const path of paths) {
        const problems = await problemsOf(linter, textOf(path));
        expectThat(problems === '', `nothing against ${path}`, problems);
        const wrong = await problemsOf(linter, textOf(path).replace('permissions: {}', 'permissions: everything'));
        expectThat(
          wrong.includes('permission'),
          `something against ${path} with a permission that does not exist`,
          wrong,
        );
      }
    },
  );
}
