import { expect, test } from 'vitest';
import { checkLedger } from './harness/check-ledger.ts';
import type { History, Ledger } from './harness/ledger.ts';

const CHAT = 'chat';
const OTHER = 'other';

/** Alice and bob talk, alice corrects her second line, carol is removed after the third; all of it as it should be. */
function makeSoundRun(): { ledger: Ledger; histories: History[] } {
  const lines = [
    { seq: 1, rev: 1, authorId: 'alice', clientId: 'a1', text: 'го?' },
    { seq: 2, rev: 5, authorId: 'alice', clientId: 'a2', text: 'в восемь' },
    { seq: 3, rev: 3, authorId: 'bob', clientId: 'b1', text: 'го' },
    { seq: 4, rev: 6, authorId: 'bob', clientId: 'b2', text: 'кто ещё?' },
  ];
  const first = { ...lines[1], seq: 2, rev: 2, clientId: 'a2', text: 'в семь' };
  const changes = [lines[0], first, lines[2], lines[1], lines[3]].flatMap((line) => (line ? [{ ...line }] : []));
  return {
    histories: [
      { chatId: CHAT, messages: lines.map((line) => ({ ...line })) },
      { chatId: OTHER, messages: [] },
    ],
    ledger: {
      sends: [
        send('alice', 'a1', 'го?', 1, 1),
        send('alice', 'a2', 'в семь', 2, 2),
        send('bob', 'b1', 'го', 3, 3),
        send('bob', 'b2', 'кто ещё?', 4, 6),
        { chatId: CHAT, authorId: 'bob', clientId: 'b3', text: 'ау', outcome: { kind: 'unanswered' } },
      ],
      edits: [{ chatId: CHAT, seq: 2, text: 'в восемь', rev: 5 }],
      streams: [
        { accountId: 'alice', chatId: CHAT, changes: changes.map((one) => ({ ...one })) },
        { accountId: 'bob', chatId: CHAT, changes: changes.map((one) => ({ ...one })) },
        { accountId: 'carol', chatId: CHAT, changes: changes.slice(0, 3).map((one) => ({ ...one })) },
      ],
      removals: [{ chatId: CHAT, accountId: 'carol', rev: 4 }],
    },
  };
}

function send(authorId: string, clientId: string, text: string, seq: number, rev: number) {
  return { chatId: CHAT, authorId, clientId, text, outcome: { kind: 'acknowledged' as const, seq, rev } };
}

test('a sound run has no fault', () => {
  const { ledger, histories } = makeSoundRun();
  expect(checkLedger(ledger, histories)).toEqual([]);
});

type Run = ReturnType<typeof makeSoundRun>;
const messagesOf = ({ histories }: Run) => histories[0]?.messages ?? [];

test.each<[fault: string, plant: (run: Run) => void, found: RegExp]>([
  ['an acknowledgement before the commit', (run) => void messagesOf(run).splice(3, 1), /^lost: b2/],
  ['a dropped delivery', (run) => void run.ledger.streams[1]?.changes.splice(2, 1), /^dropped: bob in chat .* 3/],
  [
    'a message doubled by a repeat',
    (run) => void messagesOf(run).push({ seq: 5, rev: 7, authorId: 'bob', clientId: 'b2', text: 'кто ещё?' }),
    /^double: b2/,
  ],
  [
    'swapped numbers',
    (run) => {
      const [, second, third] = messagesOf(run);
      if (second && third) [second.seq, third.seq] = [third.seq, second.seq];
      messagesOf(run).sort((one, other) => one.seq - other.seq);
    },
    /^swapped: a2/,
  ],
  [
    'a gap',
    (run) => {
      const last = messagesOf(run).at(-1);
      if (last) last.seq = 5;
    },
    /^gap: chat has 5 at place 4/,
  ],
  [
    'a message in the wrong chat',
    (run) => {
      const [moved] = messagesOf(run).splice(3, 1);
      if (moved) run.histories[1]?.messages.push({ ...moved, seq: 1 });
    },
    /^wrong chat: b2/,
  ],
  [
    'a delivery after the removal',
    (run) => void run.ledger.streams[2]?.changes.push({ seq: 4, rev: 6, clientId: 'b2', text: 'кто ещё?' }),
    /^after removal: carol/,
  ],
  [
    'a lost edit',
    (run) => {
      const second = messagesOf(run)[1];
      if (second) Object.assign(second, { rev: 2, text: 'в семь' });
    },
    /^lost edit: 2 of chat/,
  ],
])('the checker sees %s', (_fault, plant, found) => {
  const run = makeSoundRun();
  plant(run);
  expect(checkLedger(run.ledger, run.histories)).toContainEqual(expect.stringMatching(found));
});
