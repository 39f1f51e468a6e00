import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Database } from '#platform/database.ts';

/** Resolves once so many statements wait for a lock in this database: what a test has set off stands at its gate. */
export const untilWaiting = (db: Database, count: number): Promise<void> =>
  expect
    .poll(
      async () => {
        const { rows } = await sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          db.read,
        );
        return rows.length;
      },
      { interval: 5, timeout: 2_500 },
    )
    .toBe(count);
