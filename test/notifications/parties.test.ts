import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { listOf } from '../helpers/chats.ts';
import { accept, apply, applyTo, join, openParty } from '../helpers/parties.ts';

const { app, signUp, settle, clock } = await startApp();

async function readFeed(person: Person) {
  await settle();
  return listOf((await person.call('listNotifications')).body.items);
}

test('an application is told to the host, and its acceptance to the applicant', async () => {
  const [alice, bob] = [await signUp('alice', { locale: 'ru' }), await signUp('bob')];
  const { partyId } = await openParty(alice);
  const applicationId = await applyTo(bob, partyId);
  expect(await readFeed(alice)).toMatchObject([
    { kind: 'party_application', partyId, applicationId, text: 'bob просится к вам в пати', isRead: false },
  ]);
  await accept(alice, partyId, applicationId);
  expect(await readFeed(alice)).toMatchObject([{ kind: 'party_application', isRead: true }]);
  expect(await readFeed(bob)).toMatchObject([
    { kind: 'party_accepted', partyId, text: 'alice took you into the party' },
  ]);
});

test('a refusal is told to nobody, and what was taken back leaves the feed', async () => {
  const [carol, dave, erin] = [await signUp('carol'), await signUp('dave'), await signUp('erin')];
  const { partyId } = await openParty(carol);
  const refused = await applyTo(dave, partyId);
  await carol.call('declinePartyApplication', { params: { partyId: String(partyId), applicationId: refused } });
  const taken = await applyTo(erin, partyId);
  await erin.call('withdrawPartyApplication', { params: { partyId: String(partyId), applicationId: taken } });
  expect(await readFeed(dave)).toEqual([]);
  expect(await readFeed(carol)).toMatchObject([{ kind: 'party_application', applicationId: refused, isRead: true }]);
  // Who applies again after a refusal reaches nobody.
  await dave.call('withdrawPartyApplication', { params: { partyId: String(partyId), applicationId: refused } });
  await apply(dave, partyId);
  expect(await readFeed(carol)).toHaveLength(1);
});

test('an heir is told of what waits, and whoever led before no longer', async () => {
  const [heidi, ivan, judy] = [await signUp('heidi'), await signUp('ivan'), await signUp('judy')];
  const { partyId } = await openParty(heidi);
  await join(ivan, heidi, partyId);
  const applicationId = await applyTo(judy, partyId);
  await settle();
  clock.advance(1);
  await heidi.call('removePartyMember', { params: { partyId: String(partyId), userId: heidi.userId } });
  expect((await readFeed(ivan))[0]).toMatchObject({
    kind: 'party_application',
    applicationId,
    user: { username: 'judy' },
  });
  expect(JSON.stringify(await readFeed(heidi))).not.toContain(applicationId);
});

test('members are told that it starts in ten minutes, again when it was put off, and that it was called off', async () => {
  const [frank, grace] = [await signUp('frank'), await signUp('grace')];
  const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000).toISOString();
  const { partyId } = await openParty(frank, { startsAt: inMinutes(30) });
  await join(grace, frank, partyId);
  await settle();
  clock.advance(20 * 60);
  await app.parties.passStages();
  const [host, guest] = [await frank.signInAgain(), await grace.signInAgain()];
  expect(await readFeed(host)).toMatchObject([
    { kind: 'party_starts', partyId, text: 'Your party starts in ten minutes' },
    { kind: 'party_application' },
  ]);
  expect(await readFeed(guest)).toMatchObject([{ kind: 'party_starts' }, { kind: 'party_accepted' }]);
  const params = { partyId: String(partyId) };
  await host.call('updateParty', { params, body: { startsAt: inMinutes(40) } });
  clock.advance(30 * 60);
  await app.parties.passStages();
  const [later, there] = [await frank.signInAgain(), await grace.signInAgain()];
  expect((await readFeed(there)).filter(({ kind }) => String(kind) === 'party_starts')).toHaveLength(2);
  clock.advance(1);
  await later.call('cancelParty', { params });
  expect((await readFeed(there))[0]).toMatchObject({
    kind: 'party_cancelled',
    partyId,
    text: 'Your party was called off',
  });
  expect((await readFeed(later)).map(({ kind }) => String(kind))).not.toContain('party_cancelled');
});
