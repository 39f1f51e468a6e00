import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';

const { signUp, settle } = await startApp();

async function join(username: string): Promise<Person> {
  const person = await signUp(username);
  await person.call('updateMyProfile', { body: { languages: ['ru'], platforms: ['windows'] } });
  const body = { level: 'main', platform: 'windows' };
  await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body });
  return person;
}

const search = async (person: Person) => {
  await settle();
  const { body } = await person.call('listTeammates', { query: { game: 'dota-2' } });
  return (body.items as unknown as { user: { username: string } }[]).map(({ user }) => user.username);
};

const alice = await join('alice');
const bob = await join('bob');
const carol = await join('carol');

test.each([
  ['blockUser', 'unblockUser'],
  ['hideUser', 'unhideUser'],
])('%s keeps the two out of each other’s search, and %s brings them back', async (keep, release) => {
  const params = { userId: bob.userId };
  await alice.call(keep, { params });
  expect(await search(alice)).toEqual(['carol']);
  expect(await search(bob)).toEqual(['carol']);
  expect(await search(carol)).toEqual(expect.arrayContaining(['alice', 'bob']));
  await alice.call(release, { params });
  expect(await search(alice)).toEqual(expect.arrayContaining(['bob', 'carol']));
  expect(await search(bob)).toEqual(expect.arrayContaining(['alice', 'carol']));
});

test('whoever leaves many requests unanswered sinks below his equals, and rises by answering', async () => {
  const order = await search(alice);
  const first = [bob, carol].find(({ username }) => username === order[0]);
  if (!first) throw new Error('one of the two comes first');
  const fans = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`fan${i}`)));
  for (const fan of fans) await fan.call('createTeammateRequest', { body: { userId: first.userId } });
  expect(await search(alice)).toEqual(order.toReversed());
  const { body } = await first.call('listTeammateRequests', { query: { direction: 'incoming', limit: 100 } });
  for (const { request } of body.items as unknown as { request: { requestId: string } }[]) {
    await first.call('declineTeammateRequest', { params: { requestId: request.requestId } });
  }
  expect(await search(alice)).toEqual(order);
});
