/**
 * Pushes a second against a server on this machine that answers 200, in HTTP/2 without TLS: `node bench/push.ts`.
 *
 * - the client alone: what one connection carries;
 * - the whole way: one message in a group of 2,000 people with a phone each, from its acknowledgement to the last push:
 *   news, plan, queue, texts, badges, sending, and the note of it in PostgreSQL. The grace of three seconds is taken off.
 */
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createApnsPusher } from '#platform/push.ts';
import { describeMachine } from './machine.ts';
import { setStage } from './messenger/stage.ts';
import { printTable } from './print-table.ts';

const ALONE = 10_000;
const AT_ONCE = 500;
const MEMBERS = 2_000;
const ROUNDS = 3;
const GRACE_MS = 3_000;
/** Pushes of one chat keep ten seconds' distance. */
const DISTANCE_MS = 11_000;

let received = 0;
let lastAt = 0;
const apple = createServer({ settings: { maxConcurrentStreams: 1_000 } });
apple.on('stream', (stream) => {
  stream.resume();
  stream.on('end', () => {
    received += 1;
    lastAt = performance.now();
    stream.respond({ ':status': 200 });
    stream.end();
  });
});
apple.listen(0, '127.0.0.1');
await once(apple, 'listening');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const apns = {
  key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  keyId: 'KEY1234567',
  teamId: 'TEAM123456',
  topic: 'app.soyamate.ios',
  url: `http://127.0.0.1:${(apple.address() as AddressInfo).port}`,
};

const rows = [await measureClient(), await measureWhole()];
printTable(rows);
const result = { machine: describeMachine(), rows };
await writeFile(new URL('results/push.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
apple.close();

async function measureClient() {
  const pusher = createApnsPusher(apns, { now: () => new Date() });
  const push = () =>
    pusher.push({
      id: randomUUID(),
      token: 'a'.repeat(64),
      environment: 'production',
      type: 'alert',
      priority: 10,
      expiresAt: new Date(Date.now() + 3_600_000),
      collapseId: 'chat',
      payload: { aps: { alert: { title: 'Alice', body: 'Го в доту вечером?' }, badge: 1, sound: 'default' } },
    });
  await push();
  const startedAt = performance.now();
  let failed = 0;
  const work = async () => {
    for (let i = 0; i < ALONE / AT_ONCE; i += 1) if ((await push()).outcome !== 'sent') failed += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = (performance.now() - startedAt) / 1_000;
  pusher.close();
  return { what: 'the client alone', pushes: ALONE, failed, 'a second': Math.round(ALONE / seconds) };
}

async function measureWhole() {
  const stage = await setStage(undefined, {
    APNS_KEY: apns.key,
    APNS_KEY_ID: apns.keyId,
    APNS_TEAM_ID: apns.teamId,
    APNS_TOPIC: apns.topic,
    APNS_URL: apns.url,
  });
  try {
    const [sender, ...others] = await stage.makePlayers(MEMBERS + 1);
    if (!sender) throw new Error('nobody is there');
    const ids = others.map(({ accountId }) => accountId);
    await stage.pool.query(
      `insert into devices (account_id, device_id, session_id, apns_token, environment, locale, registered_at)
       select account_id, gen_random_uuid(), session_id, token, 'production', 'ru', now()
       from unnest($1::uuid[], $2::text[]) as wanted (id, token) join sessions on account_id = id`,
      [ids, ids.map((id) => createHash('sha256').update(id).digest('hex'))],
    );
    const [chatId] = await stage.makeChats([[sender.accountId, ...ids]], 0);
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      received = 0;
      const sentAt = performance.now();
      const response = await fetch(`http://127.0.0.1:${stage.port}/v1/chats/${chatId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sender.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ clientId: randomUUID(), text: 'Го в доту вечером?' }),
      });
      if (response.status !== 201) throw new Error(`the message was refused: ${response.status}`);
      while (received < MEMBERS && performance.now() - sentAt < 60_000) await pause(50);
      rates.push(received / ((lastAt - sentAt - GRACE_MS) / 1_000));
      await pause(DISTANCE_MS);
    }
    const median = rates.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    return { what: 'the whole way', pushes: MEMBERS, failed: MEMBERS - received, 'a second': Math.round(median) };
  } finally {
    await stage.stop();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
