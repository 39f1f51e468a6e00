import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { nobody, signUp, db, app } = await startApp();

const block = (person: Person, userId: string) => person.call('blockUser', { params: { userId } });

test('a block ends what was between two people and hides each from the other', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  await makeTeammates(alice, bob);
  const socket = await bob.connect();
  expect((await block(alice, bob.userId)).status).toBe(204);

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

test('the list shows present names, the latest first, and pages; a block can be made again and ended', async () => {
  const [erin, frank, grace] = [await signUp('erin'), await signUp('frank'), await signUp('grace')];
  await block(erin, frank.userId);
  await block(erin, frank.userId);
  await block(erin, grace.userId);
  await db.statement
    .updateTable('accounts')
    .set({ username: 'franklin' })
    .where('account_id', '=', frank.userId)
    .execute();
  const first = await erin.call('listBlocks', { query: { limit: 1 } });
  const second = await erin.call('listBlocks', { query: { limit: 1, cursor: String(first.body.nextCursor) } });
  const listed = [first, second].flatMap(({ body }) => body.items as unknown as { userId: string; username: string }[]);
  expect(listed.map(({ username }) => username).toSorted()).toEqual(['franklin', 'grace']);
  expect(second.body.nextCursor).toBeUndefined();

  const params = { userId: frank.userId };
  expect((await erin.call('unblockUser', { params })).status).toBe(204);
  expect((await erin.call('unblockUser', { params })).status).toBe(204);
  expect((await erin.call('getUser', { params })).status).toBe(200);
  expect(await findAnnounced(db, 'relationships.person_unblocked')).toEqual([
    { accountId: erin.userId, otherId: frank.userId },
  ]);
});

test('whoever is blocked can block back and hide, and learns nothing from the answers', async () => {
  const [heidi, ivan] = [await signUp('heidi'), await signUp('ivan')];
  await block(heidi, ivan.userId);
  expect((await block(ivan, heidi.userId)).status).toBe(204);
  expect((await ivan.call('hideUser', { params: { userId: heidi.userId } })).status).toBe(204);
  await ivan.call('unblockUser', { params: { userId: heidi.userId } });
  expect((await ivan.call('getUser', { params: { userId: heidi.userId } })).status).toBe(404);
});

test('a hidden person stays visible everywhere but in the search, for both', async () => {
  const [judy, kate] = [await signUp('judy'), await signUp('kate')];
  const params = { userId: kate.userId };
  expect((await judy.call('hideUser', { params })).status).toBe(204);
  expect(await app.relationships.findKeptApart(db.read, judy.userId)).toEqual([kate.userId]);
  expect(await app.relationships.findKeptApart(db.read, kate.userId)).toEqual([judy.userId]);
  expect((await judy.call('getUser', { params })).status).toBe(200);
  expect((await judy.call('listHidden')).body.items).toMatchObject([{ userId: kate.userId, username: 'kate' }]);
  expect((await judy.call('unhideUser', { params })).status).toBe(204);
  expect(await app.relationships.findKeptApart(db.read, judy.userId)).toEqual([]);
});

test('refuses oneself, people who never were, a full list and strangers', async () => {
  const liam = await signUp('liam');
  const nowhere = { userId: '00000000-0000-7000-8000-000000000000' };
  for (const operation of ['blockUser', 'hideUser']) {
    expect((await liam.call(operation, { params: { userId: liam.userId } })).status).toBe(400);
    expect((await liam.call(operation, { params: { userId: 'liam' } })).status).toBe(400);
    expect(await liam.call(operation, { params: nowhere })).toMatchObject({
      status: 404,
      body: { code: 'user_not_found' },
    });
    expect((await nobody.call(operation, { params: nowhere })).status).toBe(401);
  }
  for (const operation of ['listBlocks', 'listHidden', 'listMyTeammates', 'getPrivacy']) {
    expect((await nobody.call(operation)).status).toBe(401);
  }
});
