import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();

test('everyone may write, until the person decides otherwise', async () => {
  const alice = await signUp('alice');
  expect(await alice.call('getPrivacy')).toMatchObject({ status: 200, body: { whoMayWrite: 'everyone' } });
  await alice.call('updatePrivacy', { body: { whoMayWrite: 'nobody' } });
  expect((await alice.call('getPrivacy')).body).toEqual({ whoMayWrite: 'nobody' });
  expect((await nobody.call('getPrivacy')).status).toBe(401);
});
