import type { Static } from 'typebox';
import type { TeammateRequest } from './schemas.ts';
import type { TeammateRequestRow } from './tables.ts';

/** A request as one of its two sides may see it: a refusal looks like waiting to who asked. */
export function presentRequest(row: TeammateRequestRow, viewerId: string, now: Date): Static<typeof TeammateRequest> {
  const isSender = row.sender_id === viewerId;
  const state = isSender && row.state === 'declined' ? 'pending' : row.state;
  return {
    requestId: row.request_id,
    direction: isSender ? 'outgoing' : 'incoming',
    userId: isSender ? row.recipient_id : row.sender_id,
    ...(row.game_id !== null && { gameId: row.game_id }),
    ...(row.note !== null && { note: row.note }),
    state: state === 'pending' && row.expires_at <= now ? 'expired' : state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
