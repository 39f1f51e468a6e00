import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');

test('page by page', async () => {
  for (const text of ['zorga', 'zorgb', 'zorgc'])
    await mod.call('createTextRule', { body: { kind: 'word', language: 'en', text, action: 'mask' } });
  const first = await mod.call('listTextRules', { query: { limit: 2 } });
  const rest = await mod.call('listTextRules', { query: { limit: 2, cursor: String(first.body.nextCursor) } });
  const texts = [...listOf(first.body.items), ...listOf(rest.body.items)].map(({ text }) => String(text));
  expect(texts.toSorted()).toEqual(['zorga', 'zorgb', 'zorgc']);
  const alice = await server.signUp('alice');
  expect((await alice.call('listTextRules')).status).toBe(403);
});
