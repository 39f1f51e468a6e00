import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');
const bob = await server.signUp('bob');

test('the most wanted come first, page by page, by state; players may not look', async () => {
  for (const name of ['Quiet one', 'Wanted one', 'Other one']) {
    await alice.call('suggestGame', { body: { name } });
    // Of one millisecond there is no order.
    server.clock.advance(1);
  }
  await bob.call('suggestGame', { body: { name: 'Wanted one' } });
  const names: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 1, ...(cursor !== undefined && { cursor }) };
    const { body } = await mod.call('listGameSuggestions', { query });
    names.push(...listOf(body.items).map(({ name }) => String(name)));
    if (body.nextCursor === undefined) break;
    cursor = String(body.nextCursor);
  }
  expect(names).toEqual(['Wanted one', 'Quiet one', 'Other one']);
  expect((await mod.call('listGameSuggestions', { query: { state: 'declined' } })).body.items).toEqual([]);
  expect((await alice.call('listGameSuggestions')).status).toBe(403);
});
