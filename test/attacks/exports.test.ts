import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { catchUp, createGroup, listOf, openDirect, readChat, say } from '../helpers/chats.ts';
import type { Body } from '../helpers/client.ts';
import { downloadExport } from '../helpers/exports.ts';
import { caseAbout, report, reportUser } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';
import { leaveTraces } from '../helpers/traces.ts';
import { uploadPicture } from '../helpers/uploads.ts';

const server = await startApp();
const { signUp, clock, settle } = server;

const exportOf = async (person: Person): Promise<Record<string, string>> => {
  expect((await person.call('requestExport')).status).toBe(202);
  await settle();
  return downloadExport(server, person);
};

const readList = (files: Record<string, string>, path: string): Body[] => JSON.parse(files[path] ?? 'null') as Body[];

test('a refused request waits in the export of who asked, as it does in their list', async () => {
  const [alice, bob, carol, dave] = [
    await signUp('alice'),
    await signUp('bob'),
    await signUp('carol'),
    await signUp('dave'),
  ];
  const ask = async (asked: Person) => {
    const { body } = await alice.call('createTeammateRequest', { body: { userId: asked.userId } });
    return { requestId: String(body.requestId) };
  };
  await bob.call('declineTeammateRequest', { params: await ask(bob) });
  await carol.call('acceptTeammateRequest', { params: await ask(carol) });
  await ask(dave);
  const { body } = await alice.call('listTeammateRequests', { query: { direction: 'outgoing' } });
  const shown = listOf(body.items).map(({ request }) => `${request?.userId} ${request?.state}`);
  const sent = readList(await exportOf(alice), 'relationships/requests-sent.json');
  const exported = sent.map(({ recipientId, state }) => `${recipientId} ${state}`);
  expect(exported.toSorted()).toEqual(shown.toSorted());
  const keysOf = (person: Person) =>
    Object.keys(sent.find(({ recipientId }) => String(recipientId) === person.userId) ?? {}).toSorted();
  expect(keysOf(bob)).toEqual(keysOf(dave));
  const received = readList(await exportOf(bob), 'relationships/requests-received.json');
  expect(received).toMatchObject([{ state: 'declined' }]);
});

test('a ban from a chat is a removal in the export of who was banned, as it is to the chat', async () => {
  const [erin, frank, grace] = [await signUp('erin'), await signUp('frank'), await signUp('grace')];
  const [banning, removing, left] = [
    await createGroup(erin, [frank, grace]),
    await createGroup(erin, [frank, grace]),
    await createGroup(erin, [frank, grace]),
  ];
  const remove = (by: Person, chatId: string, query = {}) =>
    by.call('removeMember', { params: { chatId, userId: frank.userId }, query });
  const revs = await Promise.all(
    [banning, removing, left].map(async (chatId) => [chatId, Number((await readChat(grace, chatId)).rev)] as const),
  );
  await remove(erin, banning, { ban: true });
  await remove(erin, removing);
  await remove(frank, left);
  const rows = readList(await exportOf(frank), 'messenger/memberships.json');
  for (const [chatId, rev] of revs) {
    const changes = listOf((await catchUp(grace, chatId, rev)).items);
    const shown = changes.findLast(({ type, data }) => `${type} ${data?.userId}` === `member.changed ${frank.userId}`);
    const exported = rows.find((row) => String(row.chatId) === chatId);
    expect(String(exported?.state)).toBe(String(shown?.data?.state));
    expect(exported).not.toMatchObject({ state: 'banned' });
  }
});

test('who was reported cannot tell so from the export, nor from a file that stays behind as evidence', async () => {
  const [heidi, ivan] = [await signUp('heidi'), await signUp('ivan')];
  const chatId = await openDirect(heidi, ivan);
  const [shown, other] = [await uploadPicture(ivan), await uploadPicture(ivan)];
  const send = ({ mediaId }: Body) => say(ivan, chatId, '', { attachments: [{ mediaId: String(mediaId) }] });
  const messages = [await send(shown), await send(other)];
  const subject = { kind: 'picture', chatId, seq: Number(messages[0]?.seq), mediaId: String(shown.mediaId) };
  await report(heidi, subject, { reason: 'sexual' });
  await reportUser(heidi, ivan);
  const mod = await hire(server, 'mod', 'moderator');
  const params = await caseAbout(mod, ivan);
  await mod.call('getCase', { params });
  await mod.call('claimCase', { params });
  const before = await exportOf(ivan);
  const [one, two] = readList(before, 'media/media.json').map((row) => Object.keys(row).toSorted());
  expect(one).toEqual(two);
  expect(readList(before, 'staff/acts-about-you.json')).toEqual([]);

  for (const { seq } of messages)
    await ivan.call('deleteMessage', { params: { chatId, seq: Number(seq) }, query: { for: 'everyone' } });
  clock.advance(2 * 86_400);
  await server.app.media.collectOrphans();
  const after = await exportOf(await ivan.signInAgain());
  expect(readList(after, 'media/media.json')).toEqual([]);
  expect(Object.keys(after).filter((path) => path.includes(String(shown.mediaId)))).toEqual([]);
});

/** What no door shows to the person: of moderation's own work, of evidence, of who did it, and of the machinery. */
const HIDDEN_KEYS =
  /evidence|^(caseId|subjectKey|hasPrivateText|mediaIds|weight|severity|imposedBy|liftedBy|decidedBy|startedBy|resolvedBy|claimedBy|unusedSince|doomedAt|contentHash|tokenHash)$|xid$|hash$/i;
const HIDDEN_VALUES = /^(declined|banned|case\..*)$/;

test('nothing in the export of a person who has used everything has a name or a value that the doors hide', async () => {
  const files = await exportOf(await leaveTraces(server));
  const told = Object.entries(files)
    .filter(([path]) => path.endsWith('.json'))
    .flatMap(([path, file]) => pairsOf(JSON.parse(file)).map(([key, value]) => ({ path, key, value })));
  expect(told.length).toBeGreaterThan(100);
  expect(told.filter(({ key, value }) => HIDDEN_KEYS.test(key) || HIDDEN_VALUES.test(value))).toEqual([]);
});

/** Every name in a value with the text it stands for; that of a list goes for each in it. */
const pairsOf = (value: unknown, key = ''): [string, string][] => {
  if (Array.isArray(value)) return value.flatMap((one) => pairsOf(one, key));
  if (value === null || typeof value !== 'object') return [[key, String(value)]];
  return Object.entries(value).flatMap(([name, one]): [string, string][] => [[name, ''], ...pairsOf(one, name)]);
};
