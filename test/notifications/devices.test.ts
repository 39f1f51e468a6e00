import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Person, startApp } from '../helpers/app.ts';
import { type Body, createClient } from '../helpers/client.ts';
import { createContract } from '../helpers/contract.ts';
import { register, tokenOf } from '../helpers/devices.ts';
import { hire } from '../helpers/staff.ts';

const server = await startApp();
const { signUp, settle } = server;
const alice = await signUp('alice');
const bob = await signUp('bob');

const idsOf = async (person: Person): Promise<string[]> => {
  const { body } = await person.call('listDevices');
  return (body.items as unknown as Body[]).map(({ deviceId }) => String(deviceId));
};

test('a device is registered, listed without its token, changed and removed', async () => {
  const deviceId = randomUUID();
  const body = { apnsToken: tokenOf('phone'), environment: 'sandbox', locale: 'ru', appVersion: '1.0 (7)' };
  const first = await alice.call('putDevice', { params: { deviceId }, body });
  expect(first).toMatchObject({
    status: 200,
    body: { deviceId, environment: 'sandbox', locale: 'ru', appVersion: '1.0 (7)', isCurrent: true },
  });
  expect(JSON.stringify(first.body)).not.toContain(tokenOf('phone'));
  const again = { ...body, environment: 'production', locale: 'en', appVersion: '1.1' };
  await alice.call('putDevice', { params: { deviceId }, body: again });
  const { body: list } = await alice.call('listDevices');
  expect(list.items).toMatchObject([{ deviceId, environment: 'production', locale: 'en', appVersion: '1.1' }]);

  expect((await bob.call('deleteDevice', { params: { deviceId } })).status).toBe(204);
  expect(await idsOf(alice)).toEqual([deviceId]);
  expect((await alice.call('deleteDevice', { params: { deviceId } })).status).toBe(204);
  expect((await alice.call('deleteDevice', { params: { deviceId } })).status).toBe(204);
  expect(await idsOf(alice)).toEqual([]);
});

test.each([
  ['no hexadecimal', { apnsToken: 'z'.repeat(64) }],
  ['half a byte', { apnsToken: 'a'.repeat(65) }],
  ['too short', { apnsToken: 'abcd' }],
  ['an environment that is none', { environment: 'staging' }],
  ['a language that is none', { locale: 'de' }],
])('refuses %s', async (_what, wrong) => {
  const body = { apnsToken: tokenOf('phone'), environment: 'production', locale: 'en', ...wrong };
  const { status } = await alice.call('putDevice', { params: { deviceId: randomUUID() }, body });
  expect(status).toBe(400);
});

test('a token that appears under another account is taken from the old one', async () => {
  await register(alice, tokenOf('shared phone'));
  const { deviceId } = await register(bob, tokenOf('shared phone').toUpperCase());
  expect(await idsOf(alice)).toEqual([]);
  expect(await idsOf(bob)).toEqual([String(deviceId)]);
});

test('a token named by many at once ends with exactly one of them', async () => {
  const people = [alice, bob, await signUp('carol'), await signUp('dave')];
  await Promise.all(people.map((person) => register(person, tokenOf('contested phone'))));
  const rows = await server.db.read
    .selectFrom('devices')
    .select('account_id')
    .where('apns_token', '=', tokenOf('contested phone'))
    .execute();
  expect(rows).toHaveLength(1);
});

test('a session has one device: an app installed anew replaces it', async () => {
  const erin = await signUp('erin');
  await register(erin, tokenOf('before'));
  const { deviceId } = await register(erin, tokenOf('after'));
  expect(await idsOf(erin)).toEqual([String(deviceId)]);
});

test('devices leave with their session: logout, sign-out elsewhere, a new password, ban, deletion', async () => {
  const contract = createContract(server.app.document);
  const signIn = async (login: Person) => {
    const { body } = await login.call('login', { body: { login: login.username, password: login.password } });
    return createClient(server.url, contract, String(body.tokens?.accessToken));
  };
  const frank = await signUp('frank');
  await register(frank, tokenOf('frank main'));
  const phone = await signIn(frank);
  await register(phone, tokenOf('frank phone'));
  expect(await idsOf(frank)).toHaveLength(2);
  await phone.call('logout');
  await settle();
  expect(await idsOf(frank)).toHaveLength(1);

  await register(await signIn(frank), tokenOf('frank tablet'));
  await frank.call('endOtherSessions');
  await settle();
  expect(await idsOf(frank)).toHaveLength(1);

  await register(await signIn(frank), tokenOf('frank tablet'));
  const passwords = { currentPassword: frank.password, newPassword: 'something quite different 17' };
  expect((await frank.call('changePassword', { body: passwords })).status).toBe(204);
  await settle();
  expect(await idsOf(frank)).toHaveLength(1);

  const chief = await hire(server, 'chief');
  const body = { state: 'banned', reason: 'spam' };
  expect((await chief.call('updateUser', { params: { userId: frank.userId }, body })).status).toBe(200);
  const grace = await signUp('grace');
  await register(grace, tokenOf('grace'));
  expect((await grace.call('requestDeletion', { body: { password: grace.password } })).status).toBe(202);
  await settle();
  const left = await server.db.read
    .selectFrom('devices')
    .select('account_id')
    .where('account_id', 'in', [frank.userId, grace.userId])
    .execute();
  expect(left).toEqual([]);
});
