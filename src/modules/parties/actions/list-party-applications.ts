import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { DEFAULT_LIMIT } from '#platform/paging.ts';
import { accessParty, checkHost } from '../access.ts';
import { presentApplication } from '../present.ts';
import { findWaiting } from '../queries/applications.ts';
import type { ApplicationsQuery, PartyApplicationPage } from '../schemas.ts';
import type { PartiesTools } from '../tools.ts';

/** What waits for the host, the oldest first; people whom the host may not see any more are left out. */
export async function listPartyApplications(
  tools: PartiesTools,
  actor: Actor,
  partyId: string,
  { limit = DEFAULT_LIMIT, cursor }: Static<typeof ApplicationsQuery>,
): Promise<Static<typeof PartyApplicationPage>> {
  const { db, cursors, profiles } = tools;
  checkHost(await accessParty(tools, db.read, actor, partyId), actor);
  const purpose = `listPartyApplications:${partyId}:${actor.accountId}`;
  const after = cursor === undefined ? undefined : cursors.open(purpose, Type.String(), cursor);
  const rows = await findWaiting(db.read, partyId, after, limit + 1);
  const page = rows.slice(0, limit);
  const applicantIds = page.map(({ applicant_id }) => applicant_id);
  const cards = await profiles.findCards(db.read, actor, applicantIds);
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const last = page.at(-1);
  return {
    items: page.flatMap((row) => {
      const card = byId.get(row.applicant_id);
      return card ? [presentApplication(row, card)] : [];
    }),
    ...(last && rows.length > limit && { nextCursor: cursors.seal(purpose, last.application_id) }),
  };
}
