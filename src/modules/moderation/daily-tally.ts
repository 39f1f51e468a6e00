import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Metrics } from '#platform/metrics.ts';
import { addDailyCounts } from './queries/figures.ts';

/** What is counted a day, and by which answers, frames, letters or pushes. */
const COUNTED: Record<string, readonly string[]> = {
  registrations: ['register 201'],
  searches: ['listTeammates 200'],
  requestsSent: ['createTeammateRequest 201'],
  requestsAccepted: ['acceptTeammateRequest 200'],
  messages: ['sendMessage 201', 'send done'],
  mailsSent: ['mail sent'],
  mailsFailed: ['mail failed'],
  pushesSent: ['push sent'],
  pushesFailed: ['push failed', 'push refused'],
};

export type DailyTally = { flush(): Promise<void> };

/**
 * Counts what happened on this node by its own metrics, and adds what is new to the day's counts every minute. Nothing is
 * written where things happen. What a process counted in its last minute is lost when it is killed.
 */
export function createDailyTally({ db, clock, metrics }: { db: Database; clock: Clock; metrics: Metrics }): DailyTally {
  let before = new Map<string, number>();
  let underWay = Promise.resolve();

  async function add(): Promise<void> {
    const now = await readTotals(metrics);
    const fresh = new Map(
      Object.entries(COUNTED).flatMap(([name, keys]): [string, number][] => {
        const count = keys.reduce((total, key) => total + (now.get(key) ?? 0) - (before.get(key) ?? 0), 0);
        return count > 0 ? [[name, count]] : [];
      }),
    );
    if (fresh.size > 0) await addDailyCounts(db.statement, clock.now(), fresh);
    before = now;
  }

  return {
    // One after another, or what is new would be added twice.
    flush: () => (underWay = underWay.catch(() => {}).then(add)),
  };
}

async function readTotals({ requestSeconds, frames, mails, pushes }: Metrics): Promise<Map<string, number>> {
  const [requests, sent, letters, pushed] = await Promise.all([
    requestSeconds.get(),
    frames.get(),
    mails.get(),
    pushes.get(),
  ]);
  const totals = new Map<string, number>();
  for (const { metricName, labels, value } of requests.values) {
    if (metricName?.endsWith('_count')) totals.set(`${labels.operation} ${labels.status}`, value);
  }
  for (const { labels, value } of sent.values) totals.set(`${labels.op} ${labels.outcome}`, value);
  for (const { labels, value } of letters.values) totals.set(`mail ${labels.outcome}`, value);
  // One of each outcome for each reason.
  for (const { labels, value } of pushed.values) {
    const key = `push ${labels.outcome}`;
    totals.set(key, (totals.get(key) ?? 0) + value);
  }
  return totals;
}
