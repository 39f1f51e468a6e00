import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

export type AccountFigures = {
  total: number;
  registered: { day: number; week: number; month: number };
  active: { day: number; week: number; month: number };
  suspended: number;
  banned: number;
};

const DAY_MS = 86_400_000;

/** How many people there are, came and were here; guests and erased accounts left out. */
export async function measureAccounts(db: Queryable, now: Date): Promise<AccountFigures> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const [day, week, month] = [ago(1), ago(7), ago(30)];
  const { rows } = await sql<Record<string, number>>`
    select
      (select count(*) from accounts where role <> 'guest' and state <> 'deleted') as total,
      (select count(*) from accounts where state = 'suspended') as suspended,
      (select count(*) from accounts where state = 'banned') as banned,
      came.*, here.*
    from (
      select count(*) filter (where created_at > ${day}) as came_day,
        count(*) filter (where created_at > ${week}) as came_week, count(*) as came_month
      from accounts where created_at > ${month} and role <> 'guest' and state <> 'deleted'
    ) as came cross join (
      select count(*) filter (where last_active_at > ${day}) as here_day,
        count(*) filter (where last_active_at > ${week}) as here_week, count(*) as here_month
      from accounts where last_active_at > ${month} and role <> 'guest' and state <> 'deleted'
    ) as here`.execute(db);
  const of = (name: string) => rows[0]?.[name] ?? 0;
  return {
    total: of('total'),
    registered: { day: of('came_day'), week: of('came_week'), month: of('came_month') },
    active: { day: of('here_day'), week: of('here_week'), month: of('here_month') },
    suspended: of('suspended'),
    banned: of('banned'),
  };
}
