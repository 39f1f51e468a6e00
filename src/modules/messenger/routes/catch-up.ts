import { type Door, door } from '#platform/door.ts';
import { listChanges } from '../actions/list-changes.ts';
import { markDelivered } from '../actions/mark-delivered.ts';
import { markRead } from '../actions/mark-read.ts';
import { syncChats } from '../actions/sync-chats.ts';
import { changesTooOld, chatNotFound } from '../errors.ts';
import {
  ChangeList,
  ChangesQuery,
  DeliveredState,
  ReadBody,
  ReadState,
  SyncBody,
  SyncResult,
} from '../schemas/catch-up.ts';
import { ChatParams } from '../schemas/chats.ts';
import type { MessengerTools } from '../tools.ts';

const tag = 'messenger';

export const catchUpRoutes = (tools: MessengerTools): Door[] => [
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
    problems: [chatNotFound, changesTooOld],
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
    example: { body: { chats: { '0193a5c0-0000-7000-8000-000000000001': 12 } } },
    handle: ({ actor, body }) => syncChats(tools, actor, body),
  }),
  door({
    operationId: 'markRead',
    method: 'PUT',
    path: '/v1/chats/{chatId}/read',
    tag,
    summary: 'Move the read mark forward',
    access: 'chats.read',
    limit: 'mark',
    params: ChatParams,
    body: ReadBody,
    status: 200,
    answer: ReadState,
    problems: [chatNotFound],
    example: { body: { seq: 7 } },
    handle: ({ actor, params, body }) => markRead(tools, actor, params.chatId, body.seq),
  }),
  door({
    operationId: 'markDelivered',
    method: 'PUT',
    path: '/v1/chats/{chatId}/delivered',
    tag,
    summary: 'Tell how far the device has received',
    access: 'chats.read',
    limit: 'mark',
    params: ChatParams,
    body: ReadBody,
    status: 200,
    answer: DeliveredState,
    problems: [chatNotFound],
    example: { body: { seq: 7 } },
    handle: ({ actor, params, body }) => markDelivered(tools, actor, params.chatId, body.seq),
  }),
];
