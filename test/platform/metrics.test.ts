import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { serveMetrics } from '#platform/metrics.ts';
import { startApp } from '../helpers/app.ts';

const { app, nobody, signUp, db, clock } = await startApp();
const server = await serveMetrics(app.metrics, '127.0.0.1', 0);
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});

test('the figures count requests, frames and sockets', async () => {
  const alice = await signUp('alice');
  await nobody.call('login', { body: { login: 'alice', password: 'wrong password' } });
  const socket = await alice.connect();
  await socket.ask({ op: 'typing', chatId: '0193a5c0-0000-7000-8000-000000000001' });
  const text = await read();
  expect(text).toContain('soyamate_http_request_seconds_count{operation="register",status="201"} 1');
  expect(text).toContain('soyamate_http_request_seconds_count{operation="login",status="401"} 1');
  expect(text).toContain('soyamate_frames_total{op="typing",outcome="refused"} 1');
  expect(text).toContain('soyamate_sockets 1');
  expect(text).toContain('process_resident_memory_bytes');
  socket.close();
  await socket.closed;
});

test('the queues tell what waits, what was given up and since when, and mail what became of it', async () => {
  await signUp('bob');
  await app.settle();
  expect(await read()).toContain('soyamate_mails_total{outcome="sent"} 2');
  const row = { kind: 'test.slow', payload: '{}', created_at: new Date(clock.now().getTime() - 90_000) };
  const later = new Date(clock.now().getTime() + 60_000);
  for (const failed_at of [null, later])
    await db.statement
      .insertInto('jobs')
      .values({ ...row, job_id: crypto.randomUUID(), run_at: later, failed_at })
      .execute();
  const text = await read();
  expect(text).toContain('soyamate_jobs_waiting{kind="test.slow"} 1');
  expect(text).toContain('soyamate_jobs_failed{kind="test.slow"} 1');
  expect(text).toContain('soyamate_jobs_oldest_age_seconds{kind="test.slow"} 90');
  for (const listener of ['notifications', 'moderation', 'search.index'])
    expect(text).toContain(`soyamate_events_waiting{listener="${listener}"} 0`);
});

test('no label holds what a person typed', async () => {
  await nobody.raw('/v1/planted-path?planted=query', { headers: { 'user-agent': 'planted-agent' } });
  expect(await read()).not.toContain('planted');
});

test('the port serves nothing else, and the API serves no figures', async () => {
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  expect((await nobody.raw('/metrics')).status).toBe(404);
});

test('a port in use is told', async () => {
  const { port } = server.address() as AddressInfo;
  await expect(serveMetrics(app.metrics, '127.0.0.1', port)).rejects.toThrow(/EADDRINUSE/);
});

async function read(): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  return response.text();
}
