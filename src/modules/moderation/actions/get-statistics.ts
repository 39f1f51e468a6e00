import type { Static } from 'typebox';
import { measureJobs } from '#platform/job-figures.ts';
import { measureQueue } from '../queries/cases.ts';
import { type DailyCount, findDailyCounts, measureResolved } from '../queries/figures.ts';
import type { Statistics } from '../schemas/statistics.ts';
import type { ModerationTools } from '../tools.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;

/** The figures of the console. Each of its queries reads an index of the last thirty days, or a small table. */
export async function getStatistics({
  db,
  clock,
  accounts,
  tally,
}: ModerationTools): Promise<Static<typeof Statistics>> {
  await tally.flush();
  const now = clock.now();
  const monthAgo = new Date(now.getTime() - DAYS * DAY_MS);
  const [people, counts, queue, resolved, jobs] = await Promise.all([
    accounts.measureAccounts(),
    findDailyCounts(db.read, now, DAYS),
    measureQueue(db.read, now),
    measureResolved(db.read, monthAgo),
    measureJobs(db.read),
  ]);
  return {
    gatheredAt: now,
    accounts: people,
    days: Array.from({ length: DAYS }, (_, i) => presentDay(new Date(now.getTime() - i * DAY_MS), counts)),
    cases: {
      open: queue.open,
      overdue: queue.overdue,
      ...(queue.oldest_at && { oldestAt: queue.oldest_at }),
      resolvedInMonth: resolved.count,
      ...(resolved.median !== null && { medianSecondsToResolve: Math.round(resolved.median) }),
    },
    jobs: jobs.map(({ kind, waiting, failed, oldest_at: oldestAt }) => ({
      kind,
      waiting,
      failed,
      ...(oldestAt && { oldestAt }),
    })),
  };
}

function presentDay(date: Date, counts: readonly DailyCount[]) {
  const day = date.toISOString().slice(0, 10);
  const of = (name: string) => counts.find((one) => one.day === day && one.name === name)?.count ?? 0;
  return {
    day,
    registrations: of('registrations'),
    searches: of('searches'),
    requestsSent: of('requestsSent'),
    requestsAccepted: of('requestsAccepted'),
    messages: of('messages'),
    reports: of('reports'),
    mailsSent: of('mailsSent'),
    mailsFailed: of('mailsFailed'),
    pushesSent: of('pushesSent'),
    pushesFailed: of('pushesFailed'),
  };
}
