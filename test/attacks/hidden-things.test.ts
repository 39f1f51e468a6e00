/** Attack cases A9 and A10 of docs/security-cases.md: what is hidden shows by no detour. */
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { createGroup, expectNoChat } from '../helpers/chats.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const { nobody, signUp, settle } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const stranger = await signUp('stranger');

test('A9: members, links and photo of a private group are not there for a stranger', async () => {
  const chatId = await createGroup(alice, [bob]);
  const { body: invite } = await alice.call('createInvite', { params: { chatId }, body: {} });
  const photoId = String((await uploadPicture(alice)).mediaId);
  expect((await alice.call('updateChat', { params: { chatId }, body: { photoId } })).status).toBe(200);
  for (const operationId of ['getChat', 'listMembers', 'listInvites', 'listBans', 'listJoinRequests']) {
    expect((await alice.call(operationId, { params: { chatId } })).status, operationId).toBe(200);
    await expectNoChat(stranger, operationId, { params: { chatId } });
  }
  expect((await bob.call('getMedia', { params: { mediaId: photoId } })).status).toBe(200);
  expect((await stranger.call('getMedia', { params: { mediaId: photoId } })).status).toBe(404);

  const code = String(invite.code);
  expect((await stranger.call('previewInvite', { params: { code } })).status).toBe(200);
  await alice.call('deleteInvite', { params: { chatId, inviteId: String(invite.inviteId) } });
  const ended = await stranger.call('previewInvite', { params: { code } });
  const unknown = await stranger.call('previewInvite', { params: { code: `${code.slice(0, -2)}AA` } });
  expect({ ...ended.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
});

const reads = [
  ['listTeammates', {}],
  ['listTeammates', { query: { game: ['dota-2'], language: ['ru'] } }],
  ['listParties', {}],
  ['getUser', { params: { userId: bob.userId } }],
  ['getUserRatings', { params: { userId: bob.userId } }],
  ['explainFit', { params: { userId: bob.userId } }],
] as const;

test('A10: lists and cards stay as they are, to the byte, while somebody changes what is hidden', async () => {
  const habits = { languages: ['ru'], platforms: ['windows'], region: 'cis', timeZone: 'Europe/Moscow' };
  for (const person of [stranger, bob]) {
    await person.call('updateMyProfile', { body: { ...habits, presenceVisibility: 'nobody' } });
    const body = { level: 'main', platform: 'windows' };
    await person.call('putProfileGame', { params: { gameId: 'dota-2' }, body });
  }
  const readAll = async () => {
    await settle();
    const answers = await Promise.all(reads.map(([operationId, input]) => stranger.call(operationId, { ...input })));
    expect(answers.map(({ status }) => status)).toEqual(reads.map(() => 200));
    return JSON.stringify(answers.map(({ body }) => body));
  };
  const before = await readAll();
  expect(before).toContain(bob.userId);

  const carol = await signUp('carol');
  await carol.call('updateMyProfile', { body: { discoverable: false } });
  const changes: [string, object][] = [
    ['updateMe', { body: { locale: 'ru' } }],
    ['updatePrivacy', { body: { whoMayWrite: 'nobody' } }],
    ['updateMessengerSettings', { body: { showsReceipts: false } }],
    ['updateNotificationSettings', { body: { preview: 'none' } }],
    ['createSavedSearch', { body: { name: 'Mates', filters: { game: ['dota-2'] } } }],
    ['blockUser', { params: { userId: carol.userId } }],
    ['hideUser', { params: { userId: carol.userId } }],
    ['createChat', { body: { title: 'Тихая', memberIds: [] } }],
  ];
  for (const [operationId, input] of changes) {
    expect((await bob.call(operationId, input)).status, operationId).toBeLessThan(300);
    expect(await readAll(), operationId).toBe(before);
  }
  const socket = await bob.connect();
  expect(await readAll(), 'online').toBe(before);
  socket.close();
});

test('A10: no filter and no order reads what is hidden', async () => {
  for (const name of ['ageBand', 'email', 'lastSeenAt', 'presence', 'blocked', 'discoverable', 'sort', 'order']) {
    const { status } = await stranger.raw(`/v1/teammates?${name}=1`);
    expect([name, status]).toEqual([name, 400]);
  }
  expect((await nobody.raw('/v1/teammates')).status).toBe(401);
});
