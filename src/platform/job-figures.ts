import { sql } from 'kysely';
import type { Queryable } from './database.ts';

/** Mail and other work outside the database, by kind: what waits, since when, and what was given up. */
export async function measureJobs(
  db: Queryable,
): Promise<{ kind: string; waiting: number; failed: number; oldest_at: Date | null }[]> {
  const { rows } = await sql<{ kind: string; waiting: number; failed: number; oldest_at: Date | null }>`
    select kind, count(*) filter (where failed_at is null) as waiting, count(failed_at) as failed,
      min(created_at) filter (where failed_at is null) as oldest_at
    from jobs group by kind order by kind`.execute(db);
  return rows;
}
