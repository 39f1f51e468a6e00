#!/usr/bin/env node
// Plain JavaScript on purpose: it may be started by a Node that is too old for the program and then finds the right one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = 24;
const root = new URL('../', import.meta.url);
const bundled = fileURLToPath(new URL(`node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`, root));

if (Number(process.versions.node.split('.')[0]) >= OLDEST) {
  await import(new URL('src/cli.ts', root).href);
} else if (existsSync(bundled)) {
  const cli = fileURLToPath(new URL('src/cli.ts', root));
  const { status } = spawnSync(bundled, [cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exit(status ?? 1);
} else {
  process.stderr.write(`Soyamate needs Node ${OLDEST} or newer; run "npm ci" first, which brings it.\n`);
  process.exit(1);
}
