import { sql } from 'kysely';
import type { Queryable } from '#platform/database.ts';

/** Whether a message, or the photo of a chat, shows the file to the account now. */
export async function mayReadMedia(db: Queryable, accountId: string, mediaId: string): Promise<boolean> {
  const wanted = JSON.stringify([{ mediaId }]);
  const { rows } = await sql<{ may_read: boolean }>`
    select exists (
      select from messages join chat_members as mine using (chat_id)
      where attachments @> ${wanted}::jsonb
        and mine.account_id = ${accountId} and mine.state = 'active'
        and seq > greatest(mine.cleared_seq, mine.visible_from_seq - 1)
        and not exists (
          select from hidden_messages as hidden
          where hidden.chat_id = messages.chat_id and hidden.seq = messages.seq and hidden.account_id = mine.account_id)
    ) or exists (
      select from chat_members as mine join chats using (chat_id)
      where mine.account_id = ${accountId} and mine.state = 'active' and photo_id = ${mediaId}::uuid
    ) as may_read`.execute(db);
  return rows[0]?.may_read ?? false;
}
