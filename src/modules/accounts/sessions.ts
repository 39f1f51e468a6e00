import { createHash, randomBytes } from 'node:crypto';
import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { ACCESS_TOKEN_SECONDS } from './access-tokens.ts';
import { insertSession } from './queries.ts';
import type { Tokens } from './schemas.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** A session that nobody uses ends after this. */
const IDLE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Opens a session on a device and gives its first tokens. */
export async function openSession(
  { ids, clock, tokens }: AccountsTools,
  tx: Tx,
  account: AccountRow,
  deviceName?: string,
): Promise<Static<typeof Tokens>> {
  const sessionId = ids.next();
  const refreshToken = randomBytes(32).toString('base64url');
  const now = clock.now();
  await insertSession(tx, {
    session_id: sessionId,
    account_id: account.account_id,
    refresh_token_hash: createHash('sha256').update(refreshToken).digest(),
    device_name: deviceName ?? null,
    created_at: now,
    last_used_at: now,
    expires_at: new Date(now.getTime() + IDLE_DAYS * DAY_MS),
  });
  const accessToken = await tokens.sign({ accountId: account.account_id, sessionId, role: account.role });
  return { accessToken, expiresInSeconds: ACCESS_TOKEN_SECONDS, refreshToken, sessionId };
}
