import { Type } from 'typebox';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import type { Pusher, PushOutcome } from '#platform/push.ts';
import { type Decision, decidePush } from './decide-push.ts';
import { CHAT_DISTANCE_SECONDS } from './plan-pushes.ts';
import { findPushFacts } from './push-facts.ts';
import { deleteDeadDevice, deleteDevicesOfSessions } from './queries/devices.ts';
import { claimPushes, deletePushes, markSent, postponePushes, type Sent } from './queries/pushes.ts';
import { queuePushes, timingOf } from './queue-pushes.ts';
import type { ClaimedPush } from './tables.ts';
import type { NotificationsTools } from './tools.ts';
import { writePush } from './write-push.ts';

const BATCH = 200;
/** Longer than a push may take, a second try after a new provider token included. */
const LEASE_SECONDS = 30;
/** Five seconds, doubled after each failure up to ten minutes. */
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 600;

/** A push that Apple refused for good: it stands among the dead letters, and may be tried again from there. */
const pushJob = defineJob(
  'notifications.push',
  Type.Object({ accountId: Type.String(), deviceId: Type.String(), subject: Type.String(), fromSeq: Type.Integer() }),
);

type Finished = { push: ClaimedPush; decision: Decision; outcome?: PushOutcome };

/** Sends what is due, one batch, and writes down what became of it. Returns how many there were. */
export async function sendPushes(tools: NotificationsTools, pusher: Pusher): Promise<number> {
  const claimed = await claimPushes(tools.db.statement, tools.clock.now(), LEASE_SECONDS, BATCH);
  if (claimed.length === 0) return 0;
  const facts = await findPushFacts(tools, claimed);
  const finished = await Promise.all(
    claimed.map(async (push): Promise<Finished> => {
      const decision = decidePush(push, facts);
      if (decision.action !== 'send') return { push, decision };
      const written = writePush(push, decision.told, decision.settings, decision.badge, facts.now);
      const { push_id: id, apns_token: token, environment } = push;
      return { push, decision, outcome: await pusher.push({ ...written, id, token, environment }) };
    }),
  );
  count(tools, finished);
  await record(tools, finished);
  return claimed.length;
}

async function record(tools: NotificationsTools, finished: readonly Finished[]): Promise<void> {
  const now = tools.clock.now();
  await tools.db.transaction(async (tx) => {
    const sent = finished.flatMap(({ push, decision, outcome }): Sent[] => {
      if (decision.action !== 'send' || outcome?.outcome !== 'sent') return [];
      const toldSeq = decision.told.of === 'messages' ? Math.max(decision.told.newest.seq, push.from_seq) : 0;
      return [{ ...push, toldSeq, shownBadge: decision.badge }];
    });
    const waiting = finished.flatMap(({ push, decision, outcome }) => {
      if (decision.action === 'wait') return [{ ...push, until: decision.until, hasFailed: false }];
      return outcome?.outcome === 'failed' ? [{ ...push, until: nextTry(push, outcome, now), hasFailed: true }] : [];
    });
    const over = finished.filter(
      ({ decision, outcome }) =>
        decision.action === 'drop' || outcome?.outcome === 'gone' || outcome?.outcome === 'refused',
    );
    if (sent.length > 0) await markSent(tx, sent, now, CHAT_DISTANCE_SECONDS);
    if (waiting.length > 0) await postponePushes(tx, waiting);
    if (over.length > 0)
      await deletePushes(
        tx,
        over.map(({ push }) => push),
      );
    const ended = finished.filter(({ decision }) => decision.action === 'forget');
    if (ended.length > 0)
      await deleteDevicesOfSessions(
        tx,
        ended.map(({ push }) => push.session_id),
      );
    for (const { push, outcome } of finished) {
      if (outcome?.outcome === 'gone') await deleteDeadDevice(tx, push, outcome.since);
      if (outcome?.outcome !== 'refused') continue;
      const { account_id: accountId, device_id: deviceId, subject, from_seq: fromSeq } = push;
      tools.logger.error({ reason: outcome.reason, subject }, 'a push was refused');
      await tools.bury(tx, pushJob, { accountId, deviceId, subject, fromSeq }, outcome.reason);
    }
  });
}

function nextTry(
  { tries }: ClaimedPush,
  { retryAfterSeconds = 0 }: Extract<PushOutcome, { outcome: 'failed' }>,
  now: Date,
): Date {
  const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** Math.min(tries, 10), LONGEST_PAUSE_SECONDS);
  return new Date(now.getTime() + Math.max(pause, Math.min(retryAfterSeconds, 3_600)) * 1_000);
}

function count({ metrics, logger }: NotificationsTools, finished: readonly Finished[]): void {
  for (const { decision, outcome } of finished) {
    if (decision.action === 'drop') metrics.pushes.inc({ outcome: 'dropped', reason: decision.reason });
    if (decision.action === 'forget') metrics.pushes.inc({ outcome: 'dropped', reason: 'session_ended' });
    if (outcome) metrics.pushes.inc({ outcome: outcome.outcome, reason: 'reason' in outcome ? outcome.reason : '' });
  }
  const failed = finished.find(({ outcome }) => outcome?.outcome === 'failed')?.outcome;
  if (failed?.outcome === 'failed') logger.warn({ reason: failed.reason }, 'pushes failed; they are tried again');
}

export const pushJobHandler = (tools: NotificationsTools): JobHandler =>
  jobHandler(pushJob, async ({ accountId, deviceId, subject, fromSeq }) => {
    await tools.db.transaction((tx) =>
      queuePushes(tools, tx, [{ accountId, subject, fromSeq }], { ...timingOf(tools, 0, 0), deviceId }),
    );
  });
