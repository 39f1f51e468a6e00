import { type Static, Type } from 'typebox';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { findListed } from './queries.ts';
import type { ListedPersonPage, PeopleQuery } from './schemas.ts';
import type { RelationshipsTools } from './tools.ts';

const Place = Type.Object({ at: Type.String(), otherId: Type.String() });

/** A page of people whom somebody blocked or hid, the latest first, by their present names. */
export async function pageListedPeople(
  { db, cursors, accounts }: RelationshipsTools,
  table: 'blocks' | 'hidden_people',
  accountId: string,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof PeopleQuery>,
): Promise<Static<typeof ListedPersonPage>> {
  const purpose = `${table}:${accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await findListed(db.read, table, accountId, after, limit + 1);
  const page = rows.slice(0, limit);
  const people = await accounts.findAccounts(
    db.read,
    page.map(({ other_id }) => other_id),
  );
  const usernames = new Map(people.map((person) => [person.accountId, person.username]));
  const last = page.at(-1);
  return {
    items: page.map(({ other_id, at }) => ({
      userId: other_id,
      username: usernames.get(other_id) ?? '',
      addedAt: at,
    })),
    ...(last &&
      rows.length > limit && {
        nextCursor: cursors.seal(purpose, { at: last.at.toISOString(), otherId: last.other_id }),
      }),
  };
}
