import type { Static } from 'typebox';
import type { Card } from '#modules/profiles/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Queryable } from '#platform/database.ts';
import { findApplicationsOf } from './queries/applications.ts';
import type { Party, PartyApplication } from './schemas.ts';
import type { ApplicationRow, PartyRow, Team } from './tables.ts';
import type { PartiesTools } from './tools.ts';

type Shown = Static<typeof Card>;

/** Parties that the viewer may see, as they see them, in the order given. */
export async function presentParties(
  { profiles }: Pick<PartiesTools, 'profiles'>,
  db: Queryable,
  actor: Actor,
  teams: readonly Team[],
): Promise<Party[]> {
  const isGuest = actor.role === 'guest';
  const memberIds = new Set(teams.flatMap(({ members }) => members.map(({ account_id }) => account_id)));
  const [cards, applications] = isGuest
    ? [[], []]
    : await Promise.all([
        profiles.findCards(db, actor, [...memberIds]),
        findApplicationsOf(
          db,
          actor.accountId,
          teams.map(({ party }) => party.party_id),
        ),
      ]);
  const cardsById = new Map(cards.map((card) => [card.userId, card]));
  return teams.map((team) => ({
    ...presentFacts(team),
    ...(!isGuest && presentWords(team.party)),
    members: presentMembers(team, cardsById),
    ...presentPart(
      team,
      actor,
      applications.find(({ party_id }) => party_id === team.party.party_id),
    ),
  }));
}

/** The same of one. */
export async function presentParty(
  tools: Pick<PartiesTools, 'profiles'>,
  db: Queryable,
  actor: Actor,
  team: Team,
): Promise<Party> {
  const [party] = await presentParties(tools, db, actor, [team]);
  if (!party) throw new Error('a party was not presented');
  return party;
}

/** `card`: who applies, when the host looks. */
export const presentApplication = (row: ApplicationRow, card?: Shown): Static<typeof PartyApplication> => ({
  applicationId: row.application_id,
  partyId: row.party_id,
  ...(card && { user: card }),
  ...(row.slot !== null && { slot: row.slot }),
  ...(row.note !== null && { note: row.note }),
  state: row.state,
  createdAt: row.created_at,
});

/** As its sender sees it: a refusal looks like waiting, and then like the end of the party. */
export function presentOwnApplication(row: ApplicationRow, party: PartyRow): Static<typeof PartyApplication> {
  const isOver = party.state !== 'open' && party.state !== 'full';
  const state = row.state === 'declined' ? (isOver ? 'expired' : 'pending') : row.state;
  return { ...presentApplication(row), state };
}

function presentFacts({ party, members }: Team) {
  const taken = new Set(members.map(({ slot }) => slot));
  return {
    partyId: party.party_id,
    gameId: party.game_id,
    state: party.state,
    ...(party.starts_at && { startsAt: party.starts_at }),
    ...(party.started_at && { startedAt: party.started_at }),
    ...(party.ended_at && { endedAt: party.ended_at }),
    languages: party.languages,
    ...(party.platform !== null && { platform: party.platform }),
    ...(party.region !== null && { region: party.region }),
    ...(party.voice !== null && { voice: party.voice }),
    slots: party.slots.map((slot, index) => ({ index, ...slot, isTaken: taken.has(index) })),
    size: party.size,
    memberCount: party.member_count,
    createdAt: party.created_at,
  };
}

const presentWords = ({ title, note, mode }: PartyRow) => ({
  title,
  ...(note !== null && { note }),
  ...(mode !== null && { mode }),
});

const presentMembers = ({ party, members }: Team, cards: ReadonlyMap<string, Shown>): Party['members'] =>
  members.flatMap(({ account_id, slot, joined_at }) => {
    const user = cards.get(account_id);
    return user ? [{ user, slot, isHost: account_id === party.host_id, joinedAt: joined_at }] : [];
  });

function presentPart({ party, members }: Team, { accountId }: Actor, application: ApplicationRow | undefined) {
  const isMember = members.some(({ account_id }) => account_id === accountId);
  if (isMember) {
    return { myPart: party.host_id === accountId ? 'host' : 'member', chatId: party.chat_id } as const;
  }
  if (!application) return { myPart: 'visitor' } as const;
  const own = presentOwnApplication(application, party);
  return { myPart: own.state === 'pending' ? 'applicant' : 'visitor', application: own } as const;
}
