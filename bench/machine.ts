import { cpus, release, totalmem } from 'node:os';

/** What a result was measured on, to stand beside the figures. */
export const describeMachine = () => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.version,
  measuredAt: new Date().toISOString(),
});
