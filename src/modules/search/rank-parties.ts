import type { PartyFacts } from '#modules/parties/index.ts';
import type { Actor } from '#platform/actor.ts';
import { findViewer } from './find-viewer.ts';
import type { PartiesQuery } from './party-schemas.ts';
import { playedOf, wishesOf } from './party-wishes.ts';
import { readFilters } from './read-filters.ts';
import { type PartyScore, scoreParty } from './score/party-score.ts';
import { dayOf } from './score/standing.ts';
import { toPlayer } from './to-player.ts';
import type { SearchTools } from './tools.ts';

/** So many parties are weighed against each other; there are more only in the busiest hours. */
const DEPTH = 200;

/** The parties that pass, most suitable first; equal ones by id. */
export async function rankParties(
  tools: SearchTools,
  actor: Actor,
  query: Omit<PartiesQuery, 'mine' | 'limit' | 'cursor'>,
): Promise<({ partyId: string } & PartyScore)[]> {
  const { db, clock, profiles, parties } = tools;
  const { games } = readFilters(tools.games, { ...(query.game && { game: query.game }) });
  const [viewer, excluded, [card]] = await Promise.all([
    findViewer(tools, actor),
    tools.findExcluded(tools.db.read, actor.accountId),
    profiles.findCards(db.read, actor, [actor.accountId]),
  ]);
  const found = await parties.findOpenParties(
    db.read,
    actor,
    {
      favourites: viewer.games.map(({ gameSlug }) => gameSlug),
      ...(query.game && { games }),
      ...(query.language && { languages: query.language }),
      ...(query.platform && { platforms: query.platform }),
      ...(query.region && { regions: query.region }),
      ...(query.voice && { voice: query.voice }),
      ...(query.startsBefore !== undefined && { startsBefore: new Date(query.startsBefore) }),
    },
    DEPTH,
  );
  const open = found.filter(({ memberIds }) => !memberIds.some((memberId) => excluded.includes(memberId)));
  const players = await findPlayers(tools, open);
  const milliseconds = clock.now().getTime();
  const now = { today: dayOf(milliseconds), milliseconds };
  const scored = open.map((party) => ({
    partyId: party.partyId,
    ...scoreParty(viewer, teamOf(tools, party, players), playedOf(tools, card, party.gameId), tools.statistics(), now),
  }));
  return scored.toSorted((a, b) => b.score - a.score || (a.partyId < b.partyId ? -1 : 1));
}

async function findPlayers({ profiles, db }: SearchTools, parties: readonly PartyFacts[]) {
  const memberIds = [...new Set(parties.flatMap((party) => party.memberIds))];
  const found = await profiles.findSearchProfiles(db.read, memberIds);
  return new Map(found.map((profile) => [profile.accountId, toPlayer(profile, 0)]));
}

function teamOf(tools: SearchTools, party: PartyFacts, players: Awaited<ReturnType<typeof findPlayers>>) {
  const { gameId, hostId, memberIds, languages, platform, region, startsAt } = party;
  const inOrder = [hostId, ...memberIds.filter((memberId) => memberId !== hostId)];
  return {
    gameSlug: gameId,
    members: inOrder.flatMap((memberId) => players.get(memberId) ?? []),
    freeSlots: wishesOf(tools, party),
    languages,
    ...(platform !== undefined && { platform }),
    ...(region !== undefined && { region }),
    ...(startsAt && { startsAt: startsAt.getTime() }),
  };
}
