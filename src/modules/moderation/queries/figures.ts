import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

export type DailyCount = { day: string; name: string; count: number };

/** Adds to the counts of a day in UTC. */
export async function addDailyCounts(db: Queryable, now: Date, counts: ReadonlyMap<string, number>): Promise<void> {
  const names = [...counts.keys()].toSorted();
  await sql`
    insert into daily_counts (day, name, count)
    select (${now}::timestamptz at time zone 'UTC')::date, name, count
    from unnest(${names}::text[], ${names.map((name) => counts.get(name) ?? 0)}::bigint[]) as added (name, count)
    on conflict (day, name) do update set count = daily_counts.count + excluded.count`.execute(db);
}

/** Of the last days, today among them. */
export async function findDailyCounts(db: Queryable, now: Date, days: number): Promise<DailyCount[]> {
  const { rows } = await sql<DailyCount>`
    select to_char(day, 'YYYY-MM-DD') as day, name, count from daily_counts
    where day > (${now}::timestamptz at time zone 'UTC')::date - ${days}::integer
    union all
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD'), 'reports', count(*) from reports
    where created_at >= ((${now}::timestamptz at time zone 'UTC')::date - ${days}::integer + 1) at time zone 'UTC'
    group by 1`.execute(db);
  return rows;
}

/** How many cases were resolved since a moment, and how long half of them took at most. */
export async function measureResolved(db: Queryable, since: Date): Promise<{ count: number; median: number | null }> {
  const { rows } = await sql<{ count: number; median: number | null }>`
    select count(*) as count,
      percentile_cont(0.5) within group (order by extract(epoch from resolved_at - opened_at)::float8) as median
    from moderation_cases where state = 'resolved' and resolved_at > ${since}`.execute(db);
  return rows[0] ?? { count: 0, median: null };
}
