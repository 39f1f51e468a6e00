import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import type { Answer } from '../helpers/client.ts';

const { nobody, signUp, clock, db } = await startApp();

const signIn = async (name: string) => {
  const person = await signUp(name);
  const { body } = await nobody.call('login', { body: { login: name, password: person.password } });
  return { person, refreshToken: String(body.tokens?.refreshToken), sessionId: String(body.tokens?.sessionId) };
};
const refresh = (refreshToken: string) => nobody.call('refresh', { body: { refreshToken } });
const tokenOf = ({ body }: Answer) => String(body.tokens?.refreshToken);
const me = (answer: Answer) =>
  nobody.call('getMe', { headers: { authorization: `Bearer ${answer.body.tokens?.accessToken}` } });

test('a refresh token is spent for a successor of the same session', async () => {
  const { refreshToken, sessionId } = await signIn('alice');
  const first = await refresh(refreshToken);
  expect(first.status).toBe(200);
  expect(first.body.tokens?.sessionId).toBe(sessionId);
  expect(tokenOf(first)).not.toBe(refreshToken);
  expect((await me(first)).status).toBe(200);
  expect((await refresh(tokenOf(first))).status).toBe(200);
});

test('whoever lost the answer gets the same successor for ten seconds', async () => {
  const { refreshToken } = await signIn('bob');
  const first = await refresh(refreshToken);
  clock.advance(10);
  const again = await refresh(refreshToken);
  expect(tokenOf(again)).toBe(tokenOf(first));
  expect((await refresh(tokenOf(again))).status).toBe(200);
});

test('reuse after the grace ends the session, its tokens and its sockets', async () => {
  const { refreshToken } = await signIn('carol');
  const first = await refresh(refreshToken);
  const socket = await nobody.connect(String(first.body.tokens?.accessToken));
  clock.advance(11);
  expect((await refresh(refreshToken)).status).toBe(401);
  expect(await socket.closed).toBe(4001);
  expect((await me(first)).status).toBe(401);
  expect((await refresh(tokenOf(first))).status).toBe(401);
});

test('reuse of a token whose successor was spent ends the session even within the grace', async () => {
  const { refreshToken } = await signIn('dave');
  const second = await refresh(tokenOf(await refresh(refreshToken)));
  expect((await refresh(refreshToken)).status).toBe(401);
  expect((await refresh(tokenOf(second))).status).toBe(401);
});

test('twenty parallel refreshes have one child', async () => {
  const { refreshToken } = await signIn('erin');
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set(answers.map(tokenOf)).size).toBe(1);
});

test('a token that we did not make ends no session', async () => {
  const { refreshToken, sessionId } = await signIn('frank');
  const bytes = Buffer.from(refreshToken, 'base64url');
  bytes.fill(7, 16, 48);
  expect((await refresh(bytes.toString('base64url'))).status).toBe(401);
  expect((await refresh('nonsense')).status).toBe(401);
  const rows = await db.read.selectFrom('sessions').select('ended_at').where('session_id', '=', sessionId).execute();
  expect(rows).toEqual([{ ended_at: null }]);
});

test('a session ends after thirty idle days, and after 180 days whatever its use', async () => {
  const { refreshToken } = await signIn('grace');
  clock.advance(30 * 86_400 + 1);
  expect((await refresh(refreshToken)).status).toBe(401);

  let { refreshToken: token } = await signIn('heidi');
  for (let day = 0; day < 174; day += 29) {
    clock.advance(29 * 86_400);
    const answer = await refresh(token);
    expect([day, answer.status]).toEqual([day, 200]);
    token = tokenOf(answer);
  }
  clock.advance(6 * 86_400 + 1);
  expect((await refresh(token)).status).toBe(401);
});

test('no token is kept that a copy of the database would give away', async () => {
  const { refreshToken, sessionId } = await signIn('ivan');
  const successor = tokenOf(await refresh(refreshToken));
  const row = await db.read.selectFrom('sessions').selectAll().where('session_id', '=', sessionId).executeTakeFirst();
  const bytes = Object.values(row ?? {}).map((value) =>
    Buffer.isBuffer(value) ? value.toString('latin1') : String(value),
  );
  for (const token of [refreshToken, successor]) {
    expect(bytes.join()).not.toContain(token);
    expect(bytes.join()).not.toContain(Buffer.from(token, 'base64url').toString('latin1').slice(16, 48));
  }
});
