import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, say } from '../helpers/chats.ts';

const login = (i: number) => JSON.stringify({ login: `nobody${i}`, password: 'wrong password' });
const json = { 'content-type': 'application/json' };

test.each([
  ['nothing', () => ({})],
  ['X-Forwarded-For', (i: number) => ({ 'x-forwarded-for': `10.0.0.${i}` })],
  ['a chain', (i: number) => ({ 'x-forwarded-for': `10.0.0.${i}, 127.0.0.1` })],
  ['X-Real-IP', (i: number) => ({ 'x-real-ip': `10.0.0.${i}` })],
  ['Forwarded', (i: number) => ({ forwarded: `for=10.0.0.${i}` })],
  ['CF-Connecting-IP', (i: number) => ({ 'cf-connecting-ip': `10.0.0.${i}` })],
  ['True-Client-IP', (i: number) => ({ 'true-client-ip': `10.0.0.${i}` })],
  ['X-Client-IP', (i: number) => ({ 'x-client-ip': `10.0.0.${i}` })],
  ['X-Originating-IP', (i: number) => ({ 'x-originating-ip': `10.0.0.${i}` })],
  ['User-Agent', (i: number) => ({ 'user-agent': `agent ${i}` })],
])('C9: %s does not move the limit', async (_what, headers) => {
  const { nobody } = await startApp({ areLimitsOn: true });
  const statuses: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    const init = { method: 'POST', body: login(i), headers: { ...json, ...headers(i) } as Record<string, string> };
    statuses.push((await nobody.raw('/v1/auth/login', init)).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
});

test('C9: other spellings of the path are another path or the same limit', async () => {
  const { nobody } = await startApp({ areLimitsOn: true });
  for (let i = 0; i < 10; i += 1) await nobody.raw('/v1/auth/login', { method: 'POST', body: login(i), headers: json });
  for (const path of [
    '/v1/auth/login/',
    '/v1/auth/LOGIN',
    '/v1/auth/%6Cogin',
    '/v1//auth/login',
    '/v1/auth/login?x=1',
    '/v1/auth/./login',
    '/V1/auth/login',
  ]) {
    const { status } = await nobody.raw(path, { method: 'POST', body: login(99), headers: json });
    expect([path, [404, 405, 429].includes(status)]).toEqual([path, true]);
  }
});

test('C9: behind a trusted proxy the client counts, and only what the proxy said', async () => {
  const { nobody } = await startApp({ areLimitsOn: true, trustedProxies: ['127.0.0.1'] });
  const send = (i: number, from: string) =>
    nobody.raw('/v1/auth/login', { method: 'POST', body: login(i), headers: { ...json, 'x-forwarded-for': from } });
  for (let i = 0; i < 10; i += 1) expect((await send(i, `6.6.6.${i}, 203.0.113.7`)).status).toBe(401);
  expect((await send(11, '6.6.6.11, 203.0.113.7')).status).toBe(429);
  expect((await send(12, '203.0.113.8')).status).toBe(401);
  for (let i = 0; i < 10; i += 1) expect((await send(i, `2001:db8:1:2::${i}`)).status).toBe(401);
  expect((await send(13, '2001:db8:1:2:ffff::1')).status).toBe(429);
});

test('C10: five hundred at once are ten, and the headers say so', async () => {
  const { nobody } = await startApp({ areLimitsOn: true });
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, i) =>
      nobody.raw('/v1/auth/login', { method: 'POST', body: login(i), headers: json }),
    ),
  );
  expect(answers.filter(({ status }) => status !== 429)).toHaveLength(10);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers.get('ratelimit-policy')).toBe('"login";q=10;w=300');
  expect(refused?.headers.get('ratelimit')).toMatch(/^"login";r=0;t=\d+$/);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('marks, deletions, new groups and typing have limits of their own; too much typing has no effect', async () => {
  const { signUp } = await startApp({ areLimitsOn: true });
  const [alice, bob] = [await signUp('alice'), await signUp('bob')];
  const chats = [await createGroup(alice, [bob]), await createGroup(alice, [bob])];
  const params = { chatId: String(chats[0]) };
  const socket = await alice.connect();
  const repeat = async (times: number, call: (i: number) => Promise<unknown>) => {
    const answers: unknown[] = [];
    for (let i = 0; i < times; i += 1) answers.push(await call(i));
    return answers;
  };
  const marks = await repeat(600, (i) =>
    socket.ask({ op: i % 2 ? 'read' : 'delivered', ...params, seq: 1 }).then(({ op }) => op),
  );
  expect(new Set(marks)).toEqual(new Set(['ack']));
  expect(await socket.ask({ op: 'read', ...params, seq: 1 })).toMatchObject({ code: 'too_many_requests' });
  expect(await alice.call('markDelivered', { params, body: { seq: 1 } })).toMatchObject({ status: 429 });

  const remove = () => alice.call('deleteMessage', { params: { ...params, seq: 1 } }).then(({ status }) => status);
  expect(await repeat(301, remove)).toEqual([...Array.from({ length: 300 }, () => 204), 429]);

  const make = () => alice.call('createChat', { body: { title: 'x', memberIds: [] } }).then(({ status }) => status);
  expect(await repeat(59, make)).toEqual([...Array.from({ length: 58 }, () => 201), 429]);

  // Only what is not quiet already counts, so each comes to another chat; that there is none shows that it was looked at.
  const type = () => socket.ask({ op: 'typing', chatId: randomUUID() }).then(({ code }) => code);
  expect(new Set(await repeat(120, type))).toEqual(new Set(['chat_not_found']));
  expect(await socket.ask({ op: 'typing', chatId: randomUUID() })).toMatchObject({ op: 'ack' });
  const ears = await bob.connect();
  expect(await socket.ask({ op: 'typing', chatId: chats[1] })).toMatchObject({ op: 'ack' });
  await ears.ask({ op: 'ping' });
  expect(ears.rest()).toEqual([]);
  for (const open of [socket, ears]) open.close();
});

test('pins, votes, reactions and the ends of polls count as the messages that everybody hears', async () => {
  const { signUp } = await startApp({ areLimitsOn: true });
  const alice = await signUp('alice');
  const chatId = await createGroup(alice, []);
  const { seq } = await say(alice, chatId, 'Правила');
  const { body: poll } = await alice.call('createPoll', {
    params: { chatId },
    body: { clientId: randomUUID(), question: 'Кто в деле?', options: ['я', 'не я'] },
  });
  const statuses: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    for (const operation of ['pinMessage', 'unpinMessage']) {
      statuses.push((await alice.call(operation, { params: { chatId, seq: Number(seq) } })).status);
    }
    const input = { params: { chatId, seq: Number(poll.seq) }, body: { options: [round % 2] } };
    statuses.push((await alice.call('vote', input)).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 18 }, () => 200), 429, 429, 429]);
  const reaction = { chatId, seq: Number(seq), emoji: '👍' };
  for (const operation of ['setReaction', 'removeReaction'])
    expect((await alice.call(operation, { params: reaction })).status).toBe(429);
  expect((await alice.call('closePoll', { params: { chatId, seq: Number(poll.seq) } })).status).toBe(429);
});

test('messages over the socket and over REST are twenty in ten seconds together', async () => {
  const { signUp } = await startApp({ areLimitsOn: true });
  const alice = await signUp('alice');
  const chatId = await createGroup(alice, []);
  const socket = await alice.connect();
  const codes = await Promise.all(
    Array.from({ length: 30 }, async (_, i) => {
      const message = { clientId: randomUUID(), text: `${i}` };
      if (i % 2 === 0) return String((await socket.ask({ op: 'send', chatId, ...message })).code);
      return String((await alice.call('sendMessage', { params: { chatId }, body: message })).body.code);
    }),
  );
  expect(codes.filter((code) => code === 'undefined')).toHaveLength(20);
  expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(10);
});

test('guests of one address search ten times as often as one, and no more', async () => {
  const { nobody } = await startApp({ areLimitsOn: true });
  const guests = await Promise.all(Array.from({ length: 11 }, () => nobody.call('createGuest', { body: {} })));
  const searches = guests.flatMap(({ body }) => {
    const headers = { authorization: `Bearer ${String(body.tokens?.accessToken)}` };
    return Array.from({ length: 30 }, () => nobody.call('listTeammates', { headers }));
  });
  const answers = await Promise.all(searches);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(300);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(30);
  expect(refused[0]?.headers.get('ratelimit-policy')).toBe('"search_address";q=300;w=60');
});

test('names of games are looked up two a second at most', async () => {
  const { signUp } = await startApp({ areLimitsOn: true });
  const alice = await signUp('alice');
  const ask = async (i: number) => (await alice.call('listGames', { query: { query: `wxyz${i}` } })).status;
  const statuses = await Promise.all(Array.from({ length: 122 }, (_, i) => ask(i)));
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});
