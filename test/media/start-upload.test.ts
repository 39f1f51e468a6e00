import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';

const { nobody, signUp, clock } = await startApp();
const alice = await signUp('alice');

const start = (body: object, person = alice) => person.call('startUpload', { body });

test('a ticket says where the bytes go, until when and how many', async () => {
  const { status, body } = await start({ kind: 'file', sizeBytes: 5_000, name: 'Правила.txt' });
  expect(status).toBe(201);
  expect(body).toEqual({
    mediaId: body.mediaId,
    uploadUrl: `/v1/media/${String(body.mediaId)}/content`,
    expiresAt: new Date(clock.now().getTime() + 3_600_000).toISOString(),
    maxBytes: 5_000,
  });
});

test.each([
  [{ kind: 'picture', sizeBytes: 0 }, '/body/sizeBytes'],
  [{ kind: 'picture', sizeBytes: 10_485_761 }, '/body/sizeBytes'],
  [{ kind: 'voice', sizeBytes: 5_242_881, durationSeconds: 5 }, '/body/sizeBytes'],
  [{ kind: 'voice', sizeBytes: 5_000 }, '/body/durationSeconds'],
  [{ kind: 'voice', sizeBytes: 5_000, durationSeconds: 601 }, '/body/durationSeconds'],
  [{ kind: 'picture', sizeBytes: 5_000, durationSeconds: 5 }, '/body/durationSeconds'],
  [{ kind: 'picture', sizeBytes: 5_000, name: 'a.png' }, '/body/name'],
  [{ kind: 'file', sizeBytes: 5_000, name: ' \u200b/..' }, '/body/name'],
  [{ kind: 'video', sizeBytes: 5_000 }, '/body/kind'],
])('refuses %j', async (body, path) => {
  expect(await start(body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test.each(['setup.exe', 'a.TXT.Scr', 'page.html', 'logo.svg', 'x\u202egnp.js', 'install.bat . .'])(
  'refuses a file that is called %s',
  async (name) => {
    expect(await start({ kind: 'file', sizeBytes: 9, name })).toMatchObject({
      status: 422,
      body: { code: 'file_refused' },
    });
  },
);

test('refuses strangers and guests', async () => {
  expect(await nobody.call('startUpload', { body: { kind: 'file', sizeBytes: 9 } })).toMatchObject({ status: 401 });
});

test('the same key gets the same ticket, and spends the quota once', async () => {
  const dave = await signUp('dave');
  const large = { kind: 'file', sizeBytes: 10_485_760 };
  const headers = { 'idempotency-key': randomUUID() };
  const repeat = (body: object) => dave.call('startUpload', { body, headers });
  const answers = await Promise.all(Array.from({ length: 40 }, () => repeat(large)));
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await repeat({ ...large, sizeBytes: 9 })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  expect((await dave.call('startUpload', { body: large, headers: { 'idempotency-key': randomUUID() } })).status).toBe(
    201,
  );
});

test('a day has room for a hundred uploads and 300 MiB, and says when there is room again', async () => {
  const bob = await signUp('bob');
  const large = { kind: 'file', sizeBytes: 10_485_760 };
  const answers = await Promise.all(Array.from({ length: 35 }, () => start(large, bob)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(30);
  const refused = await start({ kind: 'file', sizeBytes: 1 }, bob);
  expect(refused).toMatchObject({ status: 429, body: { code: 'media_quota_reached' } });
  expect(refused.headers.get('retry-after')).toBe('86400');

  const carol = await signUp('carol');
  for (let i = 0; i < 100; i += 1) await start({ kind: 'file', sizeBytes: 1 }, carol);
  clock.advance(3_600);
  const again = await carol.signInAgain();
  const second = await start({ kind: 'file', sizeBytes: 1 }, again);
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '82800']);
  clock.advance(82_801);
  expect((await start({ kind: 'file', sizeBytes: 1 }, await carol.signInAgain())).status).toBe(201);
});
