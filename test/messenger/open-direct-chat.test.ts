import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { askToWrite, listOf, readChat, readEvents, say, trySay } from '../helpers/chats.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { clock, nobody, settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');

test('both of a pair get the same chat, however many ask at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      i % 2 === 0
        ? alice.call('openDirectChat', { params: { userId: bob.userId } })
        : bob.call('openDirectChat', { params: { userId: alice.userId } }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body.chatId)).size).toBe(1);
  const { body } = await alice.call('listChats');
  expect(body.items).toHaveLength(1);
});

test('teammates both learn of their new chat, once', async () => {
  const carol = await signUp('carol');
  const sockets = [await alice.connect(), await carol.connect()];
  await makeTeammates(alice, carol);
  const chatId = await askToWrite(alice, carol);
  await askToWrite(carol, alice);
  await settle();
  for (const socket of sockets) {
    expect(await socket.next('chat.created')).toMatchObject({ chatId });
    expect(await socket.ask({ op: 'ping' })).toMatchObject({ op: 'pong' });
    expect(socket.rest().filter(({ type }) => String(type) === 'chat.created')).toEqual([]);
    socket.close();
  }
  expect(await readChat(carol, chatId)).not.toHaveProperty('requestedBy');
});

test('a stranger has three messages, and the other learns of nothing before', async () => {
  const [dave, erin] = [await signUp('dave'), await signUp('erin')];
  const socket = await erin.connect();
  const chatId = await askToWrite(dave, erin);
  expect((await erin.call('listChats')).body.items).toEqual([]);
  await say(dave, chatId, 'Привет, сыграем?');
  expect(await socket.next('message.created')).toMatchObject({ data: { text: 'Привет, сыграем?' } });
  expect(await readEvents(socket)).toEqual([]);
  expect(listOf((await erin.call('listChats', { query: { folder: 'requests' } })).body.items)).toMatchObject([
    { chatId, requestedBy: dave.userId, unread: 1 },
  ]);
  await say(dave, chatId, 'Сегодня в 20:00');
  await say(dave, chatId, 'Ну?');
  expect(await trySay(dave, chatId, 'Ау?')).toMatchObject({ status: 403, body: { code: 'request_pending' } });
  // An answer is a yes.
  await say(erin, chatId, 'Давай');
  expect(await socket.next('chat.updated')).not.toHaveProperty('data.requestedBy');
  await say(dave, chatId, 'Го');
  expect((await erin.call('listChats', { query: { folder: 'requests' } })).body.items).toEqual([]);
  socket.close();
});

test('a stranger has no way to be heard but their three messages', async () => {
  const [frank, gina] = [await signUp('frank'), await signUp('gina')];
  const chatId = await askToWrite(frank, gina);
  const { body: poll } = await frank.call('createPoll', {
    params: { chatId },
    body: { clientId: randomUUID(), question: 'Сыграем?', options: ['да', 'нет'] },
  });
  const params = { chatId, seq: Number(poll.seq) };
  const { seq } = await say(frank, chatId, 'Ну?');
  expect(
    await frank.call('editMessage', { params: { chatId, seq: Number(seq) }, body: { text: 'Ну!' } }),
  ).toMatchObject({
    status: 200,
  });
  await say(frank, chatId, 'Ау?');
  await gina.call('deleteChat', { params: { chatId } });
  const ears = await gina.connect();
  for (const attempt of [
    await frank.call('editMessage', { params: { chatId, seq: Number(seq) }, body: { text: 'Реклама' } }),
    await frank.call('pinMessage', { params }),
    await frank.call('unpinMessage', { params }),
    await frank.call('setReaction', { params: { ...params, emoji: '🔥' } }),
    await frank.call('removeReaction', { params: { ...params, emoji: '🔥' } }),
    await frank.call('vote', { params, body: { options: [0] } }),
    await frank.call('closePoll', { params }),
  ]) {
    expect(attempt).toMatchObject({ status: 403, body: { code: 'request_pending' } });
  }
  expect(await readEvents(ears)).toEqual([]);
  expect((await gina.call('listChats')).body.items).toEqual([]);
  ears.close();
});

test('a newcomer asks ten strangers a day, however fast; who answered does not count, nor do teammates', async () => {
  const heidi = await signUp('heidi');
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`asked${i}`)));
  const open = ({ userId }: { userId: string }) => heidi.call('openDirectChat', { params: { userId } });
  const answers = await Promise.all(people.map(open));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ status: 429, body: { code: 'chat_request_quota_reached' } });
  expect(refused[0]?.headers.get('retry-after')).toBe('86400');
  const [one, other] = people.filter((_person, i) => answers[i]?.status !== 200);
  const asked = people.find((_person, i) => answers[i]?.status === 200);
  if (!one || !other || !asked) throw new Error('nobody was left');

  expect(await open(asked)).toMatchObject({ status: 200 });
  await makeTeammates(heidi, one);
  expect(await open(one)).toMatchObject({ status: 200 });
  expect(await open(other)).toMatchObject({ status: 429 });
  const chatId = await askToWrite(heidi, asked);
  await asked.call('acceptChatRequest', { params: { chatId } });
  expect(await open(other)).toMatchObject({ status: 200 });
});

test('there is no chat with oneself, nor with nobody', async () => {
  const own = await alice.call('openDirectChat', { params: { userId: alice.userId } });
  expect(own).toMatchObject({ status: 422, body: { code: 'own_direct_chat' } });
  const missing = await alice.call('openDirectChat', { params: { userId: randomUUID() } });
  expect(missing).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
});

test('refuses a bad shape and a stranger to the service', async () => {
  expect(await alice.call('openDirectChat', { params: { userId: 'bob' } })).toMatchObject({ status: 400 });
  expect(await nobody.call('openDirectChat', { params: { userId: bob.userId } })).toMatchObject({ status: 401 });
});

test('the day of a request is over after 24 hours', async () => {
  const ivan = await signUp('ivan');
  const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`daily${i}`)));
  const ask = (i: number, from = ivan) =>
    from.call('openDirectChat', { params: { userId: String(people[i]?.userId) } });
  expect(await ask(0)).toMatchObject({ status: 200 });
  clock.advance(300);
  for (let i = 1; i < 10; i += 1) expect(await ask(i)).toMatchObject({ status: 200 });
  const refused = await ask(10);
  expect(refused).toMatchObject({ status: 429 });
  expect(refused.headers.get('retry-after')).toBe(String(24 * 3_600 - 300));
  clock.advance(24 * 3_600 - 300);
  const later = await ivan.signInAgain();
  expect(await ask(10, later)).toMatchObject({ status: 200 });
  expect(await ask(11, later)).toMatchObject({ status: 429 });
});
