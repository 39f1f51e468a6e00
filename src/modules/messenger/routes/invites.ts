import { type Door, door } from '#platform/door.ts';
import { pageQuery } from '#platform/paging.ts';
import { strictObject } from '#platform/schemas.ts';
import { acceptJoinRequest } from '../actions/accept-join-request.ts';
import { createInvite } from '../actions/create-invite.ts';
import { declineJoinRequest } from '../actions/decline-join-request.ts';
import { deleteInvite } from '../actions/delete-invite.ts';
import { joinByInvite } from '../actions/join-by-invite.ts';
import { listInvites } from '../actions/list-invites.ts';
import { listJoinRequests } from '../actions/list-join-requests.ts';
import { previewInvite } from '../actions/preview-invite.ts';
import { resetInvite } from '../actions/reset-invite.ts';
import {
  chatFull,
  chatNotFound,
  groupOnly,
  inviteNotFound,
  joinRequestNotFound,
  rightMissing,
  tooMany,
} from '../errors.ts';
import { ChatParams } from '../schemas/chats.ts';
import {
  CodeParams,
  CreateInviteBody,
  Invite,
  InviteList,
  InviteParams,
  InvitePreview,
  JoinRequestPage,
  JoinResult,
} from '../schemas/invites.ts';
import { MemberParams } from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';

const tag = 'messenger';

export const invitesRoutes = (tools: MessengerTools): Door[] => [
  door({
    operationId: 'createInvite',
    method: 'POST',
    path: '/v1/chats/{chatId}/invites',
    tag,
    summary: 'Make a link into a group',
    access: 'chats.write',
    isIdempotentByKey: true,
    params: ChatParams,
    body: CreateInviteBody,
    status: 201,
    answer: Invite,
    problems: [chatNotFound, groupOnly, rightMissing, tooMany],
    example: { body: { expiresInSeconds: 86_400, maxUses: 10 } },
    handle: ({ actor, params, body, exchange }) =>
      createInvite(tools, actor, params.chatId, body, exchange.header('idempotency-key')),
  }),
  door({
    operationId: 'listInvites',
    method: 'GET',
    path: '/v1/chats/{chatId}/invites',
    tag,
    summary: 'Links into a group',
    access: 'chats.read',
    params: ChatParams,
    status: 200,
    answer: InviteList,
    problems: [chatNotFound, groupOnly, rightMissing],
    handle: ({ actor, params }) => listInvites(tools, actor, params.chatId),
  }),
  door({
    operationId: 'resetInvite',
    method: 'POST',
    path: '/v1/chats/{chatId}/invites/{inviteId}/reset',
    tag,
    summary: 'Give a link a new code',
    access: 'chats.write',
    params: InviteParams,
    status: 200,
    answer: Invite,
    problems: [chatNotFound, rightMissing, inviteNotFound],
    handle: ({ actor, params }) => resetInvite(tools, actor, params.chatId, params.inviteId),
  }),
  door({
    operationId: 'deleteInvite',
    method: 'DELETE',
    path: '/v1/chats/{chatId}/invites/{inviteId}',
    tag,
    summary: 'Withdraw a link',
    access: 'chats.tidy',
    params: InviteParams,
    status: 204,
    problems: [chatNotFound, rightMissing],
    handle: ({ actor, params }) => deleteInvite(tools, actor, params.chatId, params.inviteId),
  }),
  door({
    operationId: 'previewInvite',
    method: 'GET',
    path: '/v1/invites/{code}',
    tag,
    summary: 'What a link leads to',
    access: 'chats.read',
    limit: 'invite',
    params: CodeParams,
    status: 200,
    answer: InvitePreview,
    problems: [inviteNotFound],
    handle: ({ actor, params }) => previewInvite(tools, actor, params.code),
  }),
  door({
    operationId: 'joinByInvite',
    method: 'POST',
    path: '/v1/invites/{code}/join',
    tag,
    summary: 'Join by a link',
    access: 'chats.write',
    limit: 'invite',
    params: CodeParams,
    status: 200,
    answer: JoinResult,
    problems: [inviteNotFound, chatFull, chatNotFound],
    handle: ({ actor, params }) => joinByInvite(tools, actor, params.code),
  }),
  door({
    operationId: 'listJoinRequests',
    method: 'GET',
    path: '/v1/chats/{chatId}/join-requests',
    tag,
    summary: 'Who asks to join',
    access: 'chats.read',
    params: ChatParams,
    query: strictObject(pageQuery),
    status: 200,
    answer: JoinRequestPage,
    problems: [chatNotFound, groupOnly, rightMissing],
    handle: ({ actor, params, query }) => listJoinRequests(tools, actor, params.chatId, query),
  }),
  door({
    operationId: 'acceptJoinRequest',
    method: 'POST',
    path: '/v1/chats/{chatId}/join-requests/{userId}/accept',
    tag,
    summary: 'Take somebody in',
    access: 'chats.write',
    params: MemberParams,
    status: 204,
    problems: [chatNotFound, rightMissing, joinRequestNotFound, chatFull],
    handle: ({ actor, params }) => acceptJoinRequest(tools, actor, params.chatId, params.userId),
  }),
  door({
    operationId: 'declineJoinRequest',
    method: 'POST',
    path: '/v1/chats/{chatId}/join-requests/{userId}/decline',
    tag,
    summary: 'Turn somebody down',
    access: 'chats.tidy',
    params: MemberParams,
    status: 204,
    problems: [chatNotFound, rightMissing, joinRequestNotFound],
    handle: ({ actor, params }) => declineJoinRequest(tools, actor, params.chatId, params.userId),
  }),
];
