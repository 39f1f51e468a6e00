import { describe, expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import type { Input } from '../helpers/client.ts';
import { applyTo, join, openParty, readParty } from '../helpers/parties.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle, clock } = server;
const NOTHING = '00000000-0000-7000-8000-000000000000';

const host = await signUp('host');
const member = await signUp('member');
const applicant = await signUp('applicant');
const rival = await signUp('rival');
const party = await openParty(host, { slots: [{}, {}, {}, {}] });
await join(member, host, party.partyId);
const applicationId = await applyTo(applicant, party.partyId, { note: 'a private word' });
const rivals = await openParty(rival);

const partyId = String(party.partyId);
const operations: [operationId: string, input: Input][] = [
  ['getParty', { params: { partyId } }],
  ['updateParty', { params: { partyId }, body: { title: 'Mine now' } }],
  ['updateParty', { params: { partyId }, body: { state: 'finished' } }],
  ['cancelParty', { params: { partyId } }],
  ['createPartyApplication', { params: { partyId }, body: {} }],
  ['listPartyApplications', { params: { partyId } }],
  ['listPartyCandidates', { params: { partyId } }],
  ['acceptPartyApplication', { params: { partyId, applicationId } }],
  ['declinePartyApplication', { params: { partyId, applicationId } }],
  ['removePartyMember', { params: { partyId, userId: member.userId } }],
];

async function untouched(): Promise<void> {
  const after = await readParty(host, partyId);
  expect(after).toMatchObject({ title: 'Evening games', state: 'open', memberCount: 2, myPart: 'host' });
  const { items } = (await host.call('listPartyApplications', { params: { partyId } })).body;
  expect(items).toMatchObject([{ applicationId }]);
}

describe('to whom a party is not shown, it does not exist', async () => {
  const minor = await signUp('minor', { ageBand: '16_17' });
  const blocker = await signUp('blocker');
  const blocked = await signUp('blocked');
  await blocker.call('blockUser', { params: { userId: host.userId } });
  await member.call('blockUser', { params: { userId: blocked.userId } });
  await settle();

  test.each(operations)('%s %j', async (operationId, input) => {
    for (const person of [minor, blocker, blocked]) {
      const { status, body } = await person.call(operationId, input);
      const none = await person.call(operationId, { ...input, params: { ...input.params, partyId: NOTHING } });
      expect([person.username, status, { ...body, instance: '' }]).toEqual([
        person.username,
        404,
        { ...none.body, instance: '' },
      ]);
    }
    await untouched();
  });
});

describe('who sees it but does not lead it changes nothing', () => {
  const forHosts = operations.filter(([name]) => name !== 'getParty' && name !== 'createPartyApplication');

  test.each(forHosts)('%s %j', async (operationId, input) => {
    const others = operationId === 'removePartyMember' ? [applicant, rival] : [member, applicant, rival];
    for (const person of others) {
      const { status, body } = await person.call(operationId, input);
      expect([person.username, status, String(body.code)]).toEqual([person.username, 403, 'host_only']);
    }
    await untouched();
  });
});

test('an application is reached neither through another party nor by guessing', async () => {
  const through = { partyId: String(rivals.partyId), applicationId };
  for (const operationId of ['acceptPartyApplication', 'declinePartyApplication', 'withdrawPartyApplication']) {
    expect(await rival.call(operationId, { params: through })).toMatchObject({
      status: 404,
      body: { code: 'application_not_found' },
    });
  }
  for (const person of [host, member, rival]) {
    const params = { partyId, applicationId };
    expect((await person.call('withdrawPartyApplication', { params })).status).toBe(404);
  }
  await untouched();
});

test('nobody but the host and its writer reads an application', async () => {
  for (const person of [member, rival]) {
    expect(JSON.stringify(await readParty(person, partyId))).not.toMatch(/a private word|applicant/);
  }
  expect(JSON.stringify(await readParty(applicant, partyId))).toContain('a private word');
});

test('events go to those whom they concern', async () => {
  const stranger = await signUp('stranger');
  const watchers: Person[] = [member, rival, stranger];
  const sockets = await Promise.all(watchers.map((person) => person.connect()));
  const another = await signUp('another');
  await applyTo(another, partyId);
  await host.call('updateParty', { params: { partyId }, body: { note: 'news' } });
  await sockets[0]?.next('party.updated');
  for (const socket of sockets) {
    await socket.ask({ op: 'ping' });
    expect(JSON.stringify(socket.rest())).not.toContain('party.');
  }
});

test('a muted person opens, changes and applies to nothing, and may leave, decline and call off', async () => {
  const muted = await signUp('muted');
  const guest = await signUp('guest1');
  const own = await openParty(muted);
  await join(muted, host, partyId);
  const waiting = await applyTo(guest, own.partyId);
  const mod = await hire(server, 'mod', 'moderator');
  const until = new Date(clock.now().getTime() + 86_400_000).toISOString();
  const sanction = { userId: muted.userId, kind: 'mute', reason: 'spam', until };
  expect((await mod.call('imposeSanction', { body: sanction })).status).toBe(201);

  const ownId = String(own.partyId);
  const speaking: [string, Input][] = [
    ['createParty', { body: { gameId: 'dota-2', title: 'One', slots: [{}, {}] } }],
    ['updateParty', { params: { partyId: ownId }, body: { note: 'words' } }],
    ['createPartyApplication', { params: { partyId: String(rivals.partyId) }, body: {} }],
    ['acceptPartyApplication', { params: { partyId: ownId, applicationId: waiting } }],
  ];
  for (const [operationId, input] of speaking) {
    expect(await muted.call(operationId, input)).toMatchObject({ status: 403, body: { code: 'muted' } });
  }
  const quiet: [string, Input][] = [
    ['declinePartyApplication', { params: { partyId: ownId, applicationId: waiting } }],
    ['removePartyMember', { params: { partyId, userId: muted.userId } }],
    ['cancelParty', { params: { partyId: ownId } }],
  ];
  for (const [operationId, input] of quiet) expect((await muted.call(operationId, input)).status).toBe(204);
});
