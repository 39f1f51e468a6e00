import type { Queryable } from '#platform/database.ts';
import { type Exporter, exportRows, presentRow } from '#platform/exports.ts';
import { shownState } from './present.ts';
import { findChatsOf, findVersionsOf } from './queries/exports.ts';
import type { MessengerTools } from './tools.ts';

const PAGE = 200;

/** A person's chats and all that this person wrote in them; what others wrote is theirs. */
export const createMessengerExporter = ({ db: { read } }: Pick<MessengerTools, 'db'>): Exporter =>
  async function* exportMessenger(accountId) {
    const where = { account_id: accountId };
    const chats = await findChatsOf(read, accountId);
    const chatIds = chats.map(({ chat_id }) => chat_id);
    yield { path: 'messenger/chats.json', rows: presentAll(chats) };
    yield {
      path: 'messenger/memberships.json',
      rows: exportRows(read, 'chat_members', {
        where,
        key: ['chat_id'],
        without: ['own_xid', 'marks_xid'],
        mask: (row) => ({ ...row, state: shownState(row) }),
      }),
    };
    yield { path: 'messenger/messages.json', rows: exportMessages(read, chatIds, accountId) };
    yield { path: 'messenger/earlier-versions.json', rows: exportVersions(read, chatIds, accountId) };
    yield {
      path: 'messenger/reactions.json',
      rows: exportRows(read, 'message_reactions', { where, key: ['chat_id', 'seq', 'emoji'] }),
    };
    yield {
      path: 'messenger/votes.json',
      rows: exportRows(read, 'poll_votes', { where, key: ['chat_id', 'seq', 'option'] }),
    };
    yield {
      path: 'messenger/hidden-messages.json',
      rows: exportRows(read, 'hidden_messages', { where, key: ['chat_id', 'seq'], without: ['xid'] }),
    };
    yield {
      path: 'messenger/invites.json',
      rows: exportRows(read, 'chat_invites', { where: { created_by: accountId }, key: ['invite_id'] }),
    };
    yield {
      path: 'messenger/join-requests.json',
      rows: exportRows(read, 'join_requests', { where, key: ['chat_id'] }),
    };
    yield {
      path: 'messenger/settings.json',
      rows: exportRows(read, 'messenger_settings', { where, key: ['account_id'] }),
    };
  };

async function* exportMessages(db: Queryable, chatIds: readonly string[], accountId: string) {
  for (const chatId of chatIds)
    yield* exportRows(db, 'messages', { where: { chat_id: chatId, author_id: accountId }, key: ['seq'] });
}

async function* exportVersions(db: Queryable, chatIds: readonly string[], accountId: string) {
  for (const chatId of chatIds) {
    let afterSeq: number | undefined = 0;
    while (afterSeq !== undefined) {
      const rows = await findVersionsOf(db, chatId, accountId, afterSeq, PAGE);
      yield* rows.map((row) => presentRow(row));
      afterSeq = rows.at(-1)?.seq;
    }
  }
}

async function* presentAll(rows: readonly object[]) {
  yield* rows.map((row) => presentRow(row));
}
