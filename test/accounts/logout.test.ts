import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();

test('after logout the token is refused and the socket closes', async () => {
  const carol = await signUp('carol');
  const socket = await carol.connect();
  expect((await carol.call('logout')).status).toBe(204);
  expect(await socket.next('session.ended')).toMatchObject({ data: { reason: 'token_ended' } });
  expect(await socket.closed).toBe(4001);
  expect((await carol.call('getMe')).status).toBe(401);
});

test('ends the session it is called with and no other', async () => {
  const dave = await signUp('dave');
  const { body } = await nobody.call('login', { body: { login: 'dave', password: dave.password } });
  const phone = { headers: { authorization: `Bearer ${body.tokens?.accessToken}` } };
  expect((await nobody.call('logout', phone)).status).toBe(204);
  expect((await nobody.call('getMe', phone)).status).toBe(401);
  expect((await dave.call('getMe')).status).toBe(200);
});

test('needs somebody who is signed in', async () => {
  expect(await nobody.call('logout')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
});
