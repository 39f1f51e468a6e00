import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db, app, settle } = await startApp();

const block = (person: Person, userId: string) => person.call('blockUser', { params: { userId } });

test('a block ends what was between two people and hides each from the other', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  await makeTeammates(alice, bob);
  await settle();
  const socket = await bob.connect();
  expect((await block(alice, bob.userId)).status).toBe(204);
  await settle();

  for (const [viewer, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    const unknown = await viewer.call('getUser', { params: { userId: '00000000-0000-7000-8000-000000000000' } });
    const seen = await viewer.call('getUser', { params: { userId: other.userId } });
    const byName = await viewer.call('getUserByUsername', { params: { username: other.username } });
    for (const { status, body } of [seen, byName]) {
      expect({ status, body: { ...body, instance: '' } }).toEqual({
        status: 404,
        body: { ...unknown.body, instance: '' },
      });
    }
    expect((await viewer.call('listMyTeammates')).body.items).toEqual([]);
    expect(await app.relationships.findKeptApart(db.read, viewer.userId)).toEqual([other.userId]);
    expect(await app.relationships.mayWrite(db.read, viewer.userId, other.userId)).toBe(false);
  }
  expect(socket.rest().filter(({ op }) => String(op) === 'event')).toEqual([]);
  const pair = { accountId: alice.userId, otherId: bob.userId };
  expect(await findAnnounced(db, 'relationships.person_blocked')).toEqual([pair]);
  expect(await findAnnounced(db, 'relationships.teammates_parted')).toEqual([pair]);
});

test('a block closes requests in both directions', async () => {
  const [carol, dave] = [await signUp('carol'), await signUp('dave')];
  const { body } = await carol.call('createTeammateRequest', { body: { userId: dave.userId } });
  await block(carol, dave.userId);
  const params = { requestId: String(body.requestId) };
  expect(await dave.call('acceptTeammateRequest', { params })).toMatchObject({ status: 409 });
  expect((await dave.call('listTeammateRequests', { query: { direction: 'incoming' } })).body.items).toEqual([]);
});

test('whoever is blocked can block back and hide, and learns nothing from the answers', async () => {
  const [heidi, ivan] = [await signUp('heidi'), await signUp('ivan')];
  await block(heidi, ivan.userId);
  expect((await block(ivan, heidi.userId)).status).toBe(204);
  expect((await ivan.call('hideUser', { params: { userId: heidi.userId } })).status).toBe(204);
  await ivan.call('unblockUser', { params: { userId: heidi.userId } });
  expect((await ivan.call('getUser', { params: { userId: heidi.userId } })).status).toBe(404);
});

test('refuses oneself, people who never were, and strangers', async () => {
  const liam = await signUp('liam');
  const nowhere = '00000000-0000-7000-8000-000000000000';
  expect((await block(liam, liam.userId)).status).toBe(400);
  expect((await block(liam, 'liam')).status).toBe(400);
  expect(await block(liam, nowhere)).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
  expect((await nobody.call('blockUser', { params: { userId: nowhere } })).status).toBe(401);
});

test('the list of blocks has an end', async () => {
  const mia = await signUp('mia');
  const crowd = Array.from({ length: 5_000 }, (_, i) => ({
    accountId: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    username: `crowd${i}`,
    ageBand: '18_plus' as const,
    locale: 'en' as const,
    createdAt: new Date(),
    lastActiveAt: new Date(),
  }));
  await db.transaction(async (tx) => {
    await app.accounts.importAccounts(tx, crowd);
    const rows = crowd.map(({ accountId }) => ({
      account_id: mia.userId,
      blocked_id: accountId,
      created_at: new Date(),
    }));
    await tx.insertInto('blocks').values(rows).execute();
  });
  const last = await signUp('last');
  expect(await block(mia, last.userId)).toMatchObject({ status: 409, body: { code: 'too_many_people' } });
  expect((await mia.call('getUser', { params: { userId: last.userId } })).status).toBe(200);
});
