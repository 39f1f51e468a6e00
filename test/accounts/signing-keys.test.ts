import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  generateSigningKeys,
  loadSigningKeys,
  rotateSigningKeys,
  rotateSigningKeysIn,
} from '#modules/accounts/index.ts';
import { createIds } from '#platform/ids.ts';
import { createAccessTokens } from '../../src/modules/accounts/access-tokens.ts';
import { createFrozenClock } from '../helpers/clock.ts';

const subject = {
  accountId: '01900000-0000-7000-8000-000000000001',
  sessionId: '01900000-0000-7000-8000-000000000002',
};
const load = (text: string) => loadSigningKeys(text, '/nowhere');

test('rotation signs nobody out, and all nodes change keys at the same moment', async () => {
  const clock = createFrozenClock();
  const before = await generateSigningKeys();
  const after = await rotateSigningKeys(before, clock.now(), new Date(clock.now().getTime() + 600_000));
  const [oldNode, newNode] = await Promise.all([load(before), load(after)]);
  const issue = (keys: typeof oldNode) => createAccessTokens(keys, 'https://soyamate.example', clock, createIds(clock));
  const [onOld, onNew] = [issue(oldNode), issue(newNode)];

  // While nodes restart one by one, either understands the other.
  const oldToken = await onOld.sign({ ...subject, role: 'user' });
  expect(await onNew.verify(oldToken)).toMatchObject(subject);
  expect(await onOld.verify(await onNew.sign({ ...subject, role: 'user' }))).toMatchObject(subject);

  clock.advance(590);
  const lastOldToken = await onNew.sign({ ...subject, role: 'user' });
  clock.advance(10);
  const newToken = await onNew.sign({ ...subject, role: 'user' });
  expect(newNode.signing(clock.now()).kid).not.toBe(oldNode.signing(clock.now()).kid);
  await expect(onOld.verify(newToken)).rejects.toMatchObject({ definition: { code: 'unauthenticated' } });
  expect(await onNew.verify(lastOldToken)).toMatchObject(subject);
  expect(newNode.publicJwks).toHaveLength(2);
});

test('a second rotation drops the key that had been replaced, and derived secrets stay', async () => {
  const now = new Date();
  const first = await generateSigningKeys();
  const second = await rotateSigningKeys(first, now, now);
  const third = await rotateSigningKeys(second, new Date(now.getTime() + 1), now);
  const [a, b, c] = await Promise.all([load(first), load(second), load(third)]);
  expect(b.publicJwks.map(({ kid }) => kid)).toContain(a.publicJwks[0]?.kid);
  expect(c.publicJwks.map(({ kid }) => kid)).not.toContain(a.publicJwks[0]?.kid);
  expect(c.deriveSecret('x')).toEqual(a.deriveSecret('x'));
});

test('the keys of the data folder are rotated in place, for the owner alone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'soyamate-keys-'));
  const before = await loadSigningKeys(undefined, dataDir);
  await rotateSigningKeysIn(dataDir, new Date(), new Date());
  const after = await loadSigningKeys(undefined, dataDir);
  expect(after.publicJwks).toHaveLength(2);
  expect(after.find(before.publicJwks[0]?.kid ?? '')).toBeDefined();
  expect(statSync(join(dataDir, 'signing-keys.json')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dataDir, 'signing-keys.json'), 'utf8')).toContain('"oct"');
});

test.each(['', '{}', '{"keys":[]}', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'])(
  'refuses the set %s, without saying it',
  async (text) => {
    await expect(load(text || 'nonsense')).rejects.toThrow('The signing keys must be');
    await expect(load(text || 'nonsense')).rejects.not.toThrow('c2VjcmV0');
  },
);
