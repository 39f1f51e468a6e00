import { beforeEach, expect, test } from 'vitest';
import { type Received, startApns } from '../helpers/apns.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { askToWrite, createGroup, openDirect, readChat, say } from '../helpers/chats.ts';
import { register, tokenOf } from '../helpers/devices.ts';

const apns = await startApns();
const server = await startApp({ apns: apns.config });
const { signUp, settle, clock } = server;

let count = 0;
/** Somebody with a phone. */
async function join(name: string, more: { locale?: 'en' | 'ru' } = {}): Promise<Person & { phone: string }> {
  count += 1;
  const person = await signUp(`${name}${count}`);
  const phone = tokenOf(person.username);
  await register(person, phone, more);
  return { ...person, phone };
}

/** Lets so many seconds pass and returns what came to the phone meanwhile. */
async function pushesTo({ phone }: { phone: string }, seconds = 4): Promise<Received[]> {
  await settle();
  clock.advance(seconds);
  await settle();
  const all = apns.take();
  apns.received.push(...all.filter(({ token }) => token !== phone));
  return all.filter(({ token }) => token === phone);
}

const alertsOf = (pushes: readonly Received[]) => pushes.map(({ payload }) => payload.aps.alert);
/** Without those that only bring the badge down. */
const spokenOf = (pushes: readonly Received[]) => pushes.filter(({ payload }) => payload.soyamate?.kind !== 'badge');
const settings = (person: Person, body: object) => person.call('updateNotificationSettings', { body });

beforeEach(async () => {
  clock.advance(60);
  await settle();
  apns.take();
});

test('a message in a direct chat, with all that the app needs', async () => {
  const [alice, bob] = [await join('alice'), await join('bob', { locale: 'ru' })];
  const chatId = await openDirect(alice, bob);
  await settle();
  clock.advance(60);
  await bob.call('markNotificationsRead', { body: { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });
  await settle();
  apns.take();

  await say(alice, chatId, 'Го в доту?');
  const [push, ...others] = await pushesTo(bob);
  expect(others).toEqual([]);
  expect(push?.payload).toEqual({
    aps: {
      alert: { title: alice.username, body: 'Го в доту?' },
      sound: 'default',
      badge: 1,
      category: 'message',
      'thread-id': chatId,
      'mutable-content': 1,
      'interruption-level': 'active',
    },
    soyamate: { kind: 'message', chatId, seq: 1, unread: 1, userId: alice.userId },
  });
  expect(push?.headers).toMatchObject({
    'apns-push-type': 'alert',
    'apns-priority': '10',
    'apns-collapse-id': `chat:${chatId}`,
    'apns-topic': 'app.soyamate.ios',
  });
  expect(Number(push?.headers['apns-expiration'])).toBeGreaterThan(clock.now().getTime() / 1_000);
  expect(await pushesTo(alice)).toEqual([]);
});

test('what comes together is one push, and the next keeps its distance', async () => {
  const [alice, bob] = [await join('alice'), await join('bob', { locale: 'ru' })];
  const chatId = await openDirect(alice, bob);
  for (const text of ['раз', 'два', 'три']) await say(alice, chatId, text);
  const [first, ...others] = await pushesTo(bob);
  expect(others).toEqual([]);
  expect(first?.payload.aps.alert).toEqual({ title: alice.username, subtitle: '3 новых сообщения', body: 'три' });

  await say(alice, chatId, 'четыре');
  expect(await pushesTo(bob, 4)).toEqual([]);
  await say(alice, chatId, 'пять');
  const later = await pushesTo(bob, 6);
  expect(alertsOf(later)).toEqual([{ title: alice.username, subtitle: '5 новых сообщений', body: 'пять' }]);
  expect(await pushesTo(bob, 60)).toEqual([]);
});

test('a busy group with many members is one push each in ten seconds', async () => {
  const owner = await join('owner');
  const members = await Promise.all(Array.from({ length: 5 }, () => join('member')));
  const chatId = await createGroup(owner, members, 'Пати');
  await settle();
  clock.advance(60);
  await settle();
  apns.take();
  for (let second = 0; second < 20; second += 1) {
    for (let i = 0; i < 5; i += 1) await say(owner, chatId, `${second} ${i}`);
    await settle();
    clock.advance(1);
  }
  await settle();
  const pushes = apns.take().filter(({ token }) => token !== owner.phone);
  for (const { phone } of members) {
    const mine = pushes.filter(({ token }) => token === phone);
    expect(mine.length).toBeGreaterThanOrEqual(1);
    expect(mine.length).toBeLessThanOrEqual(2);
    expect(new Set(mine.map(({ headers }) => headers['apns-collapse-id'])).size).toBe(1);
  }
  expect(pushes.at(-1)?.payload.aps.alert).toMatchObject({ title: 'Пати', subtitle: 'More than 30 new messages' });
});

test('what is read before the grace is over is no push', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await pushesTo(bob);
  await say(alice, chatId, 'hi');
  await settle();
  await bob.call('markRead', { params: { chatId }, body: { seq: 1 } });
  expect(await pushesTo(bob)).toEqual([]);
});

test('a device that got it live gets no push; one that fell silent or is gone does', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await pushesTo(bob);
  // A second device of Bob's that is not there.
  const tablet = await bob.signInAgain();
  await register(tablet, tokenOf(`${bob.username} tablet`));
  const onTablet = { phone: tokenOf(`${bob.username} tablet`) };

  const socket = await bob.connect();
  await say(alice, chatId, 'one');
  await socket.next('message.created');
  await settle();
  clock.advance(1);
  await socket.ask({ op: 'ping' });
  expect(await pushesTo(bob)).toEqual([]);
  expect(await pushesTo(onTablet, 0)).toHaveLength(1);

  // Nothing is heard of the socket: it may be open without anybody at its end.
  clock.advance(60);
  await socket.ask({ op: 'ping' });
  await say(alice, chatId, 'two');
  expect(await pushesTo(bob, 5)).toEqual([]);
  socket.socket.terminate();
  await socket.closed;
  const late = await pushesTo(bob, 30);
  expect(alertsOf(late)).toMatchObject([{ body: 'two' }]);

  // Heard after the message, then closed: it was got live.
  const again = await bob.connect();
  await say(alice, chatId, 'three');
  await again.next('message.created');
  await settle();
  clock.advance(1);
  await again.ask({ op: 'ping' });
  again.close();
  await again.closed;
  expect(await pushesTo(bob, 40)).toEqual([]);
});

test('mute and levels: mentions come through if the person likes', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await createGroup(alice, [bob]);
  await pushesTo(bob);
  const quieten = (body: object) => bob.call('updateChatSettings', { params: { chatId }, body });
  const mention = { mentions: [bob.userId] };

  await quieten({ notifications: 'mentions' });
  await say(alice, chatId, 'nothing special');
  expect(await pushesTo(bob, 12)).toEqual([]);
  await say(alice, chatId, `@${bob.username} you`, mention);
  const [mentioned] = await pushesTo(bob, 12);
  expect(mentioned?.payload).toMatchObject({ aps: { category: 'mention', badge: 1 }, soyamate: { kind: 'mention' } });
  // The mention was told; what comes after is none.
  await say(alice, chatId, 'and so on');
  expect(await pushesTo(bob, 12)).toEqual([]);

  await quieten({ notifications: 'all', mutedUntil: '2030-01-01T00:00:00.000Z' });
  await say(alice, chatId, 'quietly');
  expect(await pushesTo(bob, 12)).toEqual([]);
  await say(alice, chatId, `@${bob.username} you again`, mention);
  expect(await pushesTo(bob, 12)).toHaveLength(1);
  await settings(bob, { mentionsPassMute: false });
  await say(alice, chatId, `@${bob.username} and again`, mention);
  expect(await pushesTo(bob, 12)).toEqual([]);

  await settings(bob, { mentionsPassMute: true });
  await quieten({ notifications: 'none', clear: ['mutedUntil'] });
  await say(alice, chatId, `@${bob.username} never`, mention);
  expect(spokenOf(await pushesTo(bob, 12))).toEqual([]);
  await quieten({ notifications: 'all' });
  await settings(bob, { kinds: { message: { push: false }, mention: { push: false } } });
  await say(alice, chatId, `@${bob.username} off`, mention);
  expect(await pushesTo(bob, 12)).toEqual([]);
});

test('previews: all, the name only, or nothing', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await pushesTo(bob);
  await settings(bob, { preview: 'name_only' });
  await say(alice, chatId, 'secret plan');
  expect(alertsOf(await pushesTo(bob, 12))).toEqual([{ title: alice.username, body: 'New message' }]);
  await settings(bob, { preview: 'none' });
  await say(alice, chatId, 'secret plan');
  const [push] = await pushesTo(bob, 12);
  expect(push?.payload.aps.alert).toEqual({ body: '2 new messages' });
  expect(JSON.stringify(push?.payload)).not.toMatch(new RegExp(`secret|${alice.username}|${alice.userId}`));
});

test('A6: nothing of what was deleted, edited away, said by a blocked person, or said where one is no longer', async () => {
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')];
  const chatId = await createGroup(alice, [bob, carol]);
  await pushesTo(bob);
  const deleteMessage = (seq: number) =>
    alice.call('deleteMessage', { params: { chatId, seq }, query: { for: 'everyone' } });

  const gone = await say(alice, chatId, 'deleted words');
  await settle();
  await deleteMessage(Number(gone.seq));
  expect(await pushesTo(bob, 12)).toEqual([]);

  const edited = await say(alice, chatId, 'first words');
  await settle();
  await alice.call('editMessage', { params: { chatId, seq: Number(edited.seq) }, body: { text: 'second words' } });
  expect(JSON.stringify(await pushesTo(bob, 12))).toMatch(/second words/);

  await bob.call('blockUser', { params: { userId: carol.userId } });
  await settle();
  await say(carol, chatId, 'words of a blocked person');
  expect(await pushesTo(bob, 12)).toEqual([]);

  await say(alice, chatId, 'words after removal');
  await settle();
  await alice.call('removeMember', { params: { chatId, userId: bob.userId } });
  expect(spokenOf(await pushesTo(bob, 12))).toEqual([]);
});

test('a push that failed says later what is true then', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await createGroup(alice, [bob]);
  await pushesTo(bob);
  apns.answerWith(() => ({ status: 503, body: { reason: 'ServiceUnavailable' } }));
  const { seq } = await say(alice, chatId, 'words to be deleted');
  expect(await pushesTo(bob)).toHaveLength(1);
  apns.answerWith(undefined);
  await alice.call('deleteMessage', { params: { chatId, seq: Number(seq) }, query: { for: 'everyone' } });
  expect(await pushesTo(bob, 600)).toEqual([]);
});

test('a stranger’s request is one push without a text, unless one asks for it', async () => {
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')];
  const chatId = await askToWrite(alice, bob);
  for (const text of ['first', 'second']) await say(alice, chatId, text);
  const [push, ...others] = await pushesTo(bob, 12);
  expect(others).toEqual([]);
  expect(push?.payload).toMatchObject({
    aps: { alert: { body: `${alice.username} wants to write to you` }, badge: 1, category: 'message_request' },
    soyamate: { kind: 'message_request', chatId },
  });
  expect(JSON.stringify(push)).not.toMatch(/first|second/);
  const { body: feed } = await bob.call('listNotifications');
  expect(feed).toMatchObject({
    items: [{ kind: 'message_request', chatId, user: { userId: alice.userId } }],
    unread: 1,
  });

  await settings(carol, { showsRequestText: true });
  const other = await askToWrite(alice, carol);
  await say(alice, other, 'hello there');
  expect(alertsOf(await pushesTo(carol, 12))).toEqual([
    { title: `${alice.username} wants to write to you`, body: 'hello there' },
  ]);

  // A block before the push leaves is in time.
  const dave = await join('dave');
  const third = await askToWrite(alice, dave);
  await say(alice, third, 'hello');
  await settle();
  await dave.call('blockUser', { params: { userId: alice.userId } });
  expect(await pushesTo(dave, 12)).toEqual([]);
});

test('the badge is what is unread over all, and follows what is read elsewhere without a sound', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const direct = await openDirect(alice, bob);
  const group = await createGroup(alice, [bob]);
  const muted = await createGroup(alice, [bob], 'Muted');
  await bob.call('markNotificationsRead', { body: { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });
  await bob.call('updateChatSettings', { params: { chatId: muted }, body: { mutedUntil: '2030-01-01T00:00:00.000Z' } });
  await pushesTo(bob, 60);
  for (const chatId of [direct, direct, group, muted]) await say(alice, chatId, 'hi');
  await say(alice, muted, `@${bob.username}`, { mentions: [bob.userId] });
  const pushes = await pushesTo(bob, 12);
  expect(pushes).toHaveLength(3);
  for (const { payload } of pushes) expect(payload.aps.badge).toBe(4);

  const { seq } = await readChat(bob, direct);
  await bob.call('markRead', { params: { chatId: direct }, body: { seq: Number(seq) } });
  const [silent, ...others] = await pushesTo(bob);
  expect(others).toEqual([]);
  expect(silent).toMatchObject({
    payload: { aps: { badge: 2, 'content-available': 1 }, soyamate: { kind: 'badge' } },
    headers: { 'apns-priority': '5', 'apns-collapse-id': 'badge' },
  });
  expect(silent?.payload.aps).not.toHaveProperty('alert');
  expect(silent?.payload.aps).not.toHaveProperty('sound');
  // Nothing has changed: nothing is sent.
  await bob.call('markRead', { params: { chatId: direct }, body: { seq: Number(seq) } });
  expect(await pushesTo(bob, 60)).toEqual([]);
  for (const chatId of [group, muted]) {
    const { seq: newest } = await readChat(bob, chatId);
    await bob.call('markRead', { params: { chatId }, body: { seq: Number(newest) } });
  }
  expect((await pushesTo(bob)).map(({ payload }) => payload.aps.badge)).toEqual([0]);
});

test('the badge follows what is deleted, hidden, cleared, muted, left and ended, silently and once', async () => {
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')];
  const direct = await openDirect(alice, bob);
  const chats: string[] = [];
  for (const title of ['hidden', 'muted', 'quiet', 'left', 'kicked', 'ended'])
    chats.push(await createGroup(alice, [bob, carol], title));
  const [hidden = '', muted = '', quiet = '', left = '', kicked = '', ended = ''] = chats;
  await bob.call('markNotificationsRead', { body: { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });
  await pushesTo(bob, 60);
  const deleted = await say(alice, direct, 'deleted');
  await say(alice, direct, 'cleared');
  const inHidden = await say(alice, hidden, 'hidden');
  for (const chatId of chats.slice(1)) await say(alice, chatId, 'hi');
  expect((await pushesTo(bob, 12)).map(({ payload }) => payload.aps.badge)).toContain(8);

  const acts = [
    () =>
      alice.call('deleteMessage', { params: { chatId: direct, seq: Number(deleted.seq) }, query: { for: 'everyone' } }),
    () => bob.call('clearHistory', { params: { chatId: direct }, body: { seq: Number(deleted.seq) + 1 } }),
    () => bob.call('deleteMessage', { params: { chatId: hidden, seq: Number(inHidden.seq) }, query: { for: 'me' } }),
    () =>
      bob.call('updateChatSettings', { params: { chatId: muted }, body: { mutedUntil: '2030-01-01T00:00:00.000Z' } }),
    () => bob.call('updateChatSettings', { params: { chatId: quiet }, body: { notifications: 'none' } }),
    () => bob.call('removeMember', { params: { chatId: left, userId: bob.userId } }),
    () => alice.call('removeMember', { params: { chatId: kicked, userId: bob.userId } }),
    () => alice.call('deleteChat', { params: { chatId: ended } }),
  ];
  for (const [index, act] of acts.entries()) {
    expect((await act()).status).toBeLessThan(300);
    const pushes = await pushesTo(bob, 5);
    expect([index, pushes.map(({ payload }) => payload.aps)]).toEqual([
      index,
      [{ badge: 7 - index, 'content-available': 1 }],
    ]);
  }
  // Five at once are one.
  for (let i = 0; i < 5; i += 1) await say(alice, direct, `many ${i}`);
  await pushesTo(bob, 12);
  for (let seq = Number(deleted.seq) + 2; seq < Number(deleted.seq) + 7; seq += 1)
    await alice.call('deleteMessage', { params: { chatId: direct, seq }, query: { for: 'everyone' } });
  expect((await pushesTo(bob, 5)).map(({ payload }) => payload.aps)).toEqual([{ badge: 0, 'content-available': 1 }]);
});

test('in quiet hours pushes wait for the end, by the clocks of the profile', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await pushesTo(bob, 60);
  await bob.call('updateMyProfile', { body: { timeZone: 'Asia/Tokyo' } });
  const local = (minutes: number) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Tokyo',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(clock.now().getTime() + minutes * 60_000));
  await settings(bob, { quietHours: { from: local(-60), to: local(8) } });
  await say(alice, chatId, 'are you asleep?');
  await say(alice, chatId, 'wake up');
  expect(await pushesTo(bob, 360)).toEqual([]);
  expect(alertsOf(await pushesTo(bob, 120))).toEqual([
    { title: alice.username, subtitle: '2 new messages', body: 'wake up' },
  ]);
});

test('a very long text is cut to what Apple takes', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const chatId = await openDirect(alice, bob);
  await pushesTo(bob, 60);
  for (const text of ['ж'.repeat(4_000), '👨‍👩‍👧‍👦'.repeat(300)]) {
    await say(alice, chatId, text);
    const [push] = await pushesTo(bob, 12);
    expect(Buffer.byteLength(JSON.stringify(push?.payload))).toBeLessThanOrEqual(4_096);
    const { body = '' } = push?.payload.aps.alert ?? {};
    expect(body.endsWith('…')).toBe(true);
    expect(text.startsWith(body.slice(0, -1))).toBe(true);
  }
});

test('who wrote the newest is told of what others wrote before it, and not of their own words', async () => {
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')];
  const chatId = await createGroup(alice, [bob, carol], 'Трое');
  await settle();
  clock.advance(60);
  await settle();
  apns.take();

  await say(bob, chatId, 'раз');
  await say(alice, chatId, 'два');
  await settle();
  clock.advance(4);
  await settle();
  const toldOf = apns.take().map(({ token, payload }) => [token, payload.soyamate]);
  expect(toldOf).toHaveLength(3);
  expect(toldOf).toContainEqual([alice.phone, expect.objectContaining({ unread: 1, userId: bob.userId })]);
  expect(toldOf).toContainEqual([bob.phone, expect.objectContaining({ unread: 1, userId: alice.userId })]);
  expect(toldOf).toContainEqual([carol.phone, expect.objectContaining({ unread: 2, userId: alice.userId })]);
});

test('the badge and open sockets follow news that was dealt with elsewhere', async () => {
  const [alice, bob] = [await join('alice'), await join('bob')];
  const { body: request } = await alice.call('createTeammateRequest', { body: { userId: bob.userId } });
  expect((await pushesTo(bob)).map(({ payload }) => payload.aps.badge)).toEqual([1]);
  const socket = await bob.connect();
  await bob.call('declineTeammateRequest', { params: { requestId: String(request.requestId) } });
  await settle();
  expect((await socket.next('notification.read')).data).toMatchObject({ unread: 0, ids: [expect.any(String)] });
  socket.close();
  expect((await pushesTo(bob, 5)).map(({ payload }) => payload.aps)).toEqual([{ badge: 0, 'content-available': 1 }]);
});
