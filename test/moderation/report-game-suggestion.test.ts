import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { caseAbout, report } from '../helpers/moderation.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, clock, settle } = server;
const mod = await hire(server, 'mod', 'moderator');
const reporter = { ...server.nobody, ...mod };

test('a suggested game is reported by who cares for the catalogue, kept as evidence, and refused', async () => {
  const [alice, bob, carol] = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
  const suggest = async (who: typeof alice, comment: string) => {
    clock.advance(1);
    const { body } = await who.call('suggestGame', { body: { name: 'Хорошая игра', comment } });
    return String(body.suggestion?.suggestionId);
  };
  const suggestionId = await suggest(alice, 'позвони мне 8 900 000-00-00');
  expect(await suggest(bob, 'и я хочу')).toBe(suggestionId);
  const subject = { kind: 'game_suggestion', suggestionId };
  for (const outsider of [alice, carol]) {
    const refused = await outsider.call('createReport', { body: { subject, reason: 'spam' } });
    expect(refused).toMatchObject({ status: 404, body: { code: 'subject_not_found' } });
  }
  await report(reporter, subject, { reason: 'spam' });

  const params = await caseAbout(mod, alice);
  const { body: before } = await mod.call('getCase', { params });
  expect(listOf(before.reports)).toMatchObject([
    {
      subject,
      evidence: {
        suggestion: { name: 'Хорошая игра', supporters: 2, comments: ['позвони мне 8 900 000-00-00', 'и я хочу'] },
      },
    },
  ]);
  const resolved = await mod.call('resolveCase', { params, body: { action: 'remove_content', reason: 'spam' } });
  expect(resolved).toMatchObject({ status: 200, body: { state: 'resolved', action: 'remove_content' } });
  for (const who of [alice, bob]) {
    const [mine] = listOf((await who.call('listMyGameSuggestions')).body.items);
    expect(mine).toMatchObject({ state: 'declined', reason: expect.stringContaining('Нарушает правила') as string });
    expect(mine?.comment).toBeUndefined();
  }
  const { body } = await mod.call('listGameSuggestions', { query: { state: 'declined' } });
  expect(listOf(body.items)).toMatchObject([{ suggestionId, comments: [] }]);

  await alice.call('requestDeletion', { body: { password: alice.password } });
  await settle();
  const kept = await mod.call('getCase', { params });
  expect(JSON.stringify(kept.body.reports)).toContain('позвони мне');
});

test('what was taken into the catalogue meanwhile stays there; what is not there is not found', async () => {
  const dave = await signUp('dave');
  const { body } = await dave.call('suggestGame', { body: { name: 'Dota Too' } });
  const suggestionId = String(body.suggestion?.suggestionId);
  await report(reporter, { kind: 'game_suggestion', suggestionId }, { reason: 'spam' });
  const accept = { params: { suggestionId }, body: { gameId: 'dota-2' } };
  expect((await mod.call('acceptGameSuggestion', accept)).status).toBe(200);
  const params = await caseAbout(mod, dave);
  expect((await mod.call('resolveCase', { params, body: { action: 'remove_content' } })).status).toBe(200);
  expect((await dave.call('listMyGameSuggestions')).body.items).toMatchObject([
    { state: 'accepted', gameId: 'dota-2' },
  ]);
  const unknown = { kind: 'game_suggestion', suggestionId: randomUUID() };
  const refused = await mod.call('createReport', { body: { subject: unknown, reason: 'spam' } });
  expect(refused).toMatchObject({ status: 404, body: { code: 'subject_not_found' } });
});
