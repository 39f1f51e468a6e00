import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, db, app } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('Bob');

test('a card shows what its owner shows to everyone, and nothing else', async () => {
  await bob.call('updateMyProfile', {
    body: {
      bio: 'Hi',
      discoverable: false,
      vacationUntil: '2030-01-01T00:00:00Z',
      contacts: [
        { kind: 'discord', value: 'bob#1', visibility: 'everyone' },
        { kind: 'telegram', value: '@bob', visibility: 'teammates' },
        { kind: 'vk', value: 'bob', visibility: 'nobody' },
      ],
    },
  });
  await bob.call('putProfileGame', {
    params: { gameId: 'dota-2' },
    body: { level: 'main', inGameName: 'bobby', platform: 'windows' },
  });
  const { status, body } = await alice.call('getUser', { params: { userId: bob.userId } });
  expect(status).toBe(200);
  const fields = 'acceptsCrossplay availability bio contacts displayName games genres languages memberSince platforms';
  expect(Object.keys(body).toSorted()).toEqual([...fields.split(' '), 'presence', 'userId', 'username']);
  expect(body).toMatchObject({
    userId: bob.userId,
    username: 'Bob',
    displayName: 'Bob',
    contacts: [{ kind: 'discord', value: 'bob#1', visibility: 'everyone' }],
    games: [{ gameId: 'dota-2', inGameName: 'bobby' }],
  });
});

test('the owner sees all of his own card', async () => {
  const { body } = await bob.call('getUser', { params: { userId: bob.userId } });
  expect(body.contacts).toHaveLength(3);
});

test('adults and minors see none of the other’s contacts and names in games', async () => {
  const kim = await signUp('kim', { ageBand: '13_15' });
  const seen = await kim.call('getUser', { params: { userId: bob.userId } });
  expect(seen.body).toMatchObject({ contacts: [], games: [{ gameId: 'dota-2' }] });
  expect((seen.body.games as unknown as object[])[0]).not.toHaveProperty('inGameName');
});

test('a rating is shown from three votes on', async () => {
  const rate = async (mean: number, count: number) => {
    await db.transaction((tx) => app.profiles.setRating(tx, bob.userId, { mean, count }));
    return (await alice.call('getUser', { params: { userId: bob.userId } })).body.rating;
  };
  expect(await rate(5, 2)).toBeUndefined();
  expect(await rate(4.256, 3)).toEqual({ mean: 4.26, count: 3 });
});

test('unknown, banned and deleted people are the same nobody', async () => {
  const carol = await signUp('carol');
  const unknown = await alice.call('getUser', { params: { userId: '00000000-0000-7000-8000-000000000000' } });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  for (const state of ['banned', 'suspended', 'deleted'] as const) {
    await db.statement.updateTable('accounts').set({ state }).where('account_id', '=', carol.userId).execute();
    const { status, body } = await alice.call('getUser', { params: { userId: carol.userId } });
    expect({ status, body: { ...body, instance: '' } }).toEqual({
      status: 404,
      body: { ...unknown.body, instance: '' },
    });
  }
});

test('refuses a bad shape and strangers', async () => {
  expect((await alice.call('getUser', { params: { userId: 'bob' } })).status).toBe(400);
  expect((await nobody.call('getUser', { params: { userId: bob.userId } })).status).toBe(401);
});
