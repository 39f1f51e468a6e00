import type { Actor } from '#platform/actor.ts';
import { deviceNotFound, pushOff } from '../errors.ts';
import { queuePushes, timingOf } from '../queue-pushes.ts';
import { TEST_SUBJECT } from '../subjects.ts';
import type { NotificationsTools } from '../tools.ts';

/** Between two tests to one device. */
const DISTANCE_SECONDS = 10;

/** Sends a push to one of the caller's devices, whatever the settings say and though its app is open. */
export async function testPush(tools: NotificationsTools, { accountId }: Actor, deviceId: string): Promise<void> {
  if (!tools.isPushOn) throw pushOff();
  const timing = { ...timingOf(tools, 0, DISTANCE_SECONDS), deviceId };
  const queued = await tools.db.transaction((tx) =>
    queuePushes(tools, tx, [{ accountId, subject: TEST_SUBJECT }], timing),
  );
  if (queued.size === 0) throw deviceNotFound();
}
