import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { findAnnounced } from '../helpers/events.ts';

const { nobody, signUp, db } = await startApp();
const frank = await signUp('frank');

test('every field can be set, comes back cleaned, and the search is told', async () => {
  const bob = await signUp('bob');
  const { status, body, headers } = await bob.call('updateMyProfile', {
    body: {
      displayName: ' Bob\u200b  the\u202e Builder ',
      bio: 'I build.\r\n\r\n\r\n\r\nYou play.',
      country: 'RU',
      region: 'cis',
      timeZone: 'europe/moscow',
      languages: ['RU', 'en-us', 'en-US'],
      platforms: ['windows', 'ios', 'windows'],
      acceptsCrossplay: false,
      voice: 'sometimes',
      playStyle: 'casual',
      genres: ['moba', 'shooter', 'moba'],
      availability: [
        { day: 'sun', from: '22:00', to: '02:00' },
        { day: 'sun', from: '21:00', to: '22:00' },
      ],
      lookingFor: 'Calm people',
      discoverable: false,
      vacationUntil: '2030-01-01T03:00:00+03:00',
      contacts: [{ kind: 'telegram', value: ' @bob ', visibility: 'teammates' }],
    },
  });
  expect(status).toBe(200);
  expect(headers.get('etag')).toBe('"1"');
  expect(body).toMatchObject({
    displayName: 'Bob the Builder',
    bio: 'I build.\n\nYou play.',
    country: 'RU',
    region: 'cis',
    timeZone: 'Europe/Moscow',
    languages: ['ru', 'en-US'],
    platforms: ['windows', 'ios'],
    acceptsCrossplay: false,
    voice: 'sometimes',
    playStyle: 'casual',
    genres: ['moba', 'shooter'],
    availability: [
      { day: 'mon', from: '00:00', to: '02:00' },
      { day: 'sun', from: '21:00', to: '24:00' },
    ],
    lookingFor: 'Calm people',
    discoverable: false,
    vacationUntil: '2030-01-01T00:00:00.000Z',
    contacts: [{ kind: 'telegram', value: '@bob', visibility: 'teammates' }],
    nextSteps: [{ field: 'games' }, { field: 'avatar' }],
  });
  expect(await findAnnounced(db, 'profiles.profile_changed')).toContainEqual({ accountId: bob.userId });
  expect((await bob.call('getMyProfile')).body).toEqual(body);
});

test('absent fields stay, named ones are cleared, and an empty text clears too', async () => {
  const carol = await signUp('carol');
  await carol.call('updateMyProfile', {
    body: { displayName: 'Carol C.', bio: 'Hi', lookingFor: 'You', voice: 'yes' },
  });
  const { body } = await carol.call('updateMyProfile', { body: { bio: '', clear: ['displayName', 'voice'] } });
  expect(body).toMatchObject({ displayName: 'carol', lookingFor: 'You' });
  expect(body).not.toHaveProperty('bio');
  expect(body).not.toHaveProperty('voice');
});

test('of two devices that read the same version, the second writer is told', async () => {
  const dave = await signUp('dave');
  const etag = String((await dave.call('getMyProfile')).headers.get('etag'));
  const write = (bio: string) => dave.call('updateMyProfile', { body: { bio }, headers: { 'if-match': etag } });
  const answers = await Promise.all([write('from the phone'), write('from the tablet')]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  expect(answers.find(({ status }) => status === 412)?.body.code).toBe('profile_changed');
  const kept = answers.find(({ status }) => status === 200);
  expect((await dave.call('getMyProfile')).body.bio).toBe(kept?.body.bio);
});

test('a change that changes nothing keeps the version and tells nobody', async () => {
  const erin = await signUp('erin');
  const before = await findAnnounced(db, 'profiles.profile_changed');
  const { status, headers } = await erin.call('updateMyProfile', { body: {} });
  expect(status).toBe(200);
  expect(headers.get('etag')).toBe('"0"');
  expect(await findAnnounced(db, 'profiles.profile_changed')).toEqual(before);
});

test.each([
  [{ displayName: '\u200b\u3164' }, '/body/displayName', 'length'],
  [{ displayName: 'x'.repeat(33) }, '/body/displayName', 'length'],
  [{ displayName: '👨‍👩‍👧‍👦'.repeat(23) }, '/body/displayName', 'length'],
  [{ bio: 'я'.repeat(1_001) }, '/body/bio', 'length'],
  [{ country: 'ZZ' }, '/body/country', 'enum'],
  [{ country: 'ru' }, '/body/country', 'format'],
  [{ timeZone: '+03:00' }, '/body/timeZone', 'enum'],
  [{ timeZone: 'Europe/Atlantis' }, '/body/timeZone', 'enum'],
  [{ languages: ['russian!'] }, '/body/languages/0', 'format'],
  [{ languages: ['en', 'qq'] }, '/body/languages/1', 'format'],
  [{ languages: Array(11).fill('en') }, '/body/languages', 'length'],
  [{ platforms: ['abacus'] }, '/body/platforms/0', 'enum'],
  [{ genres: ['moba', 'napping'] }, '/body/genres/1', 'enum'],
  [{ availability: [{ day: 'mon', from: '10:15', to: '11:00' }] }, '/body/availability/0/from', 'format'],
  [{ availability: [{ day: 'mon', from: '24:00', to: '01:00' }] }, '/body/availability/0/from', 'format'],
  [{ contacts: [{ kind: 'icq', value: '1', visibility: 'everyone' }] }, '/body/contacts/0/kind', 'enum'],
  [{ contacts: [{ kind: 'vk', value: ' ', visibility: 'everyone' }] }, '/body/contacts/0/value', 'length'],
  [{ bio: 'x', clear: ['bio'] }, '/body/bio', 'format'],
  [{ clear: ['contacts'] }, '/body/clear/0', 'enum'],
  [{ vacationUntil: 'tomorrow' }, '/body/vacationUntil', 'format'],
  [{ bio: null }, '/body/bio', 'type'],
])('refuses %j', async (body, path, code) => {
  expect(await frank.call('updateMyProfile', { body })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', errors: [{ path, code }] },
  });
});

test.each([
  'role',
  'isAdmin',
  'userId',
  'username',
  'email',
  'rating',
  'rating_mean',
  'ratingCount',
  'version',
  'createdAt',
  'games',
  'nextSteps',
])('nobody can set %s of himself', async (field) => {
  const { status, body } = await frank.call('updateMyProfile', { body: { [field]: 'admin' } });
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { errors: [{ path: `/body/${field}`, code: 'unknown_field' }] },
  });
});

test('strangers are sent to sign in', async () => {
  expect((await nobody.call('updateMyProfile', { body: {} })).status).toBe(401);
});
