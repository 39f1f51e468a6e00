/**
 * Moderation owns reports with their evidence, the cases that fold them, sanctions and appeals. It acts through the faces
 * of the others: accounts put a standing into force, messenger, parties, profiles and ratings take content away.
 * Text rules say what may be written where; they are made before the other modules, which ask them.
 * Offers: its doors, the text rules, the chores that end sanctions and evidence, figures of the queue.
 * Announces: report resolved, sanctioned, sanction lifted, appeal decided. Listens to its own text rules, and to
 * accounts: what a person wrote to the staff goes with the account.
 */
import type { DecideState } from '#modules/accounts/index.ts';
import type { Chore } from '#platform/chores.ts';
import type { Tx } from '#platform/database.ts';
import type { Door } from '#platform/door.ts';
import type { Listener } from '#platform/events.ts';
import type { Exporter } from '#platform/exports.ts';
import type { Metrics } from '#platform/metrics.ts';
import { decideState } from './actions/decide-state.ts';
import { expireSanctions } from './actions/expire-sanctions.ts';
import { forgetFirstWords } from './actions/forget-first-words.ts';
import { purgeEvidence } from './actions/purge-evidence.ts';
import { createDailyTally } from './daily-tally.ts';
import { createModerationExporter } from './exporter.ts';
import { moderationListeners } from './listeners.ts';
import { measureQueue } from './queries/cases.ts';
import { moderationRoutes } from './routes.ts';
import { findKeptOutUntil } from './sanctioning.ts';
import type { ModerationTools } from './tools.ts';

export { appealDecided, reportResolved, sanctioned, sanctionLifted } from './events.ts';
export { createTextRules } from './text-rules.ts';

export type Moderation = {
  routes: readonly Door[];
  listeners: readonly Listener[];
  chores: readonly Chore[];
  exporter: Exporter;
  /** For accounts: what an administrator decides about one. */
  decideState: DecideState;
  /** For accounts: until when somebody who leaves stays known; undefined when nothing keeps them out. */
  findKeptOutUntil(tx: Tx, accountId: string): Promise<Date | undefined>;
  /** Writes down what was counted since the last minute. */
  stop(): Promise<void>;
  /** For the metrics: how many cases are open, how many for more than a day, and how long the oldest waits. */
  measureQueue(): Promise<{ open: number; overdue: number; oldestAgeSeconds: number }>;
};

export function createModeration(options: Omit<ModerationTools, 'tally'> & { metrics: Metrics }): Moderation {
  const { db, clock, metrics } = options;
  const tally = createDailyTally({ db, clock, metrics });
  const tools: ModerationTools = { ...options, tally };
  return {
    routes: moderationRoutes(tools),
    listeners: moderationListeners(tools),
    chores: [
      { name: 'moderation.count-the-day', everySeconds: 60, run: () => tally.flush() },
      { name: 'moderation.expire-sanctions', everySeconds: 30, run: () => expireSanctions(tools) },
      { name: 'moderation.purge-evidence', everySeconds: 3_600, run: () => purgeEvidence(tools) },
      { name: 'moderation.forget-first-words', everySeconds: 3_600, run: () => forgetFirstWords(tools) },
    ],
    exporter: createModerationExporter(tools),
    decideState: (...decision) => decideState(tools, ...decision),
    findKeptOutUntil: (tx, accountId) => findKeptOutUntil(tools, tx, accountId),
    stop: () => tally.flush(),
    async measureQueue() {
      const now = tools.clock.now();
      const { open, overdue, oldest_at: oldestAt } = await measureQueue(tools.db.read, now);
      return { open, overdue, oldestAgeSeconds: oldestAt ? (now.getTime() - oldestAt.getTime()) / 1_000 : 0 };
    },
  };
}
