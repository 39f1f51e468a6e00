/** Attack cases D1 to D3 of docs/security.md: poison content, lists without bounds, costly reads. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listChatOperations } from '../helpers/chat-operations.ts';
import { createGroup, listOf, openDirect, readChat } from '../helpers/chats.ts';
import { createRandom } from '../helpers/random.ts';

const { app, signUp } = await startApp();
const mallory = await signUp('mallory');
const bob = await signUp('bob');
const chatId = await openDirect(mallory, bob);
const group = await createGroup(mallory, [bob]);

const POISON: readonly unknown[] = [
  '\u202eтекст задом наперёд',
  'z' + '\u0301'.repeat(3_900),
  '\u2028\u2029\ufeff',
  '\ufffe\uffff',
  '👨‍👩‍👧‍👦'.repeat(500),
  '<script>alert(1)</script>',
  "'; drop table messages; --",
  '{"$ne":null}',
  '@' + 'a'.repeat(3_999),
  '@all '.repeat(700),
  '%00%s%n',
  '\0',
  '\ud800',
  1e308,
  -1,
  null,
  [],
  {},
  true,
  '9'.repeat(4_000),
];

test('D1: five hundred attempts to poison a chat, and its other member reads on', async () => {
  const random = createRandom(1);
  for (let i = 0; i < 500; i += 1) {
    const poison = random.pick(POISON);
    const params = { chatId: random.pick([chatId, group]) };
    const body = { clientId: randomUUID(), text: poison };
    const answer = await random.pick([
      () => mallory.call('sendMessage', { params, body }),
      () => mallory.call('sendMessage', { params, body: { ...body, text: 'x', mentions: poison } }),
      () => mallory.call('sendMessage', { params, body: { ...body, text: 'x', replyToSeq: poison } }),
      () => mallory.call('sendMessage', { params, body: { ...body, text: 'x', forward: poison } }),
      () => mallory.call('editMessage', { params: { ...params, seq: 3 }, body: { text: poison } }),
      () => mallory.call('updateChat', { params: { chatId: group }, body: { title: poison } }),
      () =>
        mallory.call('createPoll', {
          params,
          body: { clientId: randomUUID(), question: poison, options: ['a', poison] },
        }),
      () => mallory.call('saveDraft', { params, body: { text: poison } }),
      () => mallory.call('updateChatSettings', { params, body: { mutedUntil: poison } }),
      () => mallory.call('syncChats', { body: { chats: { [params.chatId]: poison } } }),
      () =>
        mallory.raw(`/v1/chats/${params.chatId}/read`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: '{"seq":1e400}',
        }),
    ])();
    expect(answer.status).toBeLessThan(500);
  }
  for (const id of [chatId, group]) {
    const { seq } = await readChat(bob, id);
    for (let after = 0; after < Number(seq); after += 100) {
      const page = await bob.call('listMessages', { params: { chatId: id }, query: { after, limit: 100 } });
      expect(page.status).toBe(200);
    }
    expect(await bob.call('listChanges', { params: { chatId: id }, query: { since: 0 } })).toMatchObject({
      status: 200,
    });
  }
  expect(await bob.call('listChats')).toMatchObject({ status: 200 });
  const sync = await bob.call('syncChats', { body: { chats: { [chatId]: 0, [group]: 0 } } });
  expect(listOf(sync.body.changed)).toHaveLength(2);
});

const INPUT =
  /^(Send|Edit|Create|Update|Add|Change|Vote|Sync|Draft|Clear|Read|Delivered|Typing|Chat|Forward|Attachment)\w*(Body|Input|Frame)$/;

const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
const message = (more: object) => ({ clientId: randomUUID(), text: 'x', ...more });
const options = (count: number) => Array.from({ length: count }, (_, i) => `o${i}`);

test.each([
  ['sendMessage', message({ mentions: ids(51) })],
  ['sendMessage', message({ forward: { chatId: group, seqs: Array.from({ length: 21 }, (_, i) => i + 1) } })],
  ['sendMessage', message({ attachments: ids(11).map((mediaId) => ({ mediaId })) })],
  ['createPoll', { clientId: randomUUID(), question: '?', options: options(11) }],
  ['vote', { options: Array.from({ length: 11 }, (_, i) => i) }],
  ['addMembers', { userIds: ids(101) }],
])('D2: %s takes no list past its bound', async (operationId, body) => {
  const answer = await mallory.call(operationId, { params: { chatId: group, seq: 1 }, body });
  expect(answer).toMatchObject({ status: 400 });
});

test('D2: every list in a body of the messenger has its bound in the document', () => {
  const { schemas } = (app.document as { components: { schemas: Record<string, object> } }).components;
  const unbounded: string[] = [];
  const look = (name: string, schema: unknown) => {
    if (typeof schema !== 'object' || schema === null) return;
    const { type, maxItems, maxLength, format, pattern, enum: words } = schema as Record<string, unknown>;
    if (type === 'array' && maxItems === undefined) unbounded.push(name);
    const isBoundText = maxLength !== undefined || format !== undefined || pattern !== undefined || words !== undefined;
    if (type === 'string' && !isBoundText) unbounded.push(name);
    for (const inner of Object.values(schema)) look(name, inner);
  };
  const inputs = Object.entries(schemas).filter(([name]) => INPUT.test(name) && name !== 'ReadyFrame');
  expect(inputs.length).toBeGreaterThan(15);
  for (const [name, schema] of inputs) look(name, schema);
  expect([...new Set(unbounded)]).toEqual([]);
});

test('D3: no list takes a forged cursor, nor a limit out of bounds', async () => {
  const { paths } = app.document as {
    paths: Record<string, Record<string, { operationId: string; tags: string[]; parameters: { name: string }[] }>>;
  };
  const lists = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ tags, parameters }) => tags.includes('messenger') && parameters.some(({ name }) => name === 'cursor'));
  expect(lists.length).toBeGreaterThan(7);
  const { body: poll } = await mallory.call('createPoll', {
    params: { chatId: group },
    body: { clientId: randomUUID(), question: '?', options: ['a', 'b'] },
  });
  const params = { chatId: group, seq: Number(poll.seq) };
  for (const { operationId, parameters } of lists) {
    const q = parameters.some(({ name }) => name === 'q') ? { q: 'слово' } : {};
    for (const cursor of ['AAAA', Buffer.from('{"accountId":"x"}').toString('base64url'), 'x'.repeat(1_001), '%00']) {
      const answer = await mallory.call(operationId, { params, query: { ...q, cursor } });
      expect([operationId, cursor.slice(0, 8), answer.status]).toEqual([operationId, cursor.slice(0, 8), 400]);
    }
    for (const limit of [0, -1, 101, 1e9, '1e400', 'all', '']) {
      const answer = await mallory.call(operationId, { params, query: { ...q, limit } });
      expect([operationId, limit, answer.status]).toEqual([operationId, limit, 400]);
    }
  }
  expect(listChatOperations(app.document).length).toBeGreaterThan(35);
});
