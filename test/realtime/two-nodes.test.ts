import { afterAll, describe, expect, test } from 'vitest';
import { changedAccounts, endedSessions } from '#platform/frames.ts';
import { startApp } from '../helpers/app.ts';
import { openAccepted } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';
import type { TestSocket } from '../helpers/socket.ts';

const patience = { timeout: 15_000, interval: 50 };

describe.runIf(hasRedis)('two nodes with one Redis', async () => {
  if (!hasRedis) return;
  const redis = await startRedis();
  afterAll(() => redis.stop());
  const parts = { tickMs: 20, redisUrl: redis.url };
  const north = await startApp({}, parts);
  const south = await startApp({}, { ...parts, beside: north });
  const alice = await north.signUp('alice');
  const bob = await north.signUp('bob');
  const chatId = await openAccepted(alice, bob);
  // The news of it goes to no socket that is opened later.
  for (const node of [north, south, north]) await node.settle();

  const say = (person: { call: typeof alice.call }, text: string) =>
    person.call('sendMessage', { params: { chatId }, body: { clientId: crypto.randomUUID(), text } });
  const textOf = async (socket: TestSocket) => (await socket.next('message.created')).data?.text;

  test('a message reaches the sockets of both nodes, in order and once', async () => {
    const here = await bob.connect();
    const there = await south.visit(bob).connect();
    const texts = Array.from({ length: 20 }, (_, i) => `${i}`);
    for (const text of texts) expect((await say(alice, text)).status).toBe(201);
    for (const socket of [here, there]) {
      for (const text of texts) expect(await textOf(socket)).toBe(text);
      expect(socket.rest()).toEqual([]);
      socket.close();
    }
  });

  test('one clientId, fifty times over REST, sockets and both nodes, is one message', async () => {
    const clientId = crypto.randomUUID();
    const elsewhere = south.visit(alice);
    const sockets = [await alice.connect(), await elsewhere.connect()];
    const body = { clientId, text: 'only once' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i): Promise<Body | undefined> => {
        const socket = sockets[i % 2];
        if (i % 4 < 2 && socket) return (await socket.ask({ op: 'send', chatId, ...body })).data;
        return (await [alice, elsewhere][i % 2]?.call('sendMessage', { params: { chatId }, body }))?.body;
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { body: history } = await bob.call('listMessages', { params: { chatId } });
    const items = history.items as unknown as Body[];
    expect(items.filter((message) => String(message.clientId) === clientId)).toHaveLength(1);
    expect(items.map(({ seq }) => Number(seq))).toEqual(items.map((_, i) => i + 1));
    for (const socket of sockets) socket.close();
  });

  test('who is online on one node is found by the search of the other', async () => {
    const found = async () => {
      const { body } = await alice.call('listTeammates', { query: { online: 'true' } });
      return (body.items as unknown as { user: Body }[]).map(({ user }) => user.username);
    };
    const dave = await north.signUp('dave');
    await dave.call('updateMyProfile', { body: { languages: ['en'] } });
    await Promise.all([north.settle(), south.settle()]);
    const socket = await south.visit(dave).connect();
    await expect.poll(found, patience).toEqual(['dave']);
    expect((await alice.call('getUser', { params: { userId: dave.userId } })).body.presence).toEqual({
      isOnline: true,
    });
    socket.close();
    await expect.poll(found, patience).toEqual([]);
  });

  test('logout on one node closes the socket on the other', async () => {
    const carol = await north.signUp('carol');
    const socket = await south.visit(carol).connect();
    expect((await carol.call('logout')).status).toBe(204);
    expect(await socket.next('session.ended')).toBeDefined();
    expect(await socket.closed).toBe(4001);
    expect((await south.visit(carol).call('getMe')).status).toBe(401);
  });

  test('a ban and a change of role reach the other node at once', async () => {
    const dave = await north.signUp('dave');
    const socket = await south.visit(dave).connect();
    await north.db.statement
      .updateTable('accounts')
      .set({ role: 'guest' })
      .where('account_id', '=', dave.userId)
      .execute();
    north.bus.publish(changedAccounts, { accountIds: [dave.userId] });
    await expect.poll(async () => (await socket.ask({ op: 'presence', userIds: [] })).code, patience).toBe('forbidden');
    north.bus.publish(endedSessions, { sessionIds: [dave.sessionId], reason: 'banned' });
    expect(await socket.closed).toBe(4003);
  });

  test('presence is one for both nodes', async () => {
    const watcher = await south.visit(alice).connect();
    await watcher.ask({ op: 'presence', userIds: [bob.userId] });
    const here = await bob.connect();
    expect((await watcher.next('presence.changed')).data).toMatchObject({ isOnline: true });
    const there = await south.visit(bob).connect();
    here.close();
    await here.closed;
    there.close();
    expect((await watcher.next('presence.changed')).data).toMatchObject({ isOnline: false });
    expect(watcher.rest()).toEqual([]);
    watcher.close();
  });

  describe.each([
    ['killed', () => redis.kill(), () => redis.start()],
    ['frozen', async () => redis.freeze(), async () => redis.thaw()],
  ])('while Redis is %s', (_what, takeAway, giveBack) => {
    test('writes and local delivery go on, and the gap heals afterwards', async () => {
      const here = await bob.connect();
      const there = await south.visit(bob).connect();
      const before = await say(alice, 'before');
      expect([await textOf(here), await textOf(there)]).toEqual(['before', 'before']);

      await takeAway();
      // Nobody waits for Redis.
      for (const text of ['one', 'two', 'three']) {
        expect((await say(alice, text)).status).toBe(201);
        expect(await textOf(here)).toBe(text);
      }
      await giveBack();

      // Either the hints come late, or each side is told that it may have missed some and asks for what it missed.
      const since = Number(before.body.rev);
      const seen = new Set<string>();
      await expect
        .poll(async () => {
          const frames = there.rest();
          for (const { data } of frames) if (data?.text) seen.add(String(data.text));
          if (frames.some(({ type }) => String(type) === 'sync.needed')) {
            const { body } = await south.visit(bob).call('listChanges', { params: { chatId }, query: { since } });
            for (const { data } of body.items as unknown as Body[]) seen.add(String(data?.text));
          }
          return [...seen];
        }, patience)
        .toEqual(['one', 'two', 'three']);

      await expect
        .poll(async () => {
          await say(alice, 'after');
          return there.rest().some(({ data }) => String(data?.text) === 'after');
        }, patience)
        .toBe(true);
      for (const socket of [here, there]) socket.close();
    });
  });
});
