import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, nobody, db } = server;
const mod = await hire(server, 'mod', 'moderator');
const alice = await signUp('alice');
const bob = await signUp('bob');

const queue = async () => listOf((await mod.call('listGameSuggestions')).body.items);

test('people who miss the same game support one suggestion, each once', async () => {
  const first = { name: ' Star  Courier ', comment: 'is new', platforms: ['windows'] };
  const { status, body } = await alice.call('suggestGame', { body: first });
  expect(status).toBe(200);
  expect(body.suggestion).toMatchObject({ name: 'Star Courier', comment: 'is new', state: 'pending' });
  await bob.call('suggestGame', { body: { name: 'STAR-COURIER!', platforms: ['xbox', 'windows'] } });
  await alice.call('suggestGame', { body: { ...first, comment: 'is out now' } });
  expect(await queue()).toMatchObject([
    { name: 'Star Courier', supporters: 2, platforms: ['windows', 'xbox'], comments: ['is out now'] },
  ]);
});

test('many at the same moment make one', async () => {
  const people = await Promise.all(['carol', 'dave', 'erin', 'frank'].map((name) => signUp(name)));
  const answers = await Promise.all(people.map((one) => one.call('suggestGame', { body: { name: 'Rush Hour' } })));
  expect(new Set(answers.map(({ body }) => String(body.suggestion?.suggestionId))).size).toBe(1);
  expect((await queue())[0]).toMatchObject({ name: 'Rush Hour', supporters: 4 });
});

test('who suggests what the staff decide in that moment begins it anew', async () => {
  const { body } = await alice.call('suggestGame', { body: { name: 'Night Train' } });
  const suggestionId = String(body.suggestion?.suggestionId);
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const deciding = db.transaction(async (tx) => {
    const pending = tx.selectFrom('game_suggestions').select('state').where('suggestion_id', '=', suggestionId);
    await pending.forUpdate().execute();
    held.resolve();
    await release.promise;
    const decision = { state: 'declined', reason: 'not_a_game', decided_at: server.clock.now() } as const;
    await tx.updateTable('game_suggestions').set(decision).where('suggestion_id', '=', suggestionId).execute();
  });
  await held.promise;
  const suggesting = bob.call('suggestGame', { body: { name: 'Night Train' } });
  try {
    await vi.waitFor(async () => {
      const { rows } = await sql`select from pg_locks where not granted`.execute(db.read);
      expect(rows).not.toEqual([]);
    });
  } finally {
    release.resolve();
  }
  await deciding;
  const answer = await suggesting;
  expect(answer).toMatchObject({ status: 200, body: { suggestion: { name: 'Night Train', state: 'pending' } } });
  expect(String(answer.body.suggestion?.suggestionId)).not.toBe(suggestionId);
});

test.each(['Counter Strike 2', 'кс2', 'ДОТА 2', 'майнкрафт'])(
  '%s is there already, and the answer is it',
  async (name) => {
    const before = await queue();
    const { body } = await alice.call('suggestGame', { body: { name } });
    expect(Object.keys(body)).toEqual(['game']);
    expect(String(body.game?.gameId)).toMatch(/^(counter-strike-2|dota-2|minecraft)$/);
    expect(await queue()).toEqual(before);
  },
);

test('what others support outlives the account of one, without the words of that one', async () => {
  const [gina, hank] = [await signUp('gina'), await signUp('hank')];
  await gina.call('suggestGame', { body: { name: 'Only Mine' } });
  await gina.call('suggestGame', { body: { name: 'Of Both', comment: 'by gina' } });
  await hank.call('suggestGame', { body: { name: 'Of Both' } });
  await gina.call('requestDeletion', { body: { password: gina.password } });
  await server.settle();
  const rows = (await queue()).map(({ name, supporters, comments }) => [name, supporters, comments]);
  expect(rows).toContainEqual(['Of Both', 1, []]);
  expect(rows.flat()).not.toContain('Only Mine');
  expect(await db.read.selectFrom('game_suggesters').where('comment', '=', 'by gina').selectAll().execute()).toEqual(
    [],
  );
});

test('refuses a name of nothing, an unknown platform, and strangers', async () => {
  for (const body of [{ name: '...' }, { name: '\u200b' }, { name: 'x', platforms: ['abacus'] }, {}]) {
    expect((await alice.call('suggestGame', { body })).status).toBe(400);
  }
  expect((await nobody.call('suggestGame', { body: { name: 'x' } })).status).toBe(401);
});
