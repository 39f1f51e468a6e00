import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import { inputFault } from '#platform/validation.ts';
import { accessHosted } from '../access.ts';
import { partyClosed, partyNotStarted, partyTooSmall } from '../errors.ts';
import { tellOfParty } from '../live.ts';
import { presentParty } from '../present.ts';
import { updateParty as updateRow } from '../queries/parties.ts';
import { checkPlatform, readSlots, readStart } from '../read-party.ts';
import { findWriter, holdTexts, readTexts } from '../read-texts.ts';
import type { Party, PartyPatch } from '../schemas.ts';
import { clockOf, endParty, idsOf, isJoinable, LEAST_TO_START, startParty } from '../stages.ts';
import type { PartyPatch as RowPatch, Team } from '../tables.ts';
import type { PartiesTools } from '../tools.ts';

/** Changes a party before its start, starts it, or says that it is over. */
export async function updateParty(
  tools: PartiesTools,
  actor: Actor,
  partyId: string,
  { state, ...patch }: PartyPatch,
): Promise<Party> {
  return tools.db.transaction(async (tx) => {
    const before = await accessHosted(tools, tx, actor, partyId);
    let team = Object.keys(patch).length === 0 ? before : await change(tools, tx, actor, before, patch);
    if (state !== undefined) team = { ...team, party: await moveOn(tools, tx, team, state) };
    return presentParty(tools, tx, actor, team);
  });
}

async function change(
  tools: PartiesTools,
  tx: Tx,
  { accountId }: Actor,
  team: Team,
  patch: Omit<PartyPatch, 'state'>,
): Promise<Team> {
  const { party, members } = team;
  const now = tools.clock.now();
  if (!isJoinable(party, now)) throw partyClosed();
  const { held, ...texts } = readTexts(tools, patch, await findWriter(tools, tx, accountId));
  const cleared = new Set<string>(patch.clear);
  const startsAt = readStart(patch.startsAt, now);
  const row: RowPatch = {
    ...(texts.title !== null && { title: texts.title }),
    ...(patch.note !== undefined && { note: texts.note }),
    ...(patch.mode !== undefined && { mode: texts.mode }),
    ...(patch.languages && { languages: patch.languages }),
    ...(patch.platform && { platform: patch.platform }),
    ...(patch.region && { region: patch.region }),
    ...(patch.voice && { voice: patch.voice }),
    ...(patch.slots && readTeam(tools, team, patch.slots)),
    ...((startsAt || cleared.has('startsAt')) && clockOf(startsAt, party.created_at, now)),
    ...Object.fromEntries([...cleared].filter((name) => name !== 'startsAt').map((name) => [name, null])),
  };
  checkPlatform(gameOf(tools, team), patch.platform);
  const changed = await updateRow(tx, party.party_id, row);
  await holdTexts(tools, tx, held, { accountId, partyId: party.party_id });
  if (texts.title !== null) {
    await tools.messenger.renameGroup(tx, party.chat_id, { accountId, title: texts.title });
  }
  tellOfParty(tools, tx, idsOf(members), 'party.updated', changed);
  const isComplete = changed.state === 'full' && changed.starts_at === null;
  return { members, party: isComplete ? await startParty(tools, tx, { party: changed, members }) : changed };
}

/** New places: nobody who has one may lose it. */
function readTeam(tools: PartiesTools, { party, members }: Team, slots: NonNullable<PartyPatch['slots']>): RowPatch {
  const read = readSlots(gameOf(tools, { party }), slots);
  if (members.some(({ slot }) => slot >= read.length)) throw inputFault('/body/slots', 'range', TAKEN);
  return { slots: read, size: read.length, state: members.length === read.length ? 'full' : 'open' };
}

async function moveOn(tools: PartiesTools, tx: Tx, team: Team, state: 'started' | 'finished') {
  const { party, members } = team;
  if (party.due_at === null) throw partyClosed();
  if (state === party.state) return party;
  if (state === 'started') {
    if (members.length < LEAST_TO_START) throw partyTooSmall();
    return startParty(tools, tx, team);
  }
  if (party.state !== 'started') throw partyNotStarted();
  return endParty(tools, tx, team, 'finished');
}

function gameOf({ games }: PartiesTools, { party }: Pick<Team, 'party'>) {
  const game = games.getGame(party.game_id);
  // The staff took the game out at the very moment in which the party was opened.
  if (!game) throw partyClosed();
  return game;
}

const TAKEN = { en: 'leaves out a place that somebody has', ru: 'лишает кого-то занятого места' };
