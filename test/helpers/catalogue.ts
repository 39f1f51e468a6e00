import type { Person } from './app.ts';
import type { Client } from './client.ts';

/** Puts a game into the catalogue, and fails when it is refused. */
export async function addGame(staff: Pick<Client, 'call'>, gameId: string, more: object = {}): Promise<void> {
  const body = { gameId, name: { en: gameId }, genres: ['shooter'], platforms: ['windows'], ...more };
  const { status, body: answer } = await staff.call('createGame', { body });
  if (status !== 201) throw new Error(`${gameId} was not added: ${JSON.stringify(answer)}`);
}

/** The ids of the games on somebody's own profile, in their order. */
export async function gamesOf(person: Pick<Person, 'call'>): Promise<string[]> {
  const { body } = await person.call('getMyProfile');
  return (body.games as unknown as { gameId: string }[]).map(({ gameId }) => gameId);
}
