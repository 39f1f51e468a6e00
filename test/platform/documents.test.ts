import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const plain = await startApp();
const named = await startApp({
  appIds: ['TEAM123456.app.soyamate.ios', 'TEAM123456.app.soyamate.beta'],
  contactEmail: 'help@soyamate.example',
  minAppVersion: '1.2',
});

test('an app learns the terms, whom to write to and whether it is too old, before anybody signs in', async () => {
  expect((await named.nobody.call('getMeta')).body).toMatchObject({
    termsVersion: '2026-11-01',
    contactEmail: 'help@soyamate.example',
    minAppVersion: '1.2',
  });
  const { body } = await plain.nobody.call('getMeta');
  expect(body).not.toHaveProperty('contactEmail');
  expect(body).not.toHaveProperty('minAppVersion');
});

test('Apple finds out which apps open links and fill in passwords', async () => {
  const { status, headers, body } = await named.nobody.call('getAppleAppSiteAssociation');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  const appIDs = ['TEAM123456.app.soyamate.ios', 'TEAM123456.app.soyamate.beta'];
  expect(body).toEqual({
    applinks: {
      details: [
        {
          appIDs,
          components: [{ '/': '/i/*' }, { '/': '/u/*' }, { '/': '/verify-email' }, { '/': '/reset-password' }],
        },
      ],
    },
    webcredentials: { apps: appIDs },
  });
  expect((await plain.nobody.call('getAppleAppSiteAssociation')).status).toBe(404);
});
