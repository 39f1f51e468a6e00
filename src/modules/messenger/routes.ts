import { type Door, door } from '#platform/door.ts';
import { pageQuery } from '#platform/paging.ts';
import { strictObject } from '#platform/schemas.ts';
import { getChat } from './actions/get-chat.ts';
import { listChanges } from './actions/list-changes.ts';
import { listChats } from './actions/list-chats.ts';
import { listMessages } from './actions/list-messages.ts';
import { markRead } from './actions/mark-read.ts';
import { openDirectChat } from './actions/open-direct-chat.ts';
import { sendMessage } from './actions/send-message.ts';
import { syncChats } from './actions/sync-chats.ts';
import { chatNotFound, clientIdReused, ownDirectChat, peerNotFound } from './errors.ts';
import {
  ChangeList,
  ChangesQuery,
  Chat,
  ChatPage,
  ChatParams,
  HistoryQuery,
  Message,
  MessageList,
  PeerParams,
  ReadBody,
  ReadState,
  SendMessageBody,
  SyncBody,
  SyncResult,
} from './schemas.ts';
import type { MessengerTools } from './tools.ts';

const tag = 'messenger';

export const messengerRoutes = (tools: MessengerTools): Door[] => [
  door({
    operationId: 'openDirectChat',
    method: 'PUT',
    path: '/v1/chats/direct/{userId}',
    tag,
    summary: 'The one direct chat with a user, made at need',
    access: 'chats.write',
    params: PeerParams,
    status: 200,
    answer: Chat,
    problems: [peerNotFound, ownDirectChat],
    handle: ({ actor, params }) => openDirectChat(tools, actor, params.userId),
  }),
  door({
    operationId: 'listChats',
    method: 'GET',
    path: '/v1/chats',
    tag,
    summary: "The caller's chats, latest activity first",
    access: 'chats.read',
    query: strictObject(pageQuery),
    status: 200,
    answer: ChatPage,
    handle: ({ actor, query }) => listChats(tools, actor, query),
  }),
  door({
    operationId: 'getChat',
    method: 'GET',
    path: '/v1/chats/{chatId}',
    tag,
    summary: 'One chat',
    access: 'chats.read',
    params: ChatParams,
    status: 200,
    answer: Chat,
    problems: [chatNotFound],
    handle: ({ actor, params }) => getChat(tools, actor, params.chatId),
  }),
  door({
    operationId: 'listMessages',
    method: 'GET',
    path: '/v1/chats/{chatId}/messages',
    tag,
    summary: 'History by number',
    description: 'The newest page, or what stands `before`, `after` or `around` a message; at most one of the three.',
    access: 'chats.read',
    params: ChatParams,
    query: HistoryQuery,
    status: 200,
    answer: MessageList,
    problems: [chatNotFound],
    handle: ({ actor, params, query }) => listMessages(tools, actor, params.chatId, query),
  }),
  door({
    operationId: 'sendMessage',
    method: 'POST',
    path: '/v1/chats/{chatId}/messages',
    tag,
    summary: 'Send a message',
    description: 'Committed when answered. Safe to repeat: the same `clientId` gives the same message.',
    access: 'chats.write',
    limit: 'message',
    params: ChatParams,
    body: SendMessageBody,
    status: 201,
    answer: Message,
    problems: [chatNotFound, clientIdReused],
    example: { body: { clientId: '0193a5c0-0000-7000-8000-000000000001', text: 'Го в доту вечером?' } },
    handle: ({ actor, params, body }) => sendMessage(tools, actor, { ...body, chatId: params.chatId }),
  }),
  door({
    operationId: 'markRead',
    method: 'PUT',
    path: '/v1/chats/{chatId}/read',
    tag,
    summary: 'Move the read mark forward',
    access: 'chats.read',
    params: ChatParams,
    body: ReadBody,
    status: 200,
    answer: ReadState,
    problems: [chatNotFound],
    handle: ({ actor, params, body }) => markRead(tools, actor, params.chatId, body.seq),
  }),
  door({
    operationId: 'listChanges',
    method: 'GET',
    path: '/v1/chats/{chatId}/changes',
    tag,
    summary: 'Catch up with one chat',
    access: 'chats.read',
    params: ChatParams,
    query: ChangesQuery,
    status: 200,
    answer: ChangeList,
    problems: [chatNotFound],
    handle: ({ actor, params, query }) => listChanges(tools, actor, params.chatId, query.since, query.limit),
  }),
  door({
    operationId: 'syncChats',
    method: 'POST',
    path: '/v1/sync',
    tag,
    summary: 'Catch up with all chats',
    access: 'chats.read',
    body: SyncBody,
    status: 200,
    answer: SyncResult,
    handle: ({ actor, body }) => syncChats(tools, actor, body),
  }),
];
