import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const mod = await hire(server, 'mod', 'moderator');
const alice = await server.signUp('alice');

test('the suggester reads why, and may suggest it again some day', async () => {
  const suggest = async () => {
    server.clock.advance(1);
    const { body } = await alice.call('suggestGame', { body: { name: 'Patience' } });
    return { suggestionId: String(body.suggestion?.suggestionId) };
  };
  const params = await suggest();
  const body = { reason: ' For one player only. ' };
  expect((await mod.call('declineGameSuggestion', { params, body: { reason: ' ' } })).status).toBe(400);
  expect((await alice.call('declineGameSuggestion', { params, body })).status).toBe(403);
  const declined = await mod.call('declineGameSuggestion', { params, body });
  expect(declined).toMatchObject({ status: 200, body: { state: 'declined', reason: 'For one player only.' } });
  expect(await mod.call('declineGameSuggestion', { params, body })).toMatchObject({
    status: 409,
    body: { code: 'suggestion_decided' },
  });
  const again = await suggest();
  expect(again).not.toEqual(params);
  expect((await alice.call('listMyGameSuggestions')).body.items).toMatchObject([
    { state: 'pending' },
    { state: 'declined', reason: 'For one player only.' },
  ]);
});
