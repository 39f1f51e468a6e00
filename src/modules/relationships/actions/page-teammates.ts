import { Type } from 'typebox';
import { findTeammates } from '../queries.ts';
import type { RelationshipsTools } from '../tools.ts';

export type TeammatesPage = { items: { accountId: string; since: Date }[]; nextCursor?: string };

const Place = Type.Object({ at: Type.String(), otherId: Type.String() });

/** The caller's teammates, the latest first. */
export async function pageTeammates(
  { db, cursors }: RelationshipsTools,
  accountId: string,
  limit: number,
  cursor: string | undefined,
): Promise<TeammatesPage> {
  const purpose = `teammates:${accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Place, cursor);
  const rows = await findTeammates(db.read, accountId, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ other_id, at }) => ({ accountId: other_id, since: at })),
    ...(last &&
      rows.length > limit && {
        nextCursor: cursors.seal(purpose, { at: last.at.toISOString(), otherId: last.other_id }),
      }),
  };
}
