import { defineConfig } from 'vitest/config';

/** Run by `npm run test:slow`: what takes long, and the modules that few changes touch, so that `npm test` stays short. */
export const slowTests = [
  'test/bad-input.test.ts',
  'test/attacks/**/*.test.ts',
  'test/games/**/*.test.ts',
  'test/journeys/catching-up.test.ts',
  'test/media/**/*.test.ts',
  'test/moderation/**/*.test.ts',
  'test/notifications/**/*.test.ts',
  'test/parties/**/*.test.ts',
  'test/profiles/**/*.test.ts',
  'test/ratings/**/*.test.ts',
  'test/relationships/**/*.test.ts',
  'test/accounts/credential-races.test.ts',
  'test/accounts/erasure.test.ts',
  'test/platform/database-watch.test.ts',
  'test/platform/embedded-postgres.test.ts',
  'test/platform/file-stores.test.ts',
  'test/platform/mail.test.ts',
  'test/platform/serve.test.ts',
  'test/search/hung-engine.test.ts',
  'test/search/packed-index.test.ts',
  'test/search/pages-of-two-nodes.test.ts',
  'test/search/saved-index.test.ts',
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**', ...slowTests],
    globalSetup: 'test/helpers/postgres.ts',
    pool: 'threads',
    maxWorkers: '100%',
    // Nothing in src/ keeps state in a module, so files may share what they import; and Node runs TypeScript by itself,
    // as it does in production, so each worker loads the server once and not for every file.
    isolate: false,
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/helpers/closing-line.ts'],
  },
});
