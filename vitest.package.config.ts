import { defineConfig } from 'vitest/config';

// `npm run test:package`: apart from the other tests, because it installs packages.
export default defineConfig({ test: { include: ['test/package/installed.ts'], testTimeout: 300_000, hookTimeout: 300_000 } });
