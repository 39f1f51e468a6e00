import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import {
  askToWrite,
  createGroup,
  expectNoChat,
  listOf,
  openAccepted,
  openDirect,
  readChat,
  readEvents,
  readHistory,
  say,
  textsOf,
  typesOf,
} from '../helpers/chats.ts';
import { makeTeammates } from '../helpers/teammates.ts';

const { db, nobody, settle, signUp } = await startApp();
const alice = await signUp('alice');
const bob = await signUp('bob');
const carol = await signUp('carol');
const dave = await signUp('dave');
const mallory = await signUp('mallory');
const chatId = await createGroup(alice, [bob]);
await makeTeammates(alice, carol);
await makeTeammates(bob, dave);

const add = (person: Person, ...people: Person[]) =>
  person.call('addMembers', { params: { chatId }, body: { userIds: people.map(({ userId }) => userId) } });

test('a teammate is added, everybody is told, and only some history is shown', async () => {
  for (const text of ['one', 'two', 'three']) await say(alice, chatId, text);
  await alice.call('updateChat', { params: { chatId }, body: { newcomerHistory: 2 } });
  await settle();
  const [his, hers] = [await bob.connect(), await carol.connect()];
  const { body } = await add(alice, carol);
  expect(listOf(body.added)).toMatchObject([{ userId: carol.userId, role: 'member', invitedBy: alice.userId }]);
  const events = await readEvents(his);
  expect(typesOf(events)).toEqual(['member.changed', 'message.created']);
  expect(events[0]).toMatchObject({ data: { userId: carol.userId, state: 'active', memberCount: 3 } });
  expect(typesOf(await readEvents(hers))).toEqual(['chat.created', 'message.created']);
  expect(textsOf(await readHistory(carol, chatId))).toEqual(['two', 'three', '']);
  expect(await readChat(carol, chatId)).toMatchObject({ firstSeq: 3, unread: 0 });
  for (const socket of [his, hers]) socket.close();
});

test('strangers, blocked people and those who left are not added, and it is not told why', async () => {
  await alice.call('blockUser', { params: { userId: dave.userId } });
  const erin = await signUp('erin');
  await alice.call('createTeammateRequest', { body: { userId: erin.userId } });
  const { body } = await add(alice, mallory, dave, erin);
  expect(body).toEqual({ added: [], notAdded: [mallory.userId, dave.userId, erin.userId] });
  await alice.call('unblockUser', { params: { userId: dave.userId } });

  await carol.call('removeMember', { params: { chatId, userId: carol.userId } });
  expect((await add(alice, carol)).body).toEqual({ added: [], notAdded: [carol.userId] });
});

test('who settled that nobody, or no stranger, begins anything with them is not added', async () => {
  const [frank, grace] = [await signUp('frank'), await signUp('grace')];
  await makeTeammates(alice, frank);
  await openAccepted(alice, grace);
  await alice.call('removeTeammate', { params: { userId: grace.userId } });
  const said = { params: { chatId: await askToWrite(alice, grace) } };
  await grace.call('sendMessage', { ...said, body: { clientId: randomUUID(), text: 'привет' } });
  const permit = (person: Person, whoMayWrite: string) => person.call('updatePrivacy', { body: { whoMayWrite } });
  await permit(frank, 'nobody');
  await permit(grace, 'teammates');
  expect((await add(alice, frank, grace)).body).toEqual({ added: [], notAdded: [frank.userId, grace.userId] });
  const body = { title: 'Новая', memberIds: [frank.userId, grace.userId] };
  expect((await alice.call('createChat', { body })).body).toMatchObject({ memberCount: 1 });

  await permit(frank, 'teammates');
  await permit(grace, 'everyone');
  expect(listOf((await add(alice, frank, grace)).body.added)).toMatchObject([
    { userId: frank.userId },
    { userId: grace.userId },
  ]);
});

test('who is in already is not added again', async () => {
  const { rev } = await readChat(alice, chatId);
  expect((await add(alice, bob)).body).toEqual({ added: [], notAdded: [] });
  expect((await readChat(alice, chatId)).rev).toEqual(rev);
});

test('the right to invite is asked, and whom the staff removed, the staff takes back', async () => {
  expect(listOf((await add(bob, dave)).body.added)).toHaveLength(1);
  await alice.call('removeMember', { params: { chatId, userId: dave.userId } });
  expect((await add(bob, dave)).body.notAdded).toEqual([dave.userId]);
  await alice.call('updateChat', { params: { chatId }, body: { rights: { invite: 'admins' } } });
  expect(await add(bob, dave)).toMatchObject({ status: 403, body: { code: 'right_missing' } });
});

test('there are no more than 1,000 places, however many come at once', async () => {
  const frank = await signUp('frank');
  const full = await createGroup(frank, []);
  const guests = await Promise.all(['gina', 'hugo', 'ivan', 'judy'].map((name) => signUp(name)));
  for (const guest of guests) await makeTeammates(frank, guest);
  await db.statement.updateTable('chats').set({ member_count: 998 }).where('chat_id', '=', full).execute();
  const answers = await Promise.all(
    guests.map(({ userId }) => frank.call('addMembers', { params: { chatId: full }, body: { userIds: [userId] } })),
  );
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 200, 409, 409]);
  expect(await readChat(frank, full)).toMatchObject({ memberCount: 1_000 });
});

test('refuses a bad shape, a direct chat and the wrong person', async () => {
  expect(await add(alice)).toMatchObject({ status: 400 });
  const direct = await openDirect(mallory, carol);
  const body = { userIds: [dave.userId] };
  expect(await mallory.call('addMembers', { params: { chatId: direct }, body })).toMatchObject({ status: 422 });
  await expectNoChat(mallory, 'addMembers', { params: { chatId }, body });
  expect(await nobody.call('addMembers', { params: { chatId }, body })).toMatchObject({ status: 401 });
});
