import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    // By default one fewer than there are cores. Many tests wait (for a registry to settle, for a process), so that
    // two files side by side need little more than half the time on two cores.
    maxWorkers: 2,
  },
});
