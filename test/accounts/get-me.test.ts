import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp } = await startApp();

test('a person sees their own account and nothing secret', async () => {
  const alice = await signUp('Alice', { locale: 'ru', ageBand: '16_17' });
  const { body } = await alice.call('getMe');
  expect(body).toEqual({
    userId: alice.userId,
    username: 'Alice',
    email: 'Alice@example.com',
    isEmailVerified: false,
    role: 'user',
    ageBand: '16_17',
    locale: 'ru',
    acceptedTerms: '2026-11-01',
    hasAcceptedTerms: true,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

test('nobody is refused', async () => {
  const { status, headers } = await nobody.call('getMe');
  expect(status).toBe(401);
  expect(headers.get('www-authenticate')).toBe('Bearer');
});
