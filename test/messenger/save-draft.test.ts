import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { expectNoChat, openDirect, readChat, readEvents } from '../helpers/chats.ts';

const { nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const chatId = await openDirect(alice, bob);

const save = (body: object) => bob.call('saveDraft', { params: { chatId }, body });

test('a draft is on all own devices and on nobody else’s', async () => {
  const [his, her] = [await bob.connect(), await alice.connect()];
  expect((await save({ text: 'Го в до', replyToSeq: 1 })).body.draft).toEqual({ text: 'Го в до', replyToSeq: 1 });
  expect(await his.next('state.changed')).toMatchObject({ data: { draft: { text: 'Го в до' } } });
  expect(await readEvents(her)).toEqual([]);
  expect(await readChat(alice, chatId)).not.toHaveProperty('draft');
  expect((await save({ text: '' })).body).not.toHaveProperty('draft');
  for (const socket of [his, her]) socket.close();
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await save({ text: 'я'.repeat(4_001) })).toMatchObject({ status: 400 });
  expect(await save({})).toMatchObject({ status: 400 });
  await expectNoChat(carol, 'saveDraft', { params: { chatId }, body: { text: 'x' } });
  expect(await nobody.call('saveDraft', { params: { chatId }, body: { text: 'x' } })).toMatchObject({ status: 401 });
});
