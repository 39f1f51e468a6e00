/** `npm run check`: everything that can be said of the sources without running the tests. Every step runs; one failure fails all. */
import { spawnSync } from 'node:child_process';

const NODE = process.execPath;

const steps: [what: string, command: string, ...input: string[]][] = [
  ['Format and order of imports', NODE, bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  ['Lint', NODE, bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'],
  ['Types', NODE, bin('typescript/bin/tsc')],
  ['Unused files, exports and dependencies', NODE, bin('knip/bin/knip.js')],
  ['Written files', NODE, 'scripts/generate.ts', '--check'],
];

const failed = steps.filter(([what, command, ...input]) => {
  console.log(`\n${what}`);
  return spawnSync(command, input, { stdio: 'inherit' }).status !== 0;
});
for (const [what] of failed) console.error(`\nFailed: ${what}`);
process.exit(failed.length === 0 ? 0 : 1);

function bin(path: string): string {
  return `node_modules/${path}`;
}
