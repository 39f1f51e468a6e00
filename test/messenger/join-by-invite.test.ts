import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { createGroup, listOf, readChat, readEvents, readHistory, say, textsOf, typesOf } from '../helpers/chats.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { clock, nobody, signUp } = await startApp();
const alice = await signUp('alice');
const chatId = await createGroup(alice, []);
for (const text of ['one', 'two', 'three']) await say(alice, chatId, text);

const invite = async (body: object) => {
  const answer = await alice.call('createInvite', { params: { chatId }, body });
  return { code: String(answer.body.code), inviteId: String(answer.body.inviteId) };
};
const join = (person: Person, code: string) => person.call('joinByInvite', { params: { code } });
const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`guest${i}`)));
const [bob, carol, dave] = people as [Person, Person, Person];

test('a link lets in, with the history that it grants, and twice is once', async () => {
  const { code } = await invite({ newcomerHistory: 1 });
  const socket = await alice.connect();
  const { body } = await join(bob, code);
  expect(body).toMatchObject({ state: 'joined', chat: { chatId, role: 'member', memberCount: 2 } });
  expect(typesOf(await readEvents(socket))).toEqual(['member.changed', 'message.created']);
  expect(textsOf(await readHistory(bob, chatId))).toEqual(['three', '']);
  expect((await readHistory(alice, chatId)).at(-1)).toMatchObject({
    authorId: bob.userId,
    service: { action: 'member_joined' },
  });
  expect(await join(bob, code)).toMatchObject({ status: 200, body: { state: 'joined' } });
  expect(listOf((await alice.call('listInvites', { params: { chatId } })).body.items)[0]).toMatchObject({ uses: 1 });
  socket.close();
});

test('of many at once on one seat, one gets it', async () => {
  const { code } = await invite({ maxUses: 1 });
  const answers = await Promise.all(people.slice(3).map((person) => join(person, code)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(people.length - 4);
  expect(await readChat(alice, chatId)).toMatchObject({ memberCount: 3 });
});

test('where the link says so, the staff decides', async () => {
  const { code } = await invite({ needsApproval: true, maxUses: 1 });
  expect((await join(carol, code)).body).toEqual({ state: 'requested' });
  // Asking again takes no second use, and nobody else comes by it any more.
  expect((await join(dave, code)).status).toBe(404);
  expect(await carol.call('getChat', { params: { chatId } })).toMatchObject({ status: 404 });
});

test('who has asked comes in by an open link at once, and is in no list of those who ask after it', async () => {
  const asking = await signUp('asking');
  const [guarded, open] = [await invite({ needsApproval: true }), await invite({})];
  const listAsking = async () =>
    listOf((await alice.call('listJoinRequests', { params: { chatId } })).body.items).map(({ userId }) => userId);
  expect((await join(asking, guarded.code)).body).toEqual({ state: 'requested' });
  expect((await join(asking, guarded.code)).body).toEqual({ state: 'requested' });
  expect(await listAsking()).toContain(asking.userId);
  expect((await join(asking, open.code)).body).toMatchObject({ state: 'joined' });
  expect(await listAsking()).not.toContain(asking.userId);
});

test('who asked and was added, or came back, asks no more', async () => {
  const owner = await signUp('vera');
  const own = await createGroup(owner, []);
  const params = { chatId: own };
  const { body: guarded } = await owner.call('createInvite', { params, body: { needsApproval: true } });
  const { body: open } = await owner.call('createInvite', { params, body: {} });
  const [added, back] = [await signUp('added'), await signUp('back')];
  const leave = () => back.call('removeMember', { params: { ...params, userId: back.userId } });
  await join(back, String(open.code));
  await leave();
  for (const person of [added, back]) {
    expect((await join(person, String(guarded.code))).body).toEqual({ state: 'requested' });
  }
  await makeTeammates(owner, added);
  const { body } = await owner.call('addMembers', { params, body: { userIds: [added.userId] } });
  expect(body).toMatchObject({ added: [{ userId: added.userId }] });
  expect(await back.call('returnToChat', { params })).toMatchObject({ status: 200 });
  expect(listOf((await owner.call('listJoinRequests', { params })).body.items)).toEqual([]);
});

test('whom the staff removed does not come back by a link', async () => {
  const { code } = await invite({});
  await alice.call('removeMember', { params: { chatId, userId: bob.userId } });
  expect(await join(bob, code)).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
});

test('a link ends when it says', async () => {
  const { code } = await invite({ expiresInSeconds: 60 });
  clock.advance(61);
  expect(await join(dave, code)).toMatchObject({ status: 404 });
});

test('refuses a bad shape and who has not signed in', async () => {
  expect(await join(dave, 'x')).toMatchObject({ status: 400 });
  expect(await nobody.call('joinByInvite', { params: { code: 'A'.repeat(22) } })).toMatchObject({ status: 401 });
});

test('a group that everybody has left stays left: no link leads into it', async () => {
  const [owner, late] = [await signUp('owner'), await signUp('late')];
  const { body: chat } = await owner.call('createChat', { body: { title: 'Пусто', memberIds: [] } });
  const params = { chatId: String(chat.chatId) };
  const { body: link } = await owner.call('createInvite', { params, body: {} });
  await owner.call('removeMember', { params: { ...params, userId: owner.userId } });
  const code = { params: { code: String(link.code) } };
  expect(await late.call('joinByInvite', code)).toMatchObject({ status: 404, body: { code: 'invite_not_found' } });
  expect(await late.call('previewInvite', code)).toMatchObject({ status: 404 });
  expect(await owner.call('returnToChat', { params })).toMatchObject({ status: 404 });
});
