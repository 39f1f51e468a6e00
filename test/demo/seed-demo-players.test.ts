import { expect, test } from 'vitest';
import { seedDemoPlayers } from '../../src/demo/seed-demo-players.ts';
import { startApp } from '../helpers/app.ts';
import type { Body } from '../helpers/client.ts';

const COUNT = 300;
const { app, db, signUp } = await startApp(
  {},
  { prepare: async (parts) => void (await seedDemoPlayers(parts.app, parts.db, parts.ids, COUNT, () => {})) },
);

test('an empty database is filled with players, some of whom lead parties that one can apply to', async () => {
  expect(await app.accounts.countAccounts()).toBe(COUNT);
  const alice = await signUp('alice');
  const { body } = await alice.call('listParties', { query: { limit: 100 } });
  const parties = (body.items as unknown as { party: Body }[]).map(({ party }) => party);
  expect(parties.length).toBeGreaterThan(3);
  for (const party of parties) expect(party).toMatchObject({ state: 'open', memberCount: 1, myPart: 'visitor' });
  const params = { partyId: String(parties[0]?.partyId) };
  expect((await alice.call('createPartyApplication', { params, body: {} })).status).toBe(201);
});

test('one that holds accounts is left alone', async () => {
  const ids = { next: () => expect.fail('nobody is made') };
  expect(await seedDemoPlayers(app, db, ids, COUNT, () => {})).toBe(0);
});
