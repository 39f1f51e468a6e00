import type { Person } from './app.ts';
import type { Body } from './client.ts';

/** A party of three for Dota 2 that starts once it is full. */
export async function openParty(host: Person, more: object = {}): Promise<Body> {
  const body = { gameId: 'dota-2', title: 'Evening games', slots: [{}, {}, {}], ...more };
  const answer = await host.call('createParty', { body });
  if (answer.status !== 201) throw new Error(`there was no party: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const readParty = async (reader: Person, partyId: unknown): Promise<Body> =>
  (await reader.call('getParty', { params: { partyId: String(partyId) } })).body;

export const apply = (person: Person, partyId: unknown, body: object = {}) =>
  person.call('createPartyApplication', { params: { partyId: String(partyId) }, body });

/** Applies; returns the id of the application. */
export async function applyTo(person: Person, partyId: unknown, body: object = {}): Promise<string> {
  const answer = await apply(person, partyId, body);
  if (answer.status !== 201) throw new Error(`${person.username} could not apply: ${JSON.stringify(answer.body)}`);
  return String(answer.body.applicationId);
}

export const accept = (host: Person, partyId: unknown, applicationId: string) =>
  host.call('acceptPartyApplication', { params: { partyId: String(partyId), applicationId } });

/** Applies and is taken in. */
export async function join(person: Person, host: Person, partyId: unknown): Promise<void> {
  const { status, body } = await accept(host, partyId, await applyTo(person, partyId));
  if (status !== 200) throw new Error(`${person.username} was not taken in: ${JSON.stringify(body)}`);
}

/** A party that has started with all of them in it. */
export async function playTogether(host: Person, others: readonly Person[]): Promise<string> {
  const { partyId } = await openParty(host, { slots: [{}, ...others.map(() => ({}))] });
  for (const other of others) await join(other, host, partyId);
  return String(partyId);
}

/** The names of those who are in a party, as somebody sees them. */
export const namesOf = (party: Body): string[] =>
  (party.members as unknown as { user: { username: string } }[]).map(({ user }) => user.username);
