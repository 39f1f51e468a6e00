import { defineConfig } from 'vitest/config';

/** `npm run test:faults`: kills real processes. `FAULTS=long` strikes many times more. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    pool: 'forks',
    // Each file has processes of its own, and the machine few cores.
    fileParallelism: false,
    testTimeout: process.env.FAULTS === 'long' ? 3_600_000 : 240_000,
    hookTimeout: 120_000,
    reporters: ['verbose', './test/helpers/closing-line.ts'],
  },
});
