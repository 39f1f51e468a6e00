import type { ChatNews } from '#modules/messenger/index.ts';
import type { Tx } from '#platform/database.ts';
import { planDigests } from './plan-digests.ts';
import { markRequestsRead } from './queries/feed.ts';
import type { NewPush } from './queries/pushes.ts';
import { queuePushes, timingOf } from './queue-pushes.ts';
import { BADGE_SUBJECT, chatSubject } from './subjects.ts';
import { tell } from './tell.ts';
import type { NotificationsTools } from './tools.ts';

const BATCH = 500;

/** More than one batch at a time only while they are full: of a busy chat the next second's news is one piece of work. */
export const isFullBatch = (count: number): boolean => count === BATCH;
/** A message that somebody reads at once is no push; and what is said in this time is one. */
const GRACE_SECONDS = 3;
/** The least time between two pushes of one chat to one device. */
export const CHAT_DISTANCE_SECONDS = 10;
/** The badge of the other devices follows a reader after so long. */
const BADGE_GRACE_SECONDS = 2;

/**
 * Turns what became of chats into pushes that wait, in one transaction with the taking, so that a crash loses nothing.
 * Returns how many pieces of news there were.
 */
export async function planPushes(tools: NotificationsTools): Promise<number> {
  return tools.db.transaction(async (tx) => {
    const news = await tools.messenger.takeNews(tx, BATCH);
    const reads = news.filter(({ change }) => change === 'read');
    if (reads.length > 0) await markRequestsRead(tx, reads.flatMap(readOf), tools.clock.now());
    await planBadges(tools, tx, news);
    const messages = gatherByChat(news.filter(({ change }) => change === 'new'));
    if (messages.length > 0) await planMessages(tools, tx, messages);
    return news.length;
  });
}

async function planMessages(tools: NotificationsTools, tx: Tx, news: readonly ChatNews[]): Promise<void> {
  const readers = await tools.messenger.findReaders(tx, news);
  const pushes: NewPush[] = [];
  for (const { chat_id: chatId, account_id: accountId, requester_id: requesterId, from_seq: fromSeq } of readers) {
    if (!requesterId) pushes.push({ accountId, subject: chatSubject(chatId), fromSeq });
    // A stranger's request is one piece of news, however many messages it has.
    else if (requesterId !== accountId)
      await tell(tools, tx, {
        accountId,
        kind: 'message_request',
        source: `chat:${chatId}`,
        actorId: requesterId,
        data: { chatId },
      });
  }
  const reached = await queuePushes(tools, tx, pushes, timingOf(tools, GRACE_SECONDS, CHAT_DISTANCE_SECONDS));
  await planDigests(
    tools,
    tx,
    pushes.map(({ accountId }) => accountId).filter((accountId) => !reached.has(accountId)),
  );
}

const readOf = ({ chat_id: chatId, reader_id: accountId }: ChatNews) => (accountId ? [{ accountId, chatId }] : []);

/** Badges follow whoever read something, and all for whom there is less to read than there was. */
async function planBadges(tools: NotificationsTools, tx: Tx, news: readonly ChatNews[]): Promise<void> {
  const ofAll = news.filter(({ change, reader_id }) => change === 'less' && reader_id === null);
  const unreaders = ofAll.length > 0 ? await tools.messenger.findUnreaders(tx, gatherByChat(ofAll)) : [];
  const accountIds = [...unreaders, ...news.flatMap(({ reader_id }) => reader_id ?? [])];
  if (accountIds.length > 0) await queueBadges(tools, tx, accountIds);
}

/** The badges of these people's devices may have changed: those that show one are told in a moment. */
export async function queueBadges(tools: NotificationsTools, tx: Tx, accountIds: readonly string[]): Promise<void> {
  const pushes = [...new Set(accountIds)].map((accountId) => ({ accountId, subject: BADGE_SUBJECT }));
  await queuePushes(tools, tx, pushes, {
    ...timingOf(tools, BADGE_GRACE_SECONDS, BADGE_GRACE_SECONDS),
    areBadged: true,
  });
}

/** One row a chat. */
function gatherByChat(news: readonly ChatNews[]): ChatNews[] {
  return [...Map.groupBy(news, ({ chat_id }) => chat_id)].map(([chat_id, rows]) => ({
    chat_id,
    reader_id: null,
    change: rows[0]?.change ?? 'new',
    from_seq: Math.min(...rows.map(({ from_seq }) => from_seq)),
    seq: Math.max(...rows.map(({ seq }) => seq)),
  }));
}
