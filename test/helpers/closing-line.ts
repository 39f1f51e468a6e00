import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with `N passed, N failed, N skipped`, which any CI can read. A file that did not load counts as failed.
 * The paths of files with failures go into the file that `FAILED_FILES` names, a line each.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const file of modules) {
      if (file.errors().length > 0) count.failed += 1;
      for (const test of file.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') count[state] += 1;
      }
    }
    const failed = modules.filter((file) => !file.ok()).map(({ relativeModuleId }) => `${relativeModuleId}\n`);
    if (process.env.FAILED_FILES) writeFileSync(process.env.FAILED_FILES, failed.join(''));
    process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
  }
}
