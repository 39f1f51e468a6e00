import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');

test('receipts are shown until one hides them', async () => {
  expect((await alice.call('getMessengerSettings')).body).toEqual({ showsReceipts: true });
  await alice.call('updateMessengerSettings', { body: { showsReceipts: false } });
  expect((await alice.call('getMessengerSettings')).body).toEqual({ showsReceipts: false });
});

test('refuses who has not signed in', async () => {
  expect(await nobody.call('getMessengerSettings')).toMatchObject({ status: 401 });
});
