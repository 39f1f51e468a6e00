import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';
import { apply, join, openParty, playTogether, readParty } from '../helpers/parties.ts';

const { app, signUp, clock, db } = await startApp();
const MINUTE = 60;
const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString();

test('a planned party reminds its members once, ten minutes before, and starts with whoever is there', async () => {
  const [alice, bob, carol] = [await signUp('alice'), await signUp('bob'), await signUp('carol')];
  const { partyId } = await openParty(alice, { startsAt: inMinutes(30) });
  await join(bob, alice, partyId);
  await app.parties.passStages();
  expect(await findAnnounced(db, 'parties.party_nearing')).toEqual([]);
  clock.advance(20 * MINUTE);
  await Promise.all([app.parties.passStages(), app.parties.passStages()]);
  expect(await findAnnounced(db, 'parties.party_nearing')).toEqual([
    { partyId, memberIds: [alice.userId, bob.userId] },
  ]);
  clock.advance(10 * MINUTE);
  // Before the chore comes by nobody gets in any more either.
  expect((await apply(await carol.signInAgain(), partyId)).body.code).toBe('party_closed');
  await app.parties.passStages();
  expect(await readParty(await alice.signInAgain(), partyId)).toMatchObject({ state: 'started', memberCount: 2 });
});

test('alone it is cancelled, at its start or after three hours of waiting', async () => {
  const dave = await signUp('dave');
  const planned = await openParty(dave, { startsAt: inMinutes(5) });
  const waiting = await openParty(dave);
  clock.advance(5 * MINUTE);
  await app.parties.passStages();
  const again = await dave.signInAgain();
  expect(await readParty(again, planned.partyId)).toMatchObject({ state: 'cancelled' });
  expect(await readParty(again, waiting.partyId)).toMatchObject({ state: 'open' });
  clock.advance(180 * MINUTE);
  await app.parties.passStages();
  expect(await readParty(await dave.signInAgain(), waiting.partyId)).toMatchObject({ state: 'cancelled' });
});

test('one that nobody ends is over after six hours, and forgotten after ninety days', async () => {
  const [erin, frank] = [await signUp('erin'), await signUp('frank')];
  const partyId = await playTogether(erin, [frank]);
  clock.advance(6 * 60 * MINUTE);
  await app.parties.passStages();
  expect(await readParty(await erin.signInAgain(), partyId)).toMatchObject({ state: 'finished' });
  clock.advance(91 * 86_400);
  await app.parties.forgetEnded();
  const later = await erin.signInAgain();
  expect((await later.call('getParty', { params: { partyId } })).status).toBe(404);
});
