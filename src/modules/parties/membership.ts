import type { Tx } from '#platform/database.ts';
import { partyFull } from './errors.ts';
import { hostChanged } from './events.ts';
import { tellOfParty } from './live.ts';
import { findAllWaiting } from './queries/applications.ts';
import { markLeft, upsertMember } from './queries/members.ts';
import { updateParty } from './queries/parties.ts';
import { endParty, idsOf, startParty } from './stages.ts';
import type { MemberRow, PartyPatch, PartyRow, Team } from './tables.ts';
import type { PartiesTools } from './tools.ts';

/**
 * Takes somebody in, at the place asked for when it is free, else at the first that is. A party without a start time
 * starts with its last place. Expects the party to be locked: that is what keeps it from overfilling.
 */
export async function admitMember(
  tools: PartiesTools,
  tx: Tx,
  { party, members }: Team,
  { accountId, slot: wanted }: { accountId: string; slot: number | undefined },
): Promise<PartyRow> {
  const { party_id, chat_id: chatId, host_id: hostId, size } = party;
  const taken = new Set(members.map(({ slot }) => slot));
  const free = party.slots.flatMap((_slot, index) => (taken.has(index) ? [] : [index]));
  const slot = free.find((index) => index === wanted) ?? free[0];
  if (slot === undefined) throw partyFull();
  const joined_at = tools.clock.now();
  const member = await upsertMember(tx, { party_id, account_id: accountId, slot, joined_at });
  await tools.messenger.admitToGroup(tx, chatId, { accountId, invitedBy: hostId, team: idsOf(members) });
  const team = [...members, member];
  const isFull = team.length === size;
  const grown = await updateParty(tx, party_id, {
    member_count: team.length,
    ...(isFull && { state: 'full' as const }),
  });
  if (isFull && party.starts_at === null) return startParty(tools, tx, { party: grown, members: team });
  tellOfParty(tools, tx, idsOf(team), 'party.updated', grown);
  return grown;
}

/**
 * Lets somebody go. A host is followed by whoever has been there longest; with the last member the party ends. Expects
 * the party to be locked.
 */
export async function dismissMember(
  tools: PartiesTools,
  tx: Tx,
  { party, members }: Team,
  member: MemberRow,
  { removedBy }: { removedBy?: string } = {},
): Promise<void> {
  const { account_id: accountId } = member;
  await markLeft(tx, member, removedBy === undefined ? 'left' : 'removed', tools.clock.now());
  await tools.messenger.dismissFromGroup(tx, party.chat_id, { accountId, ...(removedBy && { removedBy }) });
  const team = members.filter(({ account_id }) => account_id !== accountId);
  const heir = team[0];
  const isHost = party.host_id === accountId;
  const patch: PartyPatch = {
    member_count: team.length,
    ...(party.state === 'full' && { state: 'open' }),
    // What the host said of the party was theirs, and goes with them; the title is that of the chat, too.
    ...(isHost && heir && { host_id: heir.account_id, note: null, mode: null }),
  };
  const left = await updateParty(tx, party.party_id, patch);
  if (isHost && heir) await announceHeir(tools, tx, left, accountId);
  if (!heir) {
    await endParty(tools, tx, { party: left, members: [] }, party.state === 'started' ? 'finished' : 'cancelled');
  }
  tellOfParty(tools, tx, idsOf(team), 'party.updated', left);
  tellOfParty(tools, tx, [accountId], 'party.closed', left);
}

async function announceHeir(tools: PartiesTools, tx: Tx, party: PartyRow, fromId: string): Promise<void> {
  const { party_id: partyId, host_id: toId } = party;
  const waiting = await findAllWaiting(tx, partyId);
  const applications = waiting.map(({ application_id, applicant_id }) => {
    return { applicationId: application_id, applicantId: applicant_id };
  });
  await tools.announce(tx, hostChanged, { partyId, fromId, toId, applications });
}
