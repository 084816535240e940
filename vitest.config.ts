import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['generator/**/*.test.ts', 'test/**/*.test.ts'], testTimeout: 60_000, setupFiles: ['test/support/seed.ts'] },
});
