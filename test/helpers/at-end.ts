import { afterAll, onTestFinished, TestRunner } from 'vitest';

/** Cleans up at the end of the test that asks for it, or of the file: `afterAll` within a test is never heard. */
export function atEnd(cleanUp: () => Promise<void>): void {
  if (TestRunner.getCurrentTest()) onTestFinished(cleanUp);
  else afterAll(cleanUp);
}
