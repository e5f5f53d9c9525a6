import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    // Only for what hangs: a busy machine may take many times as long as a quiet one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    passWithNoTests: false,
    // By default one fewer than there are cores. Many tests wait (for a registry to settle, for a process), so that
    // three files side by side need little more than a third of the time on two cores.
    maxWorkers: 3,
  },
});
