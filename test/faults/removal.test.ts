import { afterAll, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { checkLedger } from './harness/check-ledger.ts';
import type { Ledger } from './harness/ledger.ts';
import { createNode } from './harness/node.ts';
import { createPlayer, type Player } from './harness/player.ts';
import { startFaultyPostgres } from './harness/postgres.ts';
import { befriend, readHistory } from './harness/storm.ts';

const ROUNDS = process.env.FAULTS === 'long' ? 200 : 12;

const postgres = await startFaultyPostgres();
const environment = { DATABASE_URL: postgres.url, SIGNING_KEYS: await generateSigningKeys() };
// Without Redis between them: what holds, holds by PostgreSQL alone.
const north = await createNode(environment);
const south = await createNode(environment);
await north.start();
await south.start();
afterAll(async () => {
  await Promise.all([north.stop(), south.stop()]);
  await postgres.stop();
});

test('R7: removal has its place in the line, and nothing of the removed person comes after it', async () => {
  const ledger: Ledger = { sends: [], edits: [], streams: [], removals: [] };
  const alice = await createPlayer([north.url], 'alice', ledger);
  const carol = await createPlayer([south.url], 'carol', ledger);
  // Somebody who has answered may be taken into a group.
  await carol.say(await befriend(alice, carol), 'го');
  ledger.streams.length = 0;
  ledger.sends.length = 0;
  const chatIds: string[] = [];
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { status, body } = await alice.call('POST', '/v1/chats', { title: 'Вечер', memberIds: [carol.accountId] });
    expect(status).toBe(201);
    const chatId = String(body.chatId);
    chatIds.push(chatId);
    let isRefused = false;
    const talking = (async () => {
      for (let i = 0; !isRefused && i < 500; i += 1) {
        const { outcome } = await carol.say(chatId, `line ${i}`);
        isRefused = outcome.kind === 'refused';
        if (outcome.kind === 'acknowledged') accepted += 1;
      }
    })();
    const own = (async () => {
      for (let i = 0; i < 10; i += 1) await alice.say(chatId, `own ${i}`);
    })();
    await new Promise((resolve) => setTimeout(resolve, 20 + round * 5));
    const removed = await alice.call('DELETE', `/v1/chats/${chatId}/members/${carol.accountId}`);
    expect(removed.status).toBeLessThan(300);
    await Promise.all([talking, own]);
    expect(isRefused).toBe(true);

    const { body: changes } = await alice.call(
      'GET',
      `/v1/chats/${chatId}/changes?since=${Number(body.rev)}&limit=200`,
    );
    const items = changes.items as { type: string; rev: number; data: { userId?: string; state?: string } }[];
    const place = items.findLast(({ type, data }) => type === 'member.changed' && data.userId === carol.accountId)?.rev;
    expect(place).toBeDefined();
    const { messages } = await readHistory(alice, chatId);
    const later = messages.filter(({ rev, authorId }) => authorId === carol.accountId && rev > (place ?? 0));
    expect(later).toEqual([]);
  }
  expect(accepted).toBeGreaterThan(ROUNDS);
  const histories = await Promise.all(chatIds.map((chatId) => readHistory(alice, chatId)));
  expect(checkLedger(ledger, histories)).toEqual([]);
  for (const player of [alice, carol]) player.leave();
});

test('R7: twelve at once on the last five seats are five', async () => {
  const ledger: Ledger = { sends: [], edits: [], streams: [], removals: [] };
  const owner = await createPlayer([north.url], 'owner', ledger);
  const { body: chat } = await owner.call('POST', '/v1/chats', { title: 'Пати', memberIds: [] });
  const { status, body: invite } = await owner.call('POST', `/v1/chats/${String(chat.chatId)}/invites`, { maxUses: 5 });
  expect(status).toBe(201);
  const guests = await Promise.all(
    Array.from({ length: 12 }, (_, i) => createPlayer([[north, south][i % 2]!.url], `guest${i}`, ledger)),
  );
  const answers = await Promise.all(
    guests.map((guest) => guest.call('POST', `/v1/invites/${String(invite.code)}/join`, {})),
  );
  expect(answers.filter((answer) => answer.status < 300)).toHaveLength(5);
  const { body: members } = await owner.call('GET', `/v1/chats/${String(chat.chatId)}/members`);
  expect((members.items as object[]).length).toBe(6);
  for (const player of [owner, ...guests]) player.leave();
});

test('R7: ban, leaving and handing over at once: nobody is heard after their end, and the group has one owner', async () => {
  const ledger: Ledger = { sends: [], edits: [], streams: [], removals: [] };
  const names = ['mona', 'nick', 'olga', 'pete'];
  const people = [];
  for (const [i, name] of names.entries()) people.push(await createPlayer([[north, south][i % 2]!.url], name, ledger));
  const [mona, nick, olga, pete] = people as [Player, Player, Player, Player];
  for (const other of [nick, olga, pete]) await other.say(await befriend(mona, other), 'го');
  const memberIds = [nick, olga, pete].map(({ accountId }) => accountId);

  for (let round = 0; round < ROUNDS; round += 1) {
    const { body } = await mona.call('POST', '/v1/chats', { title: 'Вечер', memberIds });
    const path = `/v1/chats/${String(body.chatId)}`;
    const of = ({ accountId }: Player) => `${path}/members/${accountId}`;
    await mona.call('PATCH', of(nick), { role: 'admin' });
    const talking = people.map(async (one) => {
      for (let i = 0; i < 30; i += 1) {
        if ((await one.say(String(body.chatId), `line ${i}`)).outcome.kind === 'refused') return;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 10 + round * 3));
    await Promise.all([
      nick.call('DELETE', `${of(olga)}?ban=true`),
      mona.call('DELETE', of(olga)),
      mona.call('PATCH', of(pete), { role: 'owner' }),
      mona.call('DELETE', of(mona)),
      pete.call('DELETE', of(pete)),
      ...talking,
    ]);

    const { body: changes } = await nick.call('GET', `${path}/changes?since=${Number(body.rev)}&limit=200`);
    const items = changes.items as { type: string; rev: number; data: { userId?: string; state?: string } }[];
    const { messages } = await readHistory(nick, String(body.chatId));
    for (const { accountId } of [mona, olga, pete]) {
      const end = items.findLast(({ type, data }) => type === 'member.changed' && data.userId === accountId);
      expect(end?.data.state).toMatch(/^(left|removed)$/);
      // The note that they left has no text of its own.
      const later = messages.filter(
        ({ authorId, rev, text }) => authorId === accountId && text && rev > (end?.rev ?? 0),
      );
      expect(later).toEqual([]);
    }
    const { body: members } = await nick.call('GET', `${path}/members`);
    const left = members.items as { userId: string; role: string }[];
    expect(left.map(({ userId, role }) => [userId, role])).toEqual([[nick.accountId, 'owner']]);
  }
  for (const player of people) player.leave();
});
