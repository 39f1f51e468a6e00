import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApns } from '../helpers/apns.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { askToWrite, createGroup, openAccepted, say } from '../helpers/chats.ts';
import { register, tokenOf } from '../helpers/devices.ts';
import { caseAbout, report } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const apns = await startApns();
const server = await startApp({ apns: apns.config });
const { clock, db, settle, signUp } = server;
const mod = await hire(server, 'mod', 'moderator');

async function join(name: string): Promise<Person> {
  const person = await signUp(name);
  await register(person, tokenOf(name));
  await person.call('updateNotificationSettings', { body: { showsRequestText: true } });
  return person;
}

/** All that came to these people's phones within so many seconds, and all that their feeds say, as text. */
async function toldTo(people: readonly Person[], seconds: number): Promise<string> {
  await settle();
  clock.advance(seconds);
  await settle();
  const tokens = people.map(({ username }) => tokenOf(username));
  const pushes = apns.take().filter(({ token }) => tokens.includes(token));
  const feeds = await Promise.all(
    people.map(async (person) => {
      const { status, body } = await person.call('listNotifications');
      expect(status).toBe(200);
      return body;
    }),
  );
  return JSON.stringify({ pushes: pushes.map(({ payload }) => payload), feeds });
}

test('A5, A6: what a moderator removed before a push leaves, or while it is tried again, is in none and in no feed', async () => {
  const [alice, bob, carol] = [await join('alice'), await join('bob'), await join('carol')];
  const groupId = await createGroup(alice, [bob]);
  const directId = await openAccepted(alice, bob);
  const requestId = await askToWrite(alice, carol);
  const everybody = [alice, bob, carol];
  await toldTo(everybody, 60);
  const vile = async (chatId: string, reporter: Person, more: object = {}) => {
    const { seq } = await say(alice, chatId, 'something vile', more);
    await report(reporter, { kind: 'message', chatId, seq: Number(seq) }, { comment: 'a vile comment' });
  };
  const remove = async () => {
    const params = await caseAbout(mod, alice);
    const body = { action: 'remove_content', note: 'a vile note' };
    expect((await mod.call('resolveCase', { params, body })).status).toBe(200);
  };

  await say(alice, groupId, 'something decent');
  await vile(groupId, bob);
  await vile(groupId, bob, { mentions: [bob.userId] });
  await vile(directId, bob);
  await vile(requestId, carol);
  await settle();
  await remove();
  const told = await toldTo(everybody, 12);
  expect(told).toContain('something decent');
  // Bob and Carol hear what came of their reports.
  expect(told).toContain('Your report was looked at');
  expect(told).not.toContain('vile');
  expect(await toldTo(everybody, 120)).not.toContain('vile');

  apns.answerWith(() => ({ status: 503, body: { reason: 'ServiceUnavailable' } }));
  await vile(directId, bob);
  await settle();
  clock.advance(4);
  await settle();
  expect(JSON.stringify(apns.take())).toContain('something vile');
  apns.answerWith(undefined);
  await remove();
  expect(await toldTo(everybody, 300)).not.toContain('vile');
});

test('A6: whatever a blocked person did or does, before the push leaves or after, is in none and in no feed', async () => {
  clock.advance(300);
  const [dave, erin, frank] = [await join('dave'), await join('erin'), await join('frank')];
  const groupId = await createGroup(dave, [erin, frank]);
  const directId = await openAccepted(erin, dave);
  const strangers = await Promise.all(['gus', 'hal'].map((name) => signUp(name)));
  const [gus, hal] = strangers;
  if (!gus || !hal) throw new Error('somebody is missing');
  await toldTo([dave], 60);
  await dave.call('markNotificationsRead', { body: { upTo: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } });

  // All of it waits when Dave blocks them.
  await say(erin, directId, 'words of erin');
  await say(erin, groupId, `@dave words of erin`, { mentions: [dave.userId] });
  await say(gus, await askToWrite(gus, dave), 'words of gus');
  await hal.call('createTeammateRequest', { body: { userId: dave.userId, note: 'words of hal' } });
  await settle();
  for (const person of [erin, gus, hal])
    expect((await dave.call('blockUser', { params: { userId: person.userId } })).status).toBeLessThan(300);
  // And this comes afterwards.
  await say(erin, groupId, `@dave more words of erin`, { mentions: [dave.userId] });
  const poll = { clientId: randomUUID(), kind: 'poll', question: 'words of erin?', options: ['yes', 'no'] };
  expect((await erin.call('createPoll', { params: { chatId: groupId }, body: poll })).status).toBe(201);
  const payload = JSON.stringify({ accountId: dave.userId, savedSearchId: randomUUID(), matchId: hal.userId });
  await db.statement.insertInto('outbox_events').values({ type: 'search.match_found', payload }).execute();
  await say(frank, groupId, 'words of a friend');
  const told = await toldTo([dave], 12);
  const later = await toldTo([dave], 120);
  expect(told).toContain('words of a friend');
  for (const { username, userId } of [erin, gus, hal])
    for (const trace of [`words of ${username}`, `"${username}`, userId])
      expect([trace, (told + later).includes(trace)]).toEqual([trace, false]);
});
