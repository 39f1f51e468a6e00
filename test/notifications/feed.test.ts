import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';
import { hire } from '../helpers/staff.ts';
import { makeTeammates, talk } from '../helpers/teammates.ts';

const server = await startApp();
const { signUp, settle, clock, app, db } = server;
const DAY = 86_400;

async function readFeed(person: Person, query = {}): Promise<{ items: Body[]; unread: number; nextCursor?: string }> {
  await settle();
  const { status, body } = await person.call('listNotifications', { query });
  expect(status).toBe(200);
  return {
    items: listOf(body.items),
    unread: Number(body.unread),
    ...(body.nextCursor !== undefined && { nextCursor: String(body.nextCursor) }),
  };
}

const kindsOf = async (person: Person): Promise<string[]> =>
  (await readFeed(person)).items.map(({ kind }) => String(kind));

const ask = async (from: Person, to: Person): Promise<string> => {
  const { body } = await from.call('createTeammateRequest', { body: { userId: to.userId } });
  return String(body.requestId);
};

test('a request is told to the one who is asked, its acceptance to the one who asked, on open sockets too', async () => {
  const alice = await signUp('alice');
  const bob = await signUp('bob', { locale: 'ru' });
  const [hers, his] = [await alice.connect(), await bob.connect()];
  const requestId = await ask(alice, bob);
  await settle();
  const live = await his.next('notification');
  expect(live.data).toMatchObject({
    unread: 1,
    notification: { kind: 'teammate_request', requestId, isRead: false, user: { userId: alice.userId } },
  });
  const { items, unread } = await readFeed(bob);
  expect({ items, unread }).toMatchObject({ items: [{ text: 'alice зовёт вас в тиммейты' }], unread: 1 });
  expect(items[0]).toEqual(live.data?.notification);
  expect(await readFeed(alice)).toEqual({ items: [], unread: 0 });

  await bob.call('acceptTeammateRequest', { params: { requestId } });
  await settle();
  expect((await hers.next('notification')).data).toMatchObject({
    notification: { kind: 'request_accepted', requestId, text: 'bob is your teammate now' },
  });
  // What was answered needs no reading.
  expect(await readFeed(bob)).toMatchObject({ items: [{ isRead: true }], unread: 0 });
  for (const socket of [hers, his]) socket.close();
});

test('a request that is taken back leaves the feed', async () => {
  const [cora, carl] = [await signUp('cora'), await signUp('carl')];
  const requestId = await ask(cora, carl);
  expect(await kindsOf(carl)).toEqual(['teammate_request']);
  await cora.call('withdrawTeammateRequest', { params: { requestId } });
  expect(await kindsOf(carl)).toEqual([]);
  expect(await kindsOf(cora)).toEqual([]);
});

test('a rating is told once both sides see theirs, or after its week; never before, never twice', async () => {
  const [dave, dora] = [await signUp('dave'), await signUp('dora')];
  const [eve, evan] = [await signUp('eve'), await signUp('evan')];
  for (const [one, other] of [
    [dave, dora],
    [eve, evan],
  ] as const) {
    await makeTeammates(one, other);
    await talk(one, other);
  }
  clock.advance(DAY);
  const [late1, late2, late3] = [await dave.signInAgain(), await dora.signInAgain(), await eve.signInAgain()];
  const body = { play: 4, communication: 5, reliability: 4, friendliness: 5 };
  await late1.call('rateUser', { params: { userId: dora.userId }, body });
  await late3.call('rateUser', { params: { userId: evan.userId }, body });
  expect(await kindsOf(late2)).not.toContain('rating');
  await late2.call('rateUser', { params: { userId: dave.userId }, body });
  await late2.call('rateUser', { params: { userId: dave.userId }, body: { ...body, play: 1 } });
  for (const [person, other] of [
    [late1, dora],
    [late2, dave],
  ] as const) {
    const ratings = (await readFeed(person)).items.filter(({ kind }) => String(kind) === 'rating');
    expect(ratings).toMatchObject([{ user: { userId: other.userId } }]);
  }
  clock.advance(7 * DAY);
  await app.ratings.countRevealed();
  await app.ratings.countRevealed();
  const ratings = (await kindsOf(await evan.signInAgain())).filter((kind) => kind === 'rating');
  expect(ratings).toHaveLength(1);
  expect((await kindsOf(await dave.signInAgain())).filter((kind) => kind === 'rating')).toHaveLength(1);

  // Taken back and given anew it is no news.
  const again = await dora.signInAgain();
  for (let i = 0; i < 3; i += 1) {
    await again.call('unrateUser', { params: { userId: dave.userId } });
    expect(await again.call('rateUser', { params: { userId: dave.userId }, body })).toMatchObject({ status: 200 });
  }
  expect((await kindsOf(await dave.signInAgain())).filter((kind) => kind === 'rating')).toHaveLength(1);
});

test('a match of a saved search is told, however often the event is handled', async () => {
  const [fay, finn] = [await signUp('fay'), await signUp('finn')];
  const savedSearchId = randomUUID();
  const payload = JSON.stringify({ accountId: fay.userId, savedSearchId, matchId: finn.userId });
  await db.statement.insertInto('outbox_events').values({ type: 'search.match_found', payload }).execute();
  expect((await readFeed(fay)).items).toMatchObject([
    { kind: 'search_match', savedSearchId, text: 'finn fits your saved search' },
  ]);
  // The consumer loses its place and begins anew: nobody is told of anything twice.
  const before = await db.read.selectFrom('notifications').select('notification_id').execute();
  await db.statement
    .updateTable('outbox_cursors')
    .set({ event_id: 0, transaction_id: '0' })
    .where('consumer', '=', 'notifications')
    .execute();
  await settle();
  const after = await db.read.selectFrom('notifications').select('notification_id').execute();
  const known = new Set(before.map(({ notification_id }) => notification_id));
  expect(after.filter(({ notification_id }) => !known.has(notification_id))).toEqual([]);
});

test('nothing of people who blocked each other, of who is banned or gone', async () => {
  const [gus, gwen, hal, ida, jon] = await Promise.all(
    ['gus', 'gwen', 'hal', 'ida', 'jon'].map((name) => signUp(name)),
  );
  if (!gus || !gwen || !hal || !ida || !jon) throw new Error('somebody is missing');
  for (const asking of [gwen, hal, ida, jon]) await ask(asking, gus);
  expect((await readFeed(gus)).unread).toBe(4);

  await gus.call('blockUser', { params: { userId: gwen.userId } });
  await hal.call('blockUser', { params: { userId: gus.userId } });
  const chief = await hire(server, 'chief');
  await chief.call('updateUser', { params: { userId: ida.userId }, body: { state: 'banned', reason: 'spam' } });
  await jon.call('requestDeletion', { body: { password: jon.password } });
  // Before the log is handled the list leaves them out by itself.
  const { body } = await gus.call('listNotifications');
  expect(body.items).toEqual([]);
  expect(await readFeed(gus)).toEqual({ items: [], unread: 0 });

  // Nor when the event is handled after the block.
  const kim = await signUp('kim');
  const payload = JSON.stringify({ accountId: gus.userId, savedSearchId: randomUUID(), matchId: kim.userId });
  await gus.call('blockUser', { params: { userId: kim.userId } });
  await db.statement.insertInto('outbox_events').values({ type: 'search.match_found', payload }).execute();
  expect(await readFeed(gus)).toEqual({ items: [], unread: 0 });
});

test('pages go back without gap or repeat; a cursor is good for its owner only', async () => {
  const [leo, mia] = [await signUp('leo'), await signUp('mia')];
  const asking = await Promise.all(['nat', 'ned', 'nia', 'noa', 'nik'].map((name) => signUp(name)));
  for (const person of asking) {
    await ask(person, leo);
    clock.advance(1);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readFeed(leo, { limit: 2, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.items.map(({ user }) => String(user?.username)));
    if (cursor !== undefined) expect((await mia.call('listNotifications', { query: { cursor } })).status).toBe(400);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(5);
  expect(new Set(seen)).toEqual(new Set(['nat', 'ned', 'nia', 'noa', 'nik']));
});

test('entries are marked as read by their ids or up to one, the own ones only', async () => {
  const [olga, owen] = [await signUp('olga'), await signUp('owen')];
  for (const name of ['pam', 'pia', 'pit']) {
    await ask(await signUp(name), olga);
    await settle();
    clock.advance(1);
  }
  const { items } = await readFeed(olga);
  const [newest, middle] = items.map(({ notificationId }) => String(notificationId));
  const socket = await olga.connect();
  const mark = async (person: Person, body: object) => person.call('markNotificationsRead', { body });

  expect((await mark(owen, { ids: [newest] })).body).toEqual({ unread: 0 });
  expect((await mark(olga, { ids: [newest] })).body).toEqual({ unread: 2 });
  expect((await socket.next('notification.read')).data).toEqual({ ids: [newest], unread: 2 });
  expect((await mark(olga, { upTo: middle })).body).toEqual({ unread: 0 });
  expect((await mark(olga, { upTo: middle })).body).toEqual({ unread: 0 });
  expect((await socket.next('notification.read')).data).toEqual({ upTo: middle, unread: 0 });
  expect((await readFeed(olga)).items.map(({ isRead }) => Boolean(isRead))).toEqual([true, true, true]);
  for (const body of [{}, { upTo: middle, ids: [newest] }, { ids: [] }, { ids: ['x'] }])
    expect((await mark(olga, body)).status).toBe(400);
  socket.close();
});

test('the feed goes back 90 days, and leaves with the account', async () => {
  const [quin, rosa] = [await signUp('quin'), await signUp('rosa')];
  await ask(rosa, quin);
  await settle();
  clock.advance(89 * DAY);
  await app.notifications.forgetOld();
  expect(await kindsOf(await quin.signInAgain())).toEqual(['teammate_request']);
  clock.advance(2 * DAY);
  await app.notifications.forgetOld();
  expect(await kindsOf(await quin.signInAgain())).toEqual([]);

  const sam = await signUp('sam');
  await ask(await rosa.signInAgain(), sam);
  expect(await kindsOf(sam)).toEqual(['teammate_request']);
  await sam.call('requestDeletion', { body: { password: sam.password } });
  await settle();
  const rows = await db.read.selectFrom('notifications').selectAll().where('account_id', '=', sam.userId).execute();
  expect(rows).toEqual([]);
});
