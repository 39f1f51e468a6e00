import type { Selectable, Updateable } from 'kysely';
import type { MediaAttachment } from '#modules/media/index.ts';
import type { Tables } from '#platform/tables.generated.ts';

export const ownedTables = [
  'chats',
  'chat_members',
  'messages',
  'message_media',
  'message_versions',
  'hidden_messages',
  'message_reactions',
  'poll_votes',
  'chat_invites',
  'join_requests',
  'messenger_settings',
  'chat_news',
  'chat_blocks',
] as const satisfies readonly (keyof Tables)[];

export type ChatRow = Selectable<Tables['chats']>;
export type ChatPatch = Updateable<Tables['chats']>;
export type MemberRow = Selectable<Tables['chat_members']>;
export type MemberPatch = Updateable<Tables['chat_members']>;
export type MessagePatch = Omit<Updateable<Tables['messages']>, JsonColumn> & {
  reactions?: Reaction[] | null;
  poll?: Poll | null;
  forwards?: null;
  attachments?: null;
};
export type InviteRow = Selectable<Tables['chat_invites']>;

type JsonColumn = 'forwards' | 'attachments' | 'service' | 'reactions' | 'poll';

export type MessageRow = Omit<Selectable<Tables['messages']>, JsonColumn> & {
  forwards: Forward[] | null;
  attachments: Attachment[] | null;
  service: Service | null;
  reactions: Reaction[] | null;
  poll: Poll | null;
};

/** Times inside JSON are text. */
export type Forward = { authorId: string; createdAt: string; text: string; attachments?: Attachment[] };
export type Attachment = MediaAttachment;
export type Service = { action: ServiceAction; userIds?: string[]; title?: string; seq?: number };
export type Reaction = { emoji: string; count: number };
export type Poll = {
  kind: 'poll' | 'ready_check';
  question: string;
  options: { text: string; count: number }[];
  isAnonymous: boolean;
  isMultiple: boolean;
  startsAt?: string;
  closesAt?: string;
  closedAt?: string;
};

export const serviceActions = [
  'chat_created',
  'members_added',
  'member_joined',
  'member_returned',
  'member_left',
  'member_removed',
  'owner_changed',
  'title_changed',
  'photo_changed',
  'message_pinned',
] as const;
export type ServiceAction = (typeof serviceActions)[number];

/** A chat together with one person's part in it. */
export type Membership = ChatRow & MemberRow;

/** A chat as one of its members sees it. */
export type MemberChatRow = Membership & {
  unread: number;
  mention_count: number;
  others_read_seq: number;
  others_delivered_seq: number;
};

/** Who looks at the messages of a chat, and from where on. */
/** A chat and somebody who wants to read it: whether they may is for the query to say. */
export type Reader = Pick<Membership, 'chat_id' | 'account_id'>;

export type Viewer = Pick<Membership, 'chat_id' | 'account_id' | 'visible_from_seq' | 'cleared_seq'>;

/** The first message that somebody may see and has not cleared away. */
export const floorOf = ({ visible_from_seq, cleared_seq }: Viewer): number =>
  Math.max(visible_from_seq, cleared_seq + 1);

/** What became of a chat: new messages, or that somebody read up to `seq`. */
export type ChatNews = Selectable<Tables['chat_news']>;

/** Somebody whom new messages concern; `requester_id` is set while the chat is a stranger's request. */
export type ChatReader = { chat_id: string; account_id: string; requester_id: string | null; from_seq: number };

export type UnreadMessage = {
  seq: number;
  authorId: string;
  /** At most 1,000 characters of it. */
  text: string;
  attachment: Attachment['kind'] | null;
  question: string | null;
  isMention: boolean;
};

/** A chat as a push to one of its members needs it; unread messages newest first, 30 at most. */
export type PushableChat = Pick<
  Membership,
  'chat_id' | 'account_id' | 'kind' | 'title' | 'requester_id' | 'notify_level' | 'muted_until'
> & { unread: UnreadMessage[] };
