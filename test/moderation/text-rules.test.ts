import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { askToWrite, createGroup, listOf, openDirect, readHistory, say, textsOf, trySay } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, nobody, settle, clock } = server;
const mod = await hire(server, 'mod', 'moderator');
const faultOf = (body: object) => {
  const { code, errors } = body as { code?: string; errors?: { path: string; code: string }[] };
  return [code, errors?.[0]?.path, errors?.[0]?.code];
};

describe('where everybody sees it, bad words are refused and the field is named', () => {
  test('a username', async () => {
    const body = {
      email: 'x@example.com',
      password: 'long enough, really',
      ageBand: '18_plus',
      acceptedTerms: '2026-11-01',
    };
    const refused = await nobody.call('register', { body: { ...body, username: 'pidoras99' } });
    expect(refused.status).toBe(422);
    expect(faultOf(refused.body)).toEqual(['text_not_allowed', '/body/username', 'text']);
    expect((await nobody.call('checkUsername', { query: { username: 'f_u_c_k' } })).body).toMatchObject({
      isAvailable: false,
    });
    expect((await nobody.call('register', { body: { ...body, username: 'strahuy' } })).status).toBe(201);
  });

  test('a card and a title', async () => {
    const alice = await signUp('alice');
    const patches = [
      ['displayName', 'Пи3дец всему'],
      ['bio', 'играю и матерюсь, б л я т ь'],
      ['lookingFor', 'без n00bs, no retards'],
    ] as const;
    for (const [field, text] of patches) {
      const { body } = await alice.call('updateMyProfile', { body: { [field]: text } });
      expect(faultOf(body)).toEqual(['text_not_allowed', `/body/${field}`, 'text']);
    }
    const contacts = [{ kind: 'discord', value: 'хуесос', visibility: 'everyone' }];
    const contact = await alice.call('updateMyProfile', { body: { contacts } });
    expect(faultOf(contact.body)).toEqual(['text_not_allowed', '/body/contacts/0/value', 'text']);
    const title = await alice.call('createChat', { body: { title: 'Мудаки', memberIds: [] } });
    expect(faultOf(title.body)).toEqual(['text_not_allowed', '/body/title', 'text']);
    const game = await alice.call('putProfileGame', {
      params: { gameId: 'dota-2' },
      body: { level: 'main', platform: 'windows', inGameName: 'xXfuckXx' },
    });
    expect(faultOf(game.body)).toEqual(['text_not_allowed', '/body/inGameName', 'text']);
    const fine = { displayName: 'Команда', bio: 'Подстрахую, не оскорбляю.' };
    expect((await alice.call('updateMyProfile', { body: fine })).body).toMatchObject(fine);
  });
});

test('to strangers words are masked, and a repeat is still the same message; between teammates nothing is touched', async () => {
  const bob = await signUp('bob');
  const carol = await signUp('carol');
  const note = await bob.call('createTeammateRequest', { body: { userId: carol.userId, note: 'Го, бля, катать!' } });
  expect(String(note.body.note)).toBe('Го, ***, катать!');
  const chatId = await askToWrite(bob, carol);
  const clientId = randomUUID();
  const send = () => bob.call('sendMessage', { params: { chatId }, body: { clientId, text: 'ну ты мудак' } });
  expect(String((await send()).body.text)).toBe('ну ты *****');
  expect((await send()).status).toBe(201);
  const poll = { clientId: randomUUID(), kind: 'poll', question: 'Кто тут мудак?', options: ['я', 'ты'] };
  const asked = await bob.call('createPoll', { params: { chatId }, body: poll });
  expect(asked.body).toMatchObject({ code: 'text_not_allowed' });
  const dave = await signUp('dave');
  const friends = await openDirect(bob, dave);
  await say(bob, friends, 'ну ты мудак');
  expect(textsOf(await readHistory(dave, friends))).toContain('ну ты мудак');
});

test('new accounts send strangers no links and put none on the card; a day later they may', async () => {
  const erin = await signUp('erin');
  const frank = await signUp('frank');
  const chatId = await askToWrite(erin, frank);
  for (const text of ['смотри https://x.example/y', 'пиши в t.me/erin', 'мой канал: erin.ru!', 'WWW.ERIN.NET']) {
    expect(faultOf((await trySay(erin, chatId, text)).body)).toEqual(['text_not_allowed', '/body/text', 'text']);
  }
  expect((await erin.call('updateMyProfile', { body: { bio: 'vk.com/erin' } })).status).toBe(422);
  await say(erin, chatId, 'Версия 1.2, играю с 2019.Го?');
  clock.advance(86_401);
  const later = await erin.signInAgain();
  await say(later, chatId, 'вот: https://x.example/y');
});

test('a new account says the same to five people, not to a sixth', async () => {
  const grace = await signUp('grace');
  const note = 'Привет! Давай играть вместе.';
  const statuses: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    const other = await signUp(`flooded${i}`);
    statuses.push((await grace.call('createTeammateRequest', { body: { userId: other.userId, note } })).status);
  }
  expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  const another = await signUp('another');
  const own = { userId: another.userId, note: 'Видел тебя вчера в катке.' };
  expect((await grace.call('createTeammateRequest', { body: own })).status).toBe(201);
});

test('what the staff hold passes, in any chat, and opens one case for review', async () => {
  const back = await signInAgain();
  const henry = await signUp('henry');
  const ivan = await signUp('ivan');
  const chatId = await createGroup(henry, [ivan]);
  const rule = { kind: 'root', language: 'ru', text: 'казино', action: 'hold', exceptions: ['казинород'] };
  expect((await back('createTextRule', { body: rule })).status).toBe(201);
  await settle();
  const clientId = randomUUID();
  const body = { clientId, text: 'лучшее к.а.з.и.н.о тут' };
  for (let i = 0; i < 2; i += 1) {
    expect((await henry.call('sendMessage', { params: { chatId }, body })).body).toMatchObject({ text: body.text });
  }
  await say(henry, chatId, 'казинород — не казино'.slice(0, 9));
  await henry.call('updateMyProfile', { body: { bio: 'казино онлайн' } });
  await settle();
  const { body: queue } = await back('listCases', { query: { kind: 'review' } });
  expect(listOf(queue.items)).toMatchObject([{ accused: { username: 'henry' }, reportCount: 2 }]);
  const params = { caseId: String(listOf(queue.items)[0]?.caseId) };
  const { body: file } = await back('getCase', { params });
  expect(
    listOf(file.reports)
      .map(({ evidence }) => String(evidence?.field))
      .toSorted(),
  ).toEqual(['bio', 'message']);
  expect((await back('resolveCase', { params, body: { action: 'remove_content' } })).status).toBe(200);
  expect(textsOf(await readHistory(ivan, chatId))).not.toContain(body.text);
  expect((await henry.call('getMyProfile')).body.bio).toBeUndefined();
});

async function signInAgain() {
  const { body } = await nobody.call('login', { body: { login: 'mod', password: mod.password } });
  const headers = { authorization: `Bearer ${String(body.tokens?.accessToken)}` };
  return (operationId: string, input: object = {}) => nobody.call(operationId, { ...input, headers });
}
