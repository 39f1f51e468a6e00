/**
 * Time from the start of the program to ready, on a fresh data folder (cold) and again on the same one (warm):
 * `node bench/start-up.ts`. Medians of five.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';
import { startServer } from './server-process.ts';

const RUNS = 5;
const cold: number[] = [];
const warm: number[] = [];

for (let run = 0; run < RUNS; run += 1) {
  const dataDir = await mkdtemp(join(tmpdir(), 'soyamate-bench-'));
  for (const times of [cold, warm]) {
    const server = await startServer(dataDir);
    times.push(server.readyMs);
    await server.stop();
  }
  await rm(dataDir, { recursive: true });
}

const rows = [describe('cold', cold), describe('warm', warm)];
printTable(rows);
const result = { machine: describeMachine(), rows };
await writeFile(new URL('results/start-up.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);

function describe(start: string, times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { start, 'median ms': at(0.5), 'least ms': at(0), 'most ms': at(1) };
}
