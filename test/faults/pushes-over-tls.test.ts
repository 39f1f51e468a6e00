import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateSigningKeys } from '#modules/accounts/index.ts';
import { startApns } from '../helpers/apns.ts';
import { createNode } from './harness/node.ts';
import { createPhones, waitFor } from './harness/phones.ts';
import { startFaultyPostgres } from './harness/postgres.ts';

const certificate = makeCertificate();
const apns = await startApns(certificate);
const postgres = await startFaultyPostgres();
const environment = {
  DATABASE_URL: postgres.url,
  SIGNING_KEYS: await generateSigningKeys(),
  APNS_KEY: apns.config.key,
  APNS_KEY_ID: apns.config.keyId,
  APNS_TEAM_ID: apns.config.teamId,
  APNS_TOPIC: apns.config.topic,
  APNS_URL: apns.config.url,
};
const stranger = await createNode(environment);
const friend = await createNode({ ...environment, NODE_EXTRA_CA_CERTS: certificate.path });
afterAll(async () => {
  await stranger.stop();
  await friend.stop();
  await postgres.stop();
});

test('nothing is said to a server that cannot prove who it is; it waits and goes out to one that can', async () => {
  expect(apns.url).toMatch(/^https:/);
  await stranger.start();
  const { say, pushes } = await createPhones(stranger, apns)();
  let refused = 0;
  apns.onRefusedHandshake(() => (refused += 1));
  await say();
  await waitFor(() => refused > 0, 60);
  expect(apns.received).toEqual([]);
  await stranger.terminate();

  await friend.start();
  await waitFor(() => pushes().length > 0, 120);
  expect(pushes()).toHaveLength(1);
  const isEncrypted = apns.sessions().every(({ encrypted, alpnProtocol }) => encrypted && alpnProtocol === 'h2');
  expect(isEncrypted).toBe(true);
});

/** As an authority of its own: whoever is told to trust it trusts it. */
function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'soyamate-certificate-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const [key, path] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const options = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const { status, stderr } = spawnSync('openssl', [...options, '-keyout', key, '-out', path, ...names]);
  if (status !== 0) throw new Error(`openssl made no certificate: ${String(stderr)}`);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(path, 'utf8'), path };
}
