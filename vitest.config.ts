import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['generator/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    setupFiles: ['test/support/seed.ts'],
    // Many tests wait for the programs that they start: one core left over would be half of a small machine.
    maxWorkers: '100%',
  },
});
