import type { Tx } from '#platform/database.ts';
import { inputFault } from '#platform/validation.ts';
import { tellOfParty } from './live.ts';
import { upsertMember } from './queries/members.ts';
import { insertParty } from './queries/parties.ts';
import { checkPlatform, readSlots, readStart } from './read-party.ts';
import { findWriter, holdTexts, readTexts } from './read-texts.ts';
import type { PartyBody } from './schemas.ts';
import { clockOf } from './stages.ts';
import type { Team } from './tables.ts';
import type { PartiesTools } from './tools.ts';

/** Opens a party with its host in the first place, and its chat. */
export async function openTeam(tools: PartiesTools, tx: Tx, hostId: string, body: PartyBody): Promise<Team> {
  const now = tools.clock.now();
  const known = tools.games.getGame(body.gameId);
  const game = known && (await tools.games.holdGame(tx, known.gameId));
  if (!game) throw inputFault('/body/gameId', 'enum', NO_GAME);
  const slots = readSlots(game, body.slots);
  checkPlatform(game, body.platform);
  const startsAt = readStart(body.startsAt, now);
  const writer = await findWriter(tools, tx, hostId);
  const { title, note, mode, held } = readTexts(tools, body, writer);
  const party = await insertParty(tx, {
    party_id: tools.ids.next(),
    host_id: hostId,
    chat_id: await tools.messenger.openGroup(tx, hostId, title ?? ''),
    game_id: game.gameId,
    title: title ?? '',
    note,
    mode,
    languages: body.languages ?? [],
    platform: body.platform ?? null,
    region: body.region ?? null,
    voice: body.voice ?? null,
    slots,
    size: slots.length,
    member_count: 1,
    is_adult: writer.ageBand === '18_plus',
    state: 'open',
    ...clockOf(startsAt, now, now),
    created_at: now,
  });
  const { party_id: partyId } = party;
  const host = await upsertMember(tx, { party_id: partyId, account_id: hostId, slot: 0, joined_at: now });
  await holdTexts(tools, tx, held, { accountId: hostId, partyId });
  tellOfParty(tools, tx, [hostId], 'party.created', party);
  return { party, members: [host] };
}

const NO_GAME = { en: 'is not a game of the catalogue', ru: 'нет такой игры в каталоге' };
