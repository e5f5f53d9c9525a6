import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const UNIT = '__tests__/unit/**/*.test.ts';
/** Tests with servers or processes of their own. */
const LOOPBACK = '__tests__/{adapters,adversarial,deploy,e2e,examples,public,recorded,sandbox,scripts}/**/*.test.ts';

/* Where files change nothing outside themselves, a worker keeps the sources that it loaded for the next of them. */

/** Its source maps name files that are not in the package, which would be a warning for each file. */
const workflowParser = {
  name: 'workflow-parser',
  load: (id: string) =>
    /@actions\/workflow-parser\/.*\.js$/.test(id)
      ? readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/gm, '')
      : undefined,
};

export default defineConfig({
  plugins: [workflowParser],
  test: {
    // Only for what hangs: a busy machine may take many times as long as a quiet one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    passWithNoTests: false,
    // It imports JSON as bundlers allow and Node does not.
    server: { deps: { inline: [/@actions\/workflow-parser/] } },
    // By default one fewer than there are cores. Many tests wait (for a registry to settle, for a process), so that
    // four files side by side are done soonest on two cores.
    maxWorkers: 4,
    projects: [
      { extends: true, test: { name: 'unit', include: [UNIT], isolate: false } },
      { extends: true, test: { name: 'loopback', include: [LOOPBACK], isolate: false } },
      { extends: true, test: { name: 'rest', include: ['__tests__/**/*.test.ts'], exclude: [UNIT, LOOPBACK] } },
    ],
  },
});
