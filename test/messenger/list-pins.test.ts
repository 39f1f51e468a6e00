import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat, listOf, say, textsOf } from '../helpers/chats.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const chatId = await createGroup(alice, []);
for (const text of ['one', 'two', 'three']) {
  clock.advance(1);
  const { seq } = await say(alice, chatId, text);
  await alice.call('pinMessage', { params: { chatId, seq: Number(seq) } });
}

test('the latest pin first, and to a newcomer only what they may see', async () => {
  const pins = async (person: typeof bob) =>
    textsOf(listOf((await person.call('listPins', { params: { chatId } })).body.items));
  expect(await pins(alice)).toEqual(['three', 'two', 'one']);
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: { newcomerHistory: 2 } });
  await bob.call('joinByInvite', { params: { code: String(invite.code) } });
  expect(await pins(bob)).toEqual(['three']);
});

test('refuses a bad shape and the wrong person', async () => {
  expect(await alice.call('listPins', { params: { chatId: 'x' } })).toMatchObject({ status: 400 });
  await expectNoChat(await signUp('carol'), 'listPins', { params: { chatId } });
  expect(await nobody.call('listPins', { params: { chatId } })).toMatchObject({ status: 401 });
});
