import { expect, test } from 'vitest';
import { startApp } from '../helpers/app.ts';
import { hire } from '../helpers/staff.ts';

test('an administrator sees a letter that no server took, without its code, and sends it again', async () => {
  const server = await startApp({ mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Soyamate <noreply@localhost>' } });
  const chief = await hire(server, 'chief');
  const alice = await server.signUp('alice');
  await server.settle();
  await server.db.statement.updateTable('jobs').set({ tries: 13, run_at: server.clock.now() }).execute();
  await server.settle();

  const { body } = await chief.call('listFailedJobs');
  expect(body.items).toMatchObject([
    { kind: 'accounts.mail', tries: 14, error: expect.stringContaining('ECONNREFUSED') },
  ]);
  expect(JSON.stringify(body)).not.toMatch(/alice|\d{4} \d{4}/);
  const params = { jobId: String(body.items?.[0]?.jobId) };
  expect((await chief.call('retryFailedJob', { params })).status).toBe(202);
  expect((await chief.call('retryFailedJob', { params })).status).toBe(404);
  expect((await chief.call('listFailedJobs')).body.items).toEqual([]);
  expect((await alice.call('listFailedJobs')).status).toBe(403);
});
