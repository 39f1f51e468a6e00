import { expect, test } from 'vitest';
import { startApns } from '../helpers/apns.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { openDirect, say } from '../helpers/chats.ts';
import { register, tokenOf } from '../helpers/devices.ts';

const apns = await startApns();
const server = await startApp({ apns: apns.config });
const { signUp, settle, clock, app, db, mailsTo, url, nobody } = server;
const HOUR = 3_600;

/** Somebody whose address is confirmed and who has written with a friend; nothing is left to read. */
async function join(name: string, locale: 'en' | 'ru' = 'en') {
  const person = await signUp(name, { locale });
  const friend = await signUp(`${name}s-friend`);
  await db.statement
    .updateTable('accounts')
    .set({ email_verified_at: clock.now() })
    .where('account_id', '=', person.userId)
    .execute();
  const chatId = await openDirect(friend, person);
  await settle();
  await person.call('markNotificationsRead', { body: { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });
  clock.advance(48 * HOUR);
  await app.notifications.sendDigests();
  await settle();
  return { person, chatId, friend: await friend.signInAgain() };
}

async function lettersTo({ username }: Person, hours: number) {
  await settle();
  clock.advance(hours * HOUR);
  await app.notifications.sendDigests();
  const all = await mailsTo(`${username}@example.com`);
  return all.filter(({ unsubscribeUrl }) => unsubscribeUrl !== '');
}

test('who stays away and has no phone gets one letter a day, with counts and names and no text', async () => {
  const { person, friend, chatId } = await join('anna', 'ru');
  for (const text of ['secret one', 'secret two']) await say(friend, chatId, text);
  const asking = await signUp('anton');
  await asking.call('createTeammateRequest', { body: { userId: person.userId } });
  expect(await lettersTo(person, 3)).toEqual([]);
  const [letter, ...others] = await lettersTo(person, 2);
  expect(others).toEqual([]);
  expect(letter?.subject).toBe('Что нового в Soyamate');
  expect(letter?.text).toContain('2 непрочитанных сообщения');
  expect(letter?.text).toContain('anton зовёт вас в тиммейты');
  expect(`${letter?.text}${letter?.html}`).not.toContain('secret');
  const again = await friend.signInAgain();
  await say(again, chatId, 'secret three');
  expect(await lettersTo(person, 12)).toHaveLength(1);
  expect(await lettersTo(person, 13)).toHaveLength(2);
  expect(await lettersTo(person, 48)).toHaveLength(2);
});

test('no letter to who came back, read it, has a phone, or has no confirmed address', async () => {
  const [back, read, phone] = [await join('bella'), await join('boris'), await join('brian')];
  const unconfirmed = await join('berta');
  await db.statement
    .updateTable('accounts')
    .set({ email_verified_at: null })
    .where('account_id', '=', unconfirmed.person.userId)
    .execute();
  const here = await read.person.signInAgain();
  await register(await phone.person.signInAgain(), tokenOf('brian'));
  for (const { friend, chatId } of [back, read, phone, unconfirmed]) {
    await say(await friend.signInAgain(), chatId, 'hello');
  }
  await settle();
  clock.advance(60);
  const socket = await (await back.person.signInAgain()).connect();
  await here
    .signInAgain()
    .then((again) => again.call('markRead', { params: { chatId: read.chatId }, body: { seq: 1 } }));
  await socket.ask({ op: 'ping' });
  socket.close();
  for (const { person } of [back, read, phone, unconfirmed]) expect(await lettersTo(person, 5)).toEqual([]);
});

test('nothing of a blocked person, nor of kinds that were switched off', async () => {
  const { person } = await join('carla');
  const asking = await signUp('conrad');
  await asking.call('createTeammateRequest', { body: { userId: person.userId } });
  await settle();
  await (await person.signInAgain()).call('blockUser', { params: { userId: asking.userId } });
  expect(await lettersTo(person, 5)).toEqual([]);
  const off = await join('clara');
  await (await off.person.signInAgain()).call('updateNotificationSettings', {
    body: { kinds: { message: { mail: false } } },
  });
  await say(off.friend, off.chatId, 'hello');
  expect(await lettersTo(off.person, 5)).toEqual([]);
});

test('one click stops the letters, without signing in; opening the link does not', async () => {
  const { person, friend, chatId } = await join('diana');
  await say(friend, chatId, 'hello');
  const [letter] = await lettersTo(person, 5);
  expect(letter?.isOneClick).toBe(true);
  expect(letter?.text).toContain(letter?.unsubscribeUrl);
  const token = new URL(letter?.unsubscribeUrl ?? '').searchParams.get('token') ?? '';
  const areOn = async () => (await (await person.signInAgain()).call('getNotificationSettings')).body.digests;

  const page = await nobody.call('showUnsubscribe', { query: { token }, headers: { 'accept-language': 'ru' } });
  expect(page.status).toBe(200);
  expect(String(page.body)).toContain('<form method="post">');
  expect(String(page.body)).toContain('Больше не присылать');
  expect(await areOn()).toBe(true);

  const click = (query: string) =>
    fetch(`${url}/v1/mail/unsubscribe?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
  for (const forged of ['x', `${token.slice(0, -2)}AA`, '']) {
    expect((await click(new URLSearchParams({ token: forged }).toString())).status).toBe(400);
  }
  expect(await areOn()).toBe(true);
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  expect((await fetch(`${url}/v1/mail/unsubscribe?token=${token}`, { method: 'POST', body: form })).status).toBe(200);
  expect(await areOn()).toBe(false);
  const done = await click(`token=${token}`);
  expect(done.status).toBe(200);
  expect(await done.text()).toContain('no more such letters');
  expect((await nobody.call('unsubscribe', { query: { token } })).status).toBe(200);
  expect(await areOn()).toBe(false);
  await say(await friend.signInAgain(), chatId, 'hello again');
  expect(await lettersTo(person, 30)).toHaveLength(1);
});
