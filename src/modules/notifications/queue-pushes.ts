import type { Tx } from '#platform/database.ts';
import { type NewPush, type Timing, upsertPushes } from './queries/pushes.ts';
import type { NotificationsTools } from './tools.ts';

/** Queues pushes for the devices of these people. Returns those who have one; where push is off, nobody has. */
export async function queuePushes(
  { isPushOn }: Pick<NotificationsTools, 'isPushOn'>,
  tx: Tx,
  pushes: readonly NewPush[],
  timing: Timing,
): Promise<ReadonlySet<string>> {
  if (!isPushOn || pushes.length === 0) return new Set();
  return new Set(await upsertPushes(tx, pushes, timing));
}

/** For something that happens now. */
export function timingOf(
  { clock }: Pick<NotificationsTools, 'clock'>,
  graceSeconds: number,
  distanceSeconds: number,
): Timing {
  const newestAt = clock.now();
  return { newestAt, dueAt: new Date(newestAt.getTime() + graceSeconds * 1_000), distanceSeconds };
}
