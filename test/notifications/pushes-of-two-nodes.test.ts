import { afterAll, describe, expect, test, vi } from 'vitest';
import { createRedisContacts } from '#platform/contact-store.ts';
import { createLogger } from '#platform/logger.ts';
import { connectRedis } from '#platform/redis.ts';
import { startApns } from '../helpers/apns.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { openDirect, say } from '../helpers/chats.ts';
import { register, tokenOf } from '../helpers/devices.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';

describe.runIf(hasRedis)('two nodes with one Redis', async () => {
  if (!hasRedis) return;
  const redis = await startRedis();
  afterAll(() => redis.stop());
  const apns = await startApns();
  const parts = { redisUrl: redis.url };
  const north = await startApp({ apns: apns.config }, parts);
  const south = await startApp({ apns: apns.config }, { ...parts, beside: north });
  const client = await connectRedis(redis.url, createLogger('silent'));
  afterAll(() => client.close());
  const contacts = createRedisContacts(client);
  const { clock, signUp } = north;

  async function join(name: string) {
    const person = await signUp(name);
    await register(person, tokenOf(name));
    return person;
  }

  /** Either node may have taken up what the other waits for. */
  async function settle(): Promise<void> {
    for (const node of [north, south, north]) await node.settle();
  }

  /** What the nodes send in so many seconds, by the phones that get it. */
  async function pushesIn(seconds: number): Promise<string[]> {
    await settle();
    clock.advance(seconds);
    await settle();
    return apns.take().map(({ token }) => token);
  }

  /** The node with the socket has told the others that it is open, or no more. */
  const isKnown = (session: Person, isOpen: boolean) =>
    vi.waitFor(async () => {
      const contact = (await contacts.find([session.sessionId])).get(session.sessionId);
      expect(contact?.isOpen).toBe(isOpen);
    });

  test('a message of one node is no push to whom the other gave it live, but one to their other device', async () => {
    const [alice, bob] = [await join('alice'), await join('bob')];
    const tablet = await bob.signInAgain();
    await register(tablet, tokenOf('tablet'));
    const chatId = await openDirect(alice, bob);
    await pushesIn(60);
    const socket = await south.visit(bob).connect();
    await isKnown(bob, true);
    await say(alice, chatId, 'live');
    await settle();
    await socket.next('message.created');
    clock.advance(1);
    await socket.ask({ op: 'ping' });
    expect(await pushesIn(4)).toEqual([tokenOf('tablet')]);
    socket.close();
    await isKnown(bob, false);
    expect(await pushesIn(60)).toEqual([]);
  });

  test('whose socket on the other node heard nothing more gets the push, once over both nodes', async () => {
    const [carol, dave] = [await join('carol'), await join('dave')];
    const chatId = await openDirect(carol, dave);
    await pushesIn(60);
    const socket = await south.visit(dave).connect();
    await isKnown(dave, true);
    clock.advance(1);
    await say(carol, chatId, 'lost');
    await settle();
    // Open, but silent: it may still answer.
    expect(await pushesIn(4)).toEqual([]);
    socket.socket.terminate();
    await isKnown(dave, false);
    expect(await pushesIn(60)).toEqual([tokenOf('dave')]);
  });
});
