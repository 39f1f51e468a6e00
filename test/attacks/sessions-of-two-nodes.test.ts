import { afterAll, describe, expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { attackScale } from '../helpers/attack-scale.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';
import { hire, signInAs } from '../helpers/staff.ts';

/** What the machine may take for work that is done at once. */
const SOON_MS = 5_000;

describe.runIf(hasRedis)('sessions on two nodes', async () => {
  if (!hasRedis) return;
  const redis = await startRedis();
  afterAll(() => redis.stop());
  const parts = { tickMs: 50, redisUrl: redis.url };
  const north = await startApp({}, parts);
  const south = await startApp({}, { ...parts, beside: north });
  const chief = await hire(north, 'chief');
  const { nobody, clock } = north;

  test('R18: one refresh token, twenty times at once on both nodes, has one child', { timeout: 600_000 }, async () => {
    const alice = await north.signUp('alice');
    const { body } = await nobody.call('login', { body: { login: 'alice', password: alice.password } });
    let spent = String(body.tokens?.refreshToken);
    const refresh = (node: typeof north, refreshToken: string) =>
      node.nobody.call('refresh', { body: { refreshToken } });
    let before = '';
    for (let trial = 0; trial < 25 * attackScale; trial += 1) {
      const calls = Array.from({ length: 20 }, (_, i) => refresh(i % 2 === 0 ? north : south, spent));
      const children = new Set((await Promise.all(calls)).map((answer) => String(answer.body.tokens?.refreshToken)));
      expect(children.size).toBe(1);
      clock.advance(10);
      const late = await refresh(south, spent);
      expect(children.has(String(late.body.tokens?.refreshToken))).toBe(true);
      before = spent;
      [spent = ''] = children;
    }
    const sockets = await Promise.all([north, south].map((node) => node.visit(alice).connect()));
    const person = await signInAs(north, 'alice', alice.password);
    expect((await refresh(north, before)).status).toBe(200);
    clock.advance(1);
    expect((await refresh(south, before)).status).toBe(401);
    expect((await refresh(north, spent)).status).toBe(401);
    expect((await person.call('getMe')).status).toBe(200);
    for (const socket of sockets) socket.close();
  });

  const endings: [string, (person: Person) => Promise<unknown>][] = [
    ['logout', (person) => person.call('logout')],
    ['a ban', (person) => change(person, { state: 'banned' })],
    ['a suspension', (person) => change(person, { state: 'suspended' })],
    ['an administrator', (person) => chief.call('endUserSessions', { params: { userId: person.userId } })],
    [
      'a change of password',
      async (person) => {
        const other = await signInAs(south, person.username, person.password);
        const body = { currentPassword: person.password, newPassword: 'a wholly new sentence' };
        return other.call('changePassword', { body });
      },
    ],
    ['deletion', (person) => person.call('requestDeletion', { body: { password: person.password } })],
  ];
  const change = (person: Person, body: object) =>
    chief.call('updateUser', { params: { userId: person.userId }, body: { ...body, reason: 'a test' } });

  test.each(endings)('R19: %s cuts the sockets of both nodes and lets no new one in', async (way, end) => {
    const person = await north.signUp(`r19${way.replaceAll(/\W/g, '').slice(0, 18)}`);
    const sockets = await Promise.all([north, south].map((node) => node.visit(person).connect()));
    await end(person);
    const endedAt = performance.now();
    for (const socket of sockets) expect([4001, 4003]).toContain(await socket.closed);
    expect(performance.now() - endedAt).toBeLessThan(SOON_MS);
    for (const node of [north, south]) {
      expect((await node.visit(person).call('getMe')).status).toBe(401);
      await expect(node.visit(person).connect()).rejects.toThrow('401');
    }
  });

  test('R19: another role counts on both nodes from the next request on', async () => {
    const person = await north.signUp('promoted');
    const statuses = () =>
      Promise.all([north, south].map(async (node) => (await node.visit(person).call('listUsers')).status));
    expect(await statuses()).toEqual([403, 403]);
    await change(person, { role: 'admin' });
    expect(await statuses()).toEqual([200, 200]);
    await change(person, { role: 'user' });
    expect(await statuses()).toEqual([403, 403]);
  });

  test('R19: without the bus the heartbeat finds what has ended', { timeout: 60_000 }, async () => {
    const person = await north.signUp('unheard');
    const there = await south.visit(person).connect();
    await redis.kill();
    expect((await person.call('logout')).status).toBe(204);
    expect((await south.visit(person).call('getMe')).status).toBe(401);
    expect(await there.closed).toBe(4001);
    await redis.start();
  });
});
