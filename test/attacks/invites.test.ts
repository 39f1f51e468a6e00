/** Attack case C15 of docs/security.md: invitations guessed, reused, revived or turned elsewhere. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { attackScale } from '../helpers/attack-scale.ts';
import { createGroup, expectNoChat, listOf, readChat, say } from '../helpers/chats.ts';

const { clock, db, signUp } = await startApp();
const alice = await signUp('alice');
const mallory = await signUp('mallory');
const chatId = await createGroup(alice, []);
const join = (person: Person, code: string) => person.call('joinByInvite', { params: { code } });

async function invite(body: object = {}) {
  const answer = await alice.call('createInvite', { params: { chatId }, body });
  return { code: String(answer.body.code), inviteId: String(answer.body.inviteId) };
}

test('a code is 128 random bits, and two thousand guesses find none', { timeout: 600_000 }, async () => {
  const codes = new Set<string>();
  for (let i = 0; i < 20; i += 1) codes.add((await invite()).code);
  expect(codes.size).toBe(20);
  for (const code of codes) expect(Buffer.from(code, 'base64url')).toHaveLength(16);
  for (let i = 0; i < 40 * attackScale; i += 1) {
    const guesses = Array.from({ length: 50 }, () => randomBytes(16).toString('base64url'));
    const answers = await Promise.all(guesses.map((code) => mallory.call('previewInvite', { params: { code } })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  }
  await db.statement.deleteFrom('chat_invites').execute();
});

test('a near miss of a true code finds none either', async () => {
  const { code } = await invite();
  for (const guess of [code.toLowerCase(), code.toUpperCase(), `${code.slice(0, -1)}A`, `A${code.slice(1)}`]) {
    if (guess !== code) expect((await join(mallory, guess)).status).toBe(404);
  }
  await expectNoChat(mallory, 'getChat', { params: { chatId } });
});

test('of a hundred joins at once on one seat, one passes', async () => {
  const { code } = await invite({ maxUses: 1 });
  const people = await Promise.all(Array.from({ length: 20 }, (_, i) => signUp(`racer${i}`)));
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => join(people[i % 20] as Person, code)));
  const winners = new Set(people.filter((_person, i) => answers.some((one, k) => k % 20 === i && one.status === 200)));
  expect(winners.size).toBe(1);
  expect(await readChat(alice, chatId)).toMatchObject({ memberCount: 2 });
});

test('a link that ended, was withdrawn, reset or is spent lets nobody in', async () => {
  const [ended, withdrawn, reset, spent] = [
    await invite({ expiresInSeconds: 60 }),
    await invite(),
    await invite(),
    await invite({ maxUses: 1 }),
  ];
  await join(await signUp('last'), spent.code);
  await alice.call('deleteInvite', { params: { chatId, inviteId: withdrawn.inviteId } });
  await alice.call('resetInvite', { params: { chatId, inviteId: reset.inviteId } });
  clock.advance(61);
  for (const { code } of [ended, withdrawn, reset, spent]) {
    expect(await join(mallory, code)).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
    expect(await mallory.call('previewInvite', { params: { code } })).toMatchObject({ status: 404 });
  }
  await expectNoChat(mallory, 'getChat', { params: { chatId } });
});

test('who can make links in one group makes none into another', async () => {
  await createGroup(mallory, []);
  await expectNoChat(mallory, 'createInvite', { params: { chatId }, body: {} });
});

test('a member reads no history that the staff keep from newcomers through a link of the staff', async () => {
  const bob = await signUp('bob');
  const secretive = await createGroup(alice, [bob]);
  const params = { chatId: secretive };
  await alice.call('updateChat', { params, body: { newcomerHistory: 0 } });
  const { body: given } = await alice.call('createInvite', { params, body: { maxUses: 1, newcomerHistory: 1_000 } });
  await join(await signUp('newcomer'), String(given.code));
  await say(alice, secretive, 'only for those who are here');

  const { body: shown } = await bob.call('listInvites', { params });
  const reset = await bob.call('resetInvite', { params: { ...params, inviteId: String(given.inviteId) } });
  await bob.call('removeMember', { params: { ...params, userId: bob.userId } });
  for (const code of [...listOf(shown.items).map((one) => one.code), reset.body.code, given.code]) {
    await join(bob, String(code));
  }
  await expectNoChat(bob, 'getChat', { params });
});
