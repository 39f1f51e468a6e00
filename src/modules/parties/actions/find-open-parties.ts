import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { factsOf, type PartyFacts } from '../party-facts.ts';
import { findOpen, type OpenFilters } from '../queries/parties.ts';
import { addMembers } from '../teams.ts';
import type { PartiesTools } from '../tools.ts';
import { filterVisible } from '../visibility.ts';

/** Parties with a free place that somebody may see and is not in; `favourites`: games whose parties come first. */
export async function findOpenParties(
  tools: PartiesTools,
  db: Queryable,
  actor: Actor,
  filters: OpenFilters & { favourites: readonly string[] },
  limit: number,
): Promise<PartyFacts[]> {
  const [viewer] = await tools.accounts.findAccounts(db, [actor.accountId]);
  const isAdult = actor.role === 'guest' || viewer?.ageBand === '18_plus';
  const teams = await addMembers(db, await findOpen(db, isAdult, filters, tools.clock.now(), limit));
  const visible = await filterVisible(tools, db, actor, teams);
  return visible.map(factsOf).filter(({ memberIds }) => !memberIds.includes(actor.accountId));
}
