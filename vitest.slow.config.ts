import { defineConfig } from 'vitest/config';
import base, { slowTests } from './vitest.config.ts';

/** What takes its time: storms, kills, hostile input, whole modules. CI runs it; `npm test` does not wait for it. */
export default defineConfig({ test: { ...base.test, include: slowTests, exclude: [], testTimeout: 90_000 } });
