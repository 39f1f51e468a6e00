import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { signUp } = await startApp();
const alice = await signUp('alice');

test('a person changes the language of mail', async () => {
  expect((await alice.call('updateMe', { body: { locale: 'ru' } })).body.locale).toBe('ru');
  expect((await alice.call('updateMe', { body: {} })).status).toBe(400);
});

test('only the terms in force can be accepted', async () => {
  expect((await alice.call('updateMe', { body: { acceptedTerms: '2020-01-01' } })).status).toBe(422);
  expect((await alice.call('updateMe', { body: { acceptedTerms: '2026-11-01' } })).status).toBe(200);
});

test.each(['role', 'username', 'email', 'isEmailVerified', 'ageBand', 'state', 'createdAt', 'userId', 'passwordHash'])(
  '%s cannot be set here',
  async (field) => {
    const { body: before } = await alice.call('getMe');
    const answer = await alice.call('updateMe', { body: { [field]: 'admin' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: `/body/${field}`, code: 'unknown_field' }] },
    });
    expect((await alice.call('getMe')).body).toEqual(before);
  },
);
