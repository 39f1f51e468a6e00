import type { Person } from './app.ts';
import type { Body } from './client.ts';

type Plain = Record<string, unknown>;
type Message = Plain & { seq: number; rev: number };
/** `counted` is what the server itself has counted. */
type Copy = {
  rev: number;
  counted?: Plain;
  info: Plain;
  state: Plain;
  members: Map<string, Plain>;
  messages: Map<number, Message>;
};

/** What a client holds: chats with their members and messages, kept by events and catch-up as docs/messenger.md says. */
export type ChatModel = {
  /** One frame of the live stream. */
  hear(event: Body): void;
  catchUp(): Promise<void>;
  /** All of it, in a form that can be compared. */
  view(): Plain;
};

/** `deafTo` plants a fault: events and changes of that type are not taken in. */
export function createChatModel(person: Person, deafTo?: string): ChatModel {
  const copies = new Map<string, Copy>();
  let cursor: string | undefined;

  const put = (copy: Copy, type: string, data: Plain) => {
    if (type === deafTo) return;
    if (type === 'member.changed') putMember(copy, data);
    else if (type === 'chat.updated') copy.info = { ...data, memberCount: copy.info.memberCount };
    else if (type !== 'chat.advanced') putMessage(copy, data as Message);
  };

  const putMember = (copy: Copy, { memberCount: _count, ...member }: Plain) => {
    if (member.state === 'active') copy.members.set(String(member.userId), member);
    else copy.members.delete(String(member.userId));
  };

  const putMessage = (copy: Copy, { reaction: _told, ...message }: Message) => {
    const known = copy.messages.get(message.seq);
    if (known && known.rev > message.rev) return;
    const own = {
      ...(message.reactions !== undefined && { myReactions: message.myReactions ?? known?.myReactions ?? [] }),
      ...(message.poll !== undefined && { myVotes: message.myVotes ?? known?.myVotes ?? [] }),
    };
    copy.messages.set(message.seq, { ...message, ...own });
  };

  const load = async (chatId: string) => {
    const copy = await readAll(person, chatId);
    if (copy) copies.set(chatId, copy);
  };

  const takeState = ({ chatId, ...state }: Plain) => {
    const copy = copies.get(String(chatId));
    if (!copy) return;
    copy.state = pickState(state);
    for (const seq of copy.messages.keys()) if (seq <= Number(state.clearedSeq)) copy.messages.delete(seq);
  };

  return {
    hear(event) {
      const { type, chatId, rev, data } = event as unknown as {
        type: string;
        chatId: string;
        rev?: number;
        data: Plain;
      };
      const copy = copies.get(chatId);
      if (type === 'chat.removed') copies.delete(chatId);
      if (!copy || type === 'chat.removed' || type === 'chat.created') return;
      if (type === 'state.changed') return takeState(data);
      if (type === 'message.hidden') return hide(copy, data);
      if (type === 'read.changed') return moveMark(copy, data, person.userId, 'read');
      if (type === 'delivered.changed') return moveMark(copy, data, person.userId, 'delivered');
      // A gap: what comes now is left to the catch-up.
      if (rev === undefined || rev !== copy.rev + 1) return;
      put(copy, type, data);
      copy.rev = rev;
    },

    async catchUp() {
      const chats = Object.fromEntries([...copies].map(([chatId, { rev }]) => [chatId, rev]));
      const { status, body } = await person.call('syncChats', { body: { chats, ...(cursor && { cursor }) } });
      if (status !== 200) throw new Error(`sync answers ${status}`);
      const result = body as unknown as Record<string, Plain[]> & {
        vanished: string[];
        reload: string[];
        cursor: string;
      };
      for (const chatId of result.vanished) copies.delete(chatId);
      for (let list of result.changed ?? []) {
        for (;;) {
          const copy = copies.get(String(list.chatId));
          if (!copy) break;
          for (const { type, data } of list.items as { type: string; data: Plain }[]) put(copy, type, data);
          copy.rev = Math.max(copy.rev, Number(list.rev));
          if (!list.hasMore) break;
          const params = { chatId: String(list.chatId) };
          const next = await person.call('listChanges', { params, query: { since: copy.rev } });
          if (next.status !== 200) break;
          list = next.body;
        }
      }
      for (const state of result.states ?? []) takeState(state);
      for (const hidden of result.hidden ?? []) {
        const copy = copies.get(String(hidden.chatId));
        if (copy) hide(copy, hidden);
      }
      for (const chatId of [...result.reload, ...(result.appeared ?? []).map((chat) => String(chat.chatId))])
        await load(chatId);
      cursor = result.cursor;
    },

    view: () => present(copies, person.userId),
  };
}

/** The same view made from nothing but fresh answers. */
export async function fetchView(person: Person, chatIds: readonly string[]): Promise<Plain> {
  const copies = new Map<string, Copy>();
  for (const chatId of chatIds) {
    const copy = await readAll(person, chatId);
    if (copy) copies.set(chatId, copy);
  }
  const shown = present(copies, person.userId);
  // What the server has counted must be what is there.
  for (const [chatId, { counted }] of copies) Object.assign(shown[chatId] as Plain, counted);
  return shown;
}

async function readAll(person: Person, chatId: string): Promise<Copy | undefined> {
  const chat = await person.call('getChat', { params: { chatId } });
  if (chat.status !== 200) return undefined;
  const body = chat.body as unknown as Plain;
  const copy: Copy = {
    rev: Number(body.rev),
    counted: pick(body, ['unread', 'mentions', 'memberCount']),
    info: pick(body, INFO),
    state: pickState(body),
    members: new Map(),
    messages: new Map(),
  };
  for (let after = 0; ; ) {
    const page = await person.call('listMessages', { params: { chatId }, query: { after, limit: 100 } });
    if (page.status !== 200) return undefined;
    const { items, hasMore } = page.body as unknown as { items: Message[]; hasMore: boolean };
    for (const message of items) copy.messages.set(message.seq, message);
    after = items.at(-1)?.seq ?? after;
    if (!hasMore) break;
  }
  const members = await person.call('listMembers', { params: { chatId }, query: { limit: 100 } });
  for (const member of (members.body.items ?? []) as unknown as Plain[])
    copy.members.set(String(member.userId), member);
  return copy;
}

const INFO = [
  'chatId',
  'kind',
  'title',
  'rights',
  'slowModeSeconds',
  'newcomerHistory',
  'requestedBy',
  'createdAt',
  'memberCount',
];
const STATE = [
  'readSeq',
  'markedUnread',
  'clearedSeq',
  'othersReadSeq',
  'othersDeliveredSeq',
  'mutedUntil',
  'isMassMentionMuted',
  'pinned',
  'archived',
  'draft',
];

const pick = (from: Plain, keys: readonly string[]): Plain =>
  Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));

const pickState = (from: Plain): Plain => pick(from, STATE);

function hide(copy: Copy, data: Plain): void {
  for (const seq of data.seqs as number[]) copy.messages.delete(seq);
}

function moveMark(copy: Copy, data: Plain, selfId: string, mark: 'read' | 'delivered'): void {
  const raise = (key: string, seq: unknown) => {
    copy.state[key] = Math.max(Number(copy.state[key] ?? 0), Number(seq));
  };
  if (data.userId === selfId) {
    if (mark === 'delivered') return;
    raise('readSeq', data.readSeq);
    copy.state.markedUnread = false;
    return;
  }
  // Whoever has read has received.
  raise('othersDeliveredSeq', data.deliveredSeq ?? data.readSeq);
  if (mark === 'read') raise('othersReadSeq', data.readSeq);
}

function present(copies: ReadonlyMap<string, Copy>, selfId: string): Plain {
  return Object.fromEntries(
    [...copies].map(([chatId, { rev, info, state, members, messages }]) => {
      const shown = [...messages.values()].toSorted((one, other) => one.seq - other.seq);
      const unread = shown.filter(
        (one) =>
          one.seq > Number(state.readSeq) && one.authorId !== selfId && one.deletedAt === undefined && !one.service,
      );
      const mentions = unread.filter(
        (one) =>
          (one.mentions as string[] | undefined)?.includes(selfId) ||
          (one.isMentionOfAll === true && state.isMassMentionMuted !== true),
      );
      const people = [...members.values()].toSorted((one, other) =>
        String(one.userId) < String(other.userId) ? -1 : 1,
      );
      return [
        chatId,
        {
          rev,
          ...info,
          ...state,
          memberCount: people.length,
          unread: unread.length,
          mentions: mentions.length,
          members: people,
          messages: shown,
        },
      ];
    }),
  );
}
