/** A value for every name that a text of our mail uses. */
export const sampleValues = {
  username: 'alice',
  usernames: ['alice', 'alice_pro'],
  count: 2,
  code: '1234 5678',
  url: 'https://soyamate.example/reset-password#identifier=alice&code=12345678',
  minutes: 10,
  hours: 72,
  days: 7,
  failures: 5,
  role: 'moderator',
  what: 'You cannot write to others until 1 December 2026.',
  why: 'harassment',
  answer: 'The message was a quotation.',
  newEmail: 'alice@mail.example',
  happenedAt: '2026-11-24T06:30:00.000Z',
  dueAt: '2026-11-27T06:30:00.000Z',
};
