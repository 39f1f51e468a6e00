import { timingSafeEqual } from 'node:crypto';
import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { unauthenticated } from '#platform/errors.ts';
import { presentAccount } from '../present.ts';
import { findAccount } from '../queries/accounts.ts';
import { lockSession, rotateSession, type SessionRow } from '../queries/sessions.ts';
import { GRACE_SECONDS, hashToken, openSuccessor, sealSuccessor } from '../refresh-tokens.ts';
import type { SignedIn } from '../schemas/sign-in.ts';
import { endChosenSessions, endOf, signTokens } from '../sessions.ts';
import { isActiveAt } from '../standing.ts';
import type { AccountsTools } from '../tools.ts';

/**
 * Spends a refresh token for its successor. A spent token shown again within ten seconds, as by a phone that lost the
 * answer, gets the same successor; later, or when the successor was spent too, somebody holds a copy: the session ends.
 */
export async function refresh(tools: AccountsTools, token: string): Promise<Required<Static<typeof SignedIn>>> {
  const sessionId = tools.refreshTokens.readSessionId(token);
  if (!sessionId) throw unauthenticated();
  const answer = await tools.db.transaction(async (tx) => {
    const session = await lockSession(tx, sessionId, tools.clock.now());
    if (!session) throw unauthenticated();
    const account = await findAccount(tx, session.account_id);
    const isRefreshable = account && isActiveAt(account, tools.clock.now()) && !session.is_for_appeal;
    if (!isRefreshable) throw unauthenticated({ accountId: session.account_id });
    const successor = await succeed(tools, tx, session, token);
    if (!successor) {
      await endChosenSessions(tools, tx, { sessionId });
      return { copiedFrom: session.account_id };
    }
    return { user: presentAccount(tools, account), tokens: await signTokens(tools, account, sessionId, successor) };
  });
  // Thrown only here, so that the end of the session is committed.
  if ('copiedFrom' in answer) throw unauthenticated({ accountId: answer.copiedFrom });
  return answer;
}

async function succeed(
  { clock, refreshTokens }: AccountsTools,
  tx: Tx,
  session: SessionRow,
  token: string,
): Promise<string | undefined> {
  const now = clock.now();
  const hash = hashToken(token);
  if (timingSafeEqual(hash, session.refresh_token_hash)) {
    const successor = refreshTokens.make(session.session_id);
    await rotateSession(tx, session.session_id, {
      refresh_token_hash: hashToken(successor),
      previous_token_hash: hash,
      sealed_successor: sealSuccessor(successor, token),
      rotated_at: now,
      last_used_at: now,
      expires_at: endOf(session.created_at, now),
    });
    return successor;
  }
  const { previous_token_hash: previous, rotated_at: rotatedAt, sealed_successor: sealed } = session;
  const isLastSpent = previous && timingSafeEqual(hash, previous);
  if (!isLastSpent || !rotatedAt || !sealed) return undefined;
  const isInGrace = now.getTime() - rotatedAt.getTime() <= GRACE_SECONDS * 1_000;
  return isInGrace ? openSuccessor(sealed, token) : undefined;
}
