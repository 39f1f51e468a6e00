import type { Selectable } from 'kysely';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = ['chats', 'chat_members', 'messages'] as const satisfies readonly (keyof Tables)[];

export type MessageRow = Selectable<Tables['messages']>;
export type ChatRow = Selectable<Tables['chats']>;

/** A chat as one of its members sees it. */
export type MemberChatRow = ChatRow & { read_seq: number; member_ids: string[]; unread: number };
