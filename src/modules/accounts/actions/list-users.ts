import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { foldName } from '../names.ts';
import { presentUser } from '../present.ts';
import { findAccountsBy } from '../queries/staff.ts';
import type { UserPage, UsersQuery } from '../schemas/staff.ts';
import type { AccountsTools } from '../tools.ts';

const Place = Type.Object({ createdAt: Type.String(), accountId: Type.String() });

/** Finds accounts by the beginning of the username or address, by role and by state; newest first. */
export async function listUsers(
  { db, cursors }: AccountsTools,
  actor: Actor,
  { text, role, state, limit = DEFAULT_LIMIT, cursor }: Static<typeof UsersQuery>,
): Promise<Static<typeof UserPage>> {
  const filter = { ...(text && { text: foldName(text) }), ...(role && { role }), ...(state && { state }) };
  const purpose = `listUsers:${actor.accountId}:${JSON.stringify(filter)}`;
  const place = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const after = place && { createdAt: new Date(place.createdAt), accountId: place.accountId };
  const rows = await findAccountsBy(db.read, filter, limit + 1, after);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => presentUser(row, actor)),
    ...(last && { nextCursor: cursors.seal(purpose, { createdAt: last.created_at, accountId: last.account_id }) }),
  };
}
