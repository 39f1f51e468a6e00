import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db, clock, app } = await startApp();

const ask = async (from: Person, to: Person) => {
  const { body } = await from.call('createTeammateRequest', { body: { userId: to.userId } });
  return { requestId: String(body.requestId) };
};

test('makes the two teammates, tells both, and can be repeated', async () => {
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const socket = await alice.connect();
  const params = await ask(alice, bob);
  const accepted = await bob.call('acceptTeammateRequest', { params });
  expect(accepted).toMatchObject({ status: 200, body: { state: 'accepted', direction: 'incoming' } });
  expect((await bob.call('acceptTeammateRequest', { params })).body).toEqual(accepted.body);
  expect(await socket.next('teammate_request.accepted')).toMatchObject({ data: { direction: 'outgoing' } });
  expect((await alice.call('listMyTeammates')).body.items).toMatchObject([{ user: { userId: bob.userId } }]);
  expect((await bob.call('listMyTeammates')).body.items).toMatchObject([{ user: { userId: alice.userId } }]);
  const pair = { accountId: bob.userId, otherId: alice.userId };
  expect(await findAnnounced(db, 'relationships.teammates_made')).toEqual([pair]);
  expect(await findAnnounced(db, 'relationships.teammate_request_closed')).toEqual([
    { ...params, senderId: alice.userId, recipientId: bob.userId, outcome: 'accepted' },
  ]);
});

test('to everybody but the recipient there is no such request', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  const params = await ask(carol, dave);
  for (const person of [carol, erin]) {
    expect(await person.call('acceptTeammateRequest', { params })).toMatchObject({
      status: 404,
      body: { code: 'teammate_request_not_found' },
    });
  }
  expect((await nobody.call('acceptTeammateRequest', { params })).status).toBe(401);
  expect((await dave.call('acceptTeammateRequest', { params: { requestId: 'first' } })).status).toBe(400);
});

test('a request that expired, or whose sender was banned, is over', async () => {
  const [frank, grace, heidi] = [await signUp('frank'), await signUp('grace'), await signUp('heidi')];
  const closed = { status: 409, body: { code: 'teammate_request_closed' } };
  const ofBanned = await ask(frank, grace);
  await db.statement.updateTable('accounts').set({ state: 'banned' }).where('account_id', '=', frank.userId).execute();
  expect(await grace.call('acceptTeammateRequest', { params: ofBanned })).toMatchObject(closed);
  const params = await ask(heidi, grace);
  clock.advance(14 * 86_400);
  const later = await grace.signInAgain();
  expect(await later.call('acceptTeammateRequest', { params })).toMatchObject(closed);
});

test('a yes and a block at the same moment never leave blocked teammates', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [ivan, judy] = [await signUp(`ivan${round}`), await signUp(`judy${round}`)];
    const params = await ask(ivan, judy);
    await Promise.all([
      judy.call('acceptTeammateRequest', { params }),
      ivan.call('blockUser', { params: { userId: judy.userId } }),
    ]);
    const relations = await app.relationships.findRelations(db.read, judy.userId, [ivan.userId]);
    expect(relations.get(ivan.userId)).toBe('blocked');
    expect((await judy.call('listMyTeammates')).body.items).toEqual([]);
    await ivan.call('unblockUser', { params: { userId: judy.userId } });
    expect((await judy.call('listMyTeammates')).body.items).toEqual([]);
  }
});
