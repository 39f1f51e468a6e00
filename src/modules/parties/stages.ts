import type { Tx } from '#platform/database.ts';
import { applicationEnded, partyEnded } from './events.ts';
import { tellOfApplication, tellOfParty } from './live.ts';
import { expireApplications, findDeclined } from './queries/applications.ts';
import { updateParty } from './queries/parties.ts';
import type { PartyRow, Team } from './tables.ts';
import type { PartiesTools } from './tools.ts';

const MINUTE_MS = 60_000;
/** Without a start time: how long it waits to be full. */
const WAITING_MS = 3 * 60 * MINUTE_MS;
/** A party that nobody ends is over by then. */
const LONGEST_PLAY_MS = 6 * 60 * MINUTE_MS;
export const REMINDER_MS = 10 * MINUTE_MS;
/** Who plans a party for so soon needs no reminder. */
const LEAST_NOTICE_MS = 15 * MINUTE_MS;
export const LEAST_TO_START = 2;

/** When something happens to a party by itself, until it starts: the start, or the end of its waiting. */
export function clockOf(startsAt: Date | null, createdAt: Date, now: Date) {
  const isFarAhead = startsAt !== null && startsAt.getTime() - now.getTime() >= LEAST_NOTICE_MS;
  return {
    starts_at: startsAt,
    due_at: startsAt ?? new Date(Math.max(createdAt.getTime(), now.getTime()) + WAITING_MS),
    remind_at: isFarAhead ? new Date(startsAt.getTime() - REMINDER_MS) : null,
  };
}

/** Whether people may still join: before the start, and not past the moment at which it starts or expires by itself. */
export const isJoinable = ({ state, due_at: dueAt }: PartyRow, now: Date): boolean =>
  (state === 'open' || state === 'full') && dueAt !== null && dueAt > now;

/**
 * What time alone does to a party whose moment has come: with two people it starts, alone it is cancelled; one that plays
 * is finished after six hours.
 */
export async function passStage(tools: PartiesTools, tx: Tx, team: Team): Promise<void> {
  if (team.party.state === 'started') await endParty(tools, tx, team, 'finished');
  else if (team.members.length >= LEAST_TO_START) await startParty(tools, tx, team);
  else await endParty(tools, tx, team, 'cancelled');
}

/** Nobody joins any more, and the play begins. Expects the party to be locked. */
export async function startParty(tools: PartiesTools, tx: Tx, { party, members }: Team): Promise<PartyRow> {
  const now = tools.clock.now();
  const started = await updateParty(tx, party.party_id, {
    state: 'started',
    started_at: now,
    due_at: new Date(now.getTime() + LONGEST_PLAY_MS),
    remind_at: null,
  });
  await expireWaiting(tools, tx, started);
  tellOfParty(tools, tx, idsOf(members), 'party.updated', started);
  return started;
}

/** The party is over; its chat stays with its members. Expects the party to be locked. */
export async function endParty(
  tools: PartiesTools,
  tx: Tx,
  { party, members }: Team,
  state: 'finished' | 'cancelled',
): Promise<PartyRow> {
  const { party_id: partyId } = party;
  const ended = await updateParty(tx, partyId, {
    state,
    ended_at: tools.clock.now(),
    due_at: null,
    remind_at: null,
  });
  // At a start they have expired already, and a second event would tell of the refusal.
  if (party.started_at === null) await expireWaiting(tools, tx, ended);
  const memberIds = idsOf(members);
  await tools.announce(tx, partyEnded, { partyId, hostId: party.host_id, memberIds, outcome: state });
  tellOfParty(tools, tx, memberIds, 'party.closed', ended);
  return ended;
}

/** Whom the host has refused is told as if they had waited, so that silence does not tell them. */
async function expireWaiting(tools: PartiesTools, tx: Tx, party: PartyRow): Promise<void> {
  const { party_id: partyId, host_id: hostId } = party;
  const expired = await expireApplications(tx, partyId, tools.clock.now());
  for (const application of expired) {
    const { application_id: applicationId, applicant_id: applicantId } = application;
    await tools.announce(tx, applicationEnded, { applicationId, partyId, applicantId, hostId, outcome: 'expired' });
  }
  for (const application of [...expired, ...(await findDeclined(tx, partyId))]) {
    tellOfApplication(tools, tx, 'applicant', 'party.application_closed', { party, application });
  }
}

export const idsOf = (members: Team['members']): string[] => members.map(({ account_id }) => account_id);
