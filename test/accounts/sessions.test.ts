import { expect, test } from 'vitest';
import type { Person } from '../helpers/app.ts';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, clock } = await startApp();

async function signInOn({ username, password }: Person, deviceName: string) {
  clock.advance(1);
  const { body } = await nobody.call('login', { body: { login: username, password, deviceName } });
  return { token: String(body.tokens?.accessToken), sessionId: String(body.tokens?.sessionId) };
}
const statusOf = async (token: string) =>
  (await nobody.call('getMe', { headers: { authorization: `Bearer ${token}` } })).status;

test('a person sees the devices that are signed in', async () => {
  const alice = await signUp('alice');
  await signInOn(alice, 'iPad');
  const { body } = await alice.call('listSessions');
  expect(body.items).toMatchObject([
    { deviceName: 'iPad', isCurrent: false },
    { sessionId: alice.sessionId, isCurrent: true },
  ]);
});

test('one device is signed out at once, its socket too', async () => {
  const bob = await signUp('bob');
  const phone = await signInOn(bob, 'iPhone');
  const socket = await nobody.connect(phone.token);
  expect((await bob.call('endSession', { params: { sessionId: phone.sessionId } })).status).toBe(204);
  expect(await socket.closed).toBe(4001);
  expect(await statusOf(phone.token)).toBe(401);
  expect((await bob.call('endSession', { params: { sessionId: phone.sessionId } })).status).toBe(204);
  expect((await bob.call('getMe')).status).toBe(200);
});

test('all other devices are signed out', async () => {
  const carol = await signUp('carol');
  const others = [await signInOn(carol, 'iPhone'), await signInOn(carol, 'iPad')];
  expect((await carol.call('endOtherSessions')).status).toBe(204);
  expect(await Promise.all(others.map(({ token }) => statusOf(token)))).toEqual([401, 401]);
  expect((await carol.call('listSessions')).body.items).toMatchObject([{ sessionId: carol.sessionId }]);
});

test("somebody else's session does not exist", async () => {
  const dave = await signUp('dave');
  const erin = await signUp('erin');
  const answer = await dave.call('endSession', { params: { sessionId: erin.sessionId } });
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect((await erin.call('getMe')).status).toBe(200);
});

test('the fifty-first device signs the least used one out', async () => {
  const frank = await signUp('frank');
  for (let i = 0; i < 50; i += 1) await signInOn(frank, `device ${i}`);
  expect(await statusOf(frank.token)).toBe(401);
  const last = await signInOn(frank, 'one more');
  const { body } = await nobody.call('listSessions', { headers: { authorization: `Bearer ${last.token}` } });
  expect(Object.keys(body.items ?? {})).toHaveLength(50);
});
