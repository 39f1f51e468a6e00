import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { endedSessions } from '#platform/frames.ts';
import { ACCESS_TOKEN_SECONDS } from './access-tokens.ts';
import { clientKindOf } from './client-kind.ts';
import { sessionsEnded } from './events.ts';
import { tellOfNewDevice } from './new-device-notice.ts';
import { endSessions, insertSession, type SessionChoice } from './queries/sessions.ts';
import { hashToken } from './refresh-tokens.ts';
import type { Tokens } from './schemas/sign-in.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

/** A session that nobody uses ends after the first; no session lives longer than the second. */
const IDLE_DAYS = 30;
const LONGEST_DAYS = 180;
const DAY_MS = 86_400_000;
/** As long as somebody reads, writes an appeal and fetches their data. Its one token lasts as long, since none follows. */
const APPEAL_SECONDS = 3_600;

/** One more signs the least used device out. */
export const MAX_SESSIONS = 50;

/** What signs in: as the app calls the device, and the `User-Agent` of the request. */
export type Device = { name?: string | undefined; userAgent?: string | undefined };

/** Opens a session on a device and gives its first tokens. The owner is told when the account is new to the device. */
export async function openSession(
  tools: AccountsTools,
  tx: Tx,
  account: AccountRow,
  device: Device,
  { isForAppeal = false }: { isForAppeal?: boolean } = {},
): Promise<Static<typeof Tokens>> {
  const sessionId = tools.ids.next();
  const refreshToken = tools.refreshTokens.make(sessionId);
  const now = tools.clock.now();
  const clientKind = clientKindOf(device.userAgent);
  const row = {
    session_id: sessionId,
    account_id: account.account_id,
    refresh_token_hash: hashToken(refreshToken),
    device_name: device.name ?? null,
    client_kind: clientKind,
    expires_at: isForAppeal ? new Date(now.getTime() + APPEAL_SECONDS * 1_000) : endOf(now, now),
    is_for_appeal: isForAppeal,
  };
  const { endedIds, isNewDevice } = await insertSession(tx, row, MAX_SESSIONS, now);
  await tellEnded(tools, tx, endedIds, 'token_ended');
  if (isNewDevice) await tellOfNewDevice(tools, tx, account, clientKind);
  return signTokens(tools, account, sessionId, refreshToken, isForAppeal ? APPEAL_SECONDS : ACCESS_TOKEN_SECONDS);
}

export async function signTokens(
  { tokens }: AccountsTools,
  { account_id: accountId, role }: Pick<AccountRow, 'account_id' | 'role'>,
  sessionId: string,
  refreshToken: string,
  expiresInSeconds = ACCESS_TOKEN_SECONDS,
): Promise<Static<typeof Tokens>> {
  const accessToken = await tokens.sign({ accountId, sessionId, role }, expiresInSeconds);
  return { accessToken, expiresInSeconds, refreshToken, sessionId };
}

/** When a session used now ends by itself. */
export const endOf = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + IDLE_DAYS * DAY_MS, createdAt.getTime() + LONGEST_DAYS * DAY_MS));

/** Ends the chosen sessions: from the commit on their tokens are refused and their sockets close. */
export async function endChosenSessions(
  tools: AccountsTools,
  tx: Tx,
  choice: SessionChoice,
  reason: 'token_ended' | 'banned' = 'token_ended',
): Promise<number> {
  const sessionIds = await endSessions(tx, choice, tools.clock.now());
  await tellEnded(tools, tx, sessionIds, reason);
  return sessionIds.length;
}

async function tellEnded(
  { db, bus, announce }: AccountsTools,
  tx: Tx,
  sessionIds: readonly string[],
  reason: 'token_ended' | 'banned',
): Promise<void> {
  if (sessionIds.length === 0) return;
  await announce(tx, sessionsEnded, { sessionIds: [...sessionIds] });
  db.afterCommit(tx, () => bus.publish(endedSessions, { sessionIds, reason }));
}
