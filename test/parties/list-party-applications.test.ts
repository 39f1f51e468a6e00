import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { applyTo, openParty } from '../helpers/parties.ts';

const { nobody, signUp, clock } = await startApp();
const list = (person: Person, partyId: unknown, query = {}) =>
  person.call('listPartyApplications', { params: { partyId: String(partyId) }, query });
const readNames = (items: unknown) => (items as { user: { username: string } }[]).map(({ user }) => user.username);

test('the host reads what waits, the oldest first, page by page', async () => {
  const host = await signUp('host');
  const { partyId } = await openParty(host);
  for (const name of ['bob', 'carol', 'dave']) {
    await applyTo(await signUp(name), partyId);
    clock.advance(1);
  }
  const first = (await list(host, partyId, { limit: 2 })).body;
  expect(readNames(first.items)).toEqual(['bob', 'carol']);
  const second = (await list(host, partyId, { limit: 2, cursor: String(first.nextCursor) })).body;
  expect(readNames(second.items)).toEqual(['dave']);
  expect(second).not.toHaveProperty('nextCursor');
  expect(await list(host, partyId, { cursor: 'forged' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_cursor' },
  });
});

test('nobody else does', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const { partyId } = await openParty(erin);
  await applyTo(frank, partyId);
  expect(await list(frank, partyId)).toMatchObject({ status: 403, body: { code: 'host_only' } });
  expect((await nobody.call('listPartyApplications', { params: { partyId: String(partyId) } })).status).toBe(401);
});
