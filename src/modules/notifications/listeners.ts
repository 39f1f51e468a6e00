import { accountChanged, accountErased, sessionsEnded } from '#modules/accounts/index.ts';
import { ratingRevealed } from '#modules/ratings/index.ts';
import { personBlocked, teammateRequestClosed, teammateRequestSent } from '#modules/relationships/index.ts';
import { matchFound } from '#modules/search/index.ts';
import type { Tx } from '#platform/database.ts';
import { type Listener, listener } from '#platform/events.ts';
import { decisionListeners } from './decision-listeners.ts';
import { followSettled } from './follow-settled.ts';
import { partyListeners } from './party-listeners.ts';
import { deleteDevicesOfAccount, deleteDevicesOfSessions } from './queries/devices.ts';
import { deleteDigest } from './queries/digests.ts';
import { deleteAbout, deleteBetween, deleteFeed, deleteSource, markSourceRead } from './queries/feed.ts';
import { deleteSettings } from './queries/settings.ts';
import { tell } from './tell.ts';
import type { NotificationsTools } from './tools.ts';

const NAME = 'notifications';

/** All that is told of what happens elsewhere. A new kind of news is one more listener here, and its words in texts.ts. */
export const notificationsListeners = (tools: NotificationsTools): Listener[] => [
  listener(NAME, teammateRequestSent, ({ payload: { requestId, senderId, recipientId } }, tx) =>
    tell(tools, tx, {
      accountId: recipientId,
      kind: 'teammate_request',
      source: `request:${requestId}`,
      actorId: senderId,
      data: { requestId },
    }),
  ),
  listener(NAME, teammateRequestClosed, async ({ payload: { requestId, senderId, recipientId, outcome } }, tx) => {
    const asked = [recipientId, 'teammate_request', `request:${requestId}`] as const;
    const settled =
      outcome === 'withdrawn'
        ? await deleteSource(tx, ...asked)
        : await markSourceRead(tx, ...asked, tools.clock.now());
    await followSettled(tools, tx, settled);
    if (outcome !== 'accepted') return;
    await tell(tools, tx, {
      accountId: senderId,
      kind: 'request_accepted',
      source: `request:${requestId}`,
      actorId: recipientId,
      data: { requestId },
    });
  }),
  listener(NAME, ratingRevealed, ({ payload: { ratingId, raterId, ratedId } }, tx) =>
    tell(tools, tx, {
      accountId: ratedId,
      kind: 'rating',
      // Not the rating: who takes theirs back and gives it anew is not told of again.
      source: `rating:${raterId}`,
      actorId: raterId,
      data: { ratingId },
    }),
  ),
  listener(NAME, matchFound, ({ eventId, payload: { accountId, savedSearchId, matchId } }, tx) =>
    tell(tools, tx, {
      accountId,
      kind: 'search_match',
      source: `event:${eventId}`,
      actorId: matchId,
      data: { savedSearchId },
    }),
  ),
  listener(NAME, personBlocked, async ({ payload: { accountId, otherId } }, tx) => {
    await followSettled(tools, tx, await deleteBetween(tx, accountId, otherId));
  }),
  listener(NAME, sessionsEnded, async ({ payload: { sessionIds } }, tx) => {
    await deleteDevicesOfSessions(tx, sessionIds);
  }),
  listener(NAME, accountChanged, async ({ payload: { accountId } }, tx) => {
    const [account] = await tools.accounts.findAccounts(tx, [accountId]);
    if (!account?.isActive) await followSettled(tools, tx, await deleteAbout(tx, accountId));
  }),
  ...partyListeners(tools),
  ...decisionListeners(tools),
  listener(NAME, accountErased, ({ payload: { accountId } }, tx) => eraseTraces(tools, tx, accountId)),
];

async function eraseTraces(tools: NotificationsTools, tx: Tx, accountId: string): Promise<void> {
  await followSettled(tools, tx, await deleteAbout(tx, accountId));
  await deleteFeed(tx, accountId);
  await deleteDevicesOfAccount(tx, accountId);
  await deleteSettings(tx, accountId);
  await deleteDigest(tx, accountId);
}
