import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db, app } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const kid = await signUp('kid', { ageBand: '16_17' });
await makeTeammates(alice, bob);

const writers = async () => {
  const people = [bob, carol, kid];
  const answers = await Promise.all(
    people.map(({ userId }) => app.relationships.mayWrite(db.read, userId, alice.userId)),
  );
  return people.filter((_, i) => answers[i]).map(({ username }) => username);
};

test('everyone of the same age group may begin to write, until the person decides otherwise', async () => {
  expect((await alice.call('getPrivacy')).body).toEqual({ whoMayWrite: 'everyone' });
  expect(await writers()).toEqual(['bob', 'carol']);
});

test.each([
  ['teammates', ['bob']],
  ['nobody', []],
  ['everyone', ['bob', 'carol']],
])('%s lets %j begin', async (whoMayWrite, expected) => {
  expect(await alice.call('updatePrivacy', { body: { whoMayWrite } })).toMatchObject({
    status: 200,
    body: { whoMayWrite },
  });
  expect((await alice.call('getPrivacy')).body).toEqual({ whoMayWrite });
  expect(await writers()).toEqual(expected);
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('updatePrivacy', { body: { whoMayWrite: 'aliens' } })).status).toBe(400);
  expect((await nobody.call('updatePrivacy', { body: {} })).status).toBe(401);
});

test('a teammate reads the contacts that are for teammates', async () => {
  const contacts = [
    { kind: 'discord', value: 'alice', visibility: 'teammates' },
    { kind: 'vk', value: 'alice', visibility: 'nobody' },
  ];
  await alice.call('updateMyProfile', { body: { contacts } });
  const params = { userId: alice.userId };
  expect((await bob.call('getUser', { params })).body.contacts).toEqual([contacts[0]]);
  expect((await carol.call('getUser', { params })).body.contacts).toEqual([]);
});
