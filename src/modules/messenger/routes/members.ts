import { type Door, door } from '#platform/door.ts';
import { pageQuery } from '#platform/paging.ts';
import { strictObject } from '#platform/schemas.ts';
import { addMembers } from '../actions/add-members.ts';
import { changeMember } from '../actions/change-member.ts';
import { liftBan } from '../actions/lift-ban.ts';
import { listBans } from '../actions/list-bans.ts';
import { listMembers } from '../actions/list-members.ts';
import { removeMember } from '../actions/remove-member.ts';
import { returnToChat } from '../actions/return-to-chat.ts';
import { chatFull, chatNotFound, groupOnly, memberNotFound, rightMissing } from '../errors.ts';
import { Chat, ChatParams } from '../schemas/chats.ts';
import {
  AddedMembers,
  AddMembersBody,
  ChangeMemberBody,
  Member,
  MemberPage,
  MemberParams,
  RemoveMemberQuery,
} from '../schemas/members.ts';
import type { MessengerTools } from '../tools.ts';

const tag = 'messenger';

export const membersRoutes = (tools: MessengerTools): Door[] => [
  door({
    operationId: 'listMembers',
    method: 'GET',
    path: '/v1/chats/{chatId}/members',
    tag,
    summary: 'Who is in the chat',
    access: 'chats.read',
    params: ChatParams,
    query: strictObject(pageQuery),
    status: 200,
    answer: MemberPage,
    problems: [chatNotFound],
    handle: ({ actor, params, query }) => listMembers(tools, actor, params.chatId, query),
  }),
  door({
    operationId: 'addMembers',
    method: 'POST',
    path: '/v1/chats/{chatId}/members',
    tag,
    summary: 'Add people to a group',
    description:
      'Safe to repeat: who is in already is not added again. Who left by themself is not added, but may return.',
    access: 'chats.write',
    params: ChatParams,
    body: AddMembersBody,
    status: 200,
    answer: AddedMembers,
    problems: [chatNotFound, groupOnly, rightMissing, chatFull],
    example: { body: { userIds: ['0193a5c0-0000-7000-8000-000000000003'] } },
    handle: ({ actor, params, body }) => addMembers(tools, actor, params.chatId, body.userIds),
  }),
  door({
    operationId: 'changeMember',
    method: 'PATCH',
    path: '/v1/chats/{chatId}/members/{userId}',
    tag,
    summary: 'Change a role, or hand the group over',
    access: 'chats.write',
    params: MemberParams,
    body: ChangeMemberBody,
    status: 200,
    answer: Member,
    problems: [chatNotFound, groupOnly, rightMissing, memberNotFound],
    example: { body: { role: 'admin' } },
    handle: ({ actor, params, body }) => changeMember(tools, actor, params.chatId, params.userId, body.role),
  }),
  door({
    operationId: 'removeMember',
    method: 'DELETE',
    path: '/v1/chats/{chatId}/members/{userId}',
    tag,
    summary: 'Leave, or remove somebody',
    description:
      'Admins remove members, the owner everybody. When the owner leaves, the longest-serving admin takes over, else whoever joined first.',
    access: 'chats.tidy',
    params: MemberParams,
    query: RemoveMemberQuery,
    status: 204,
    problems: [chatNotFound, groupOnly, rightMissing, memberNotFound],
    handle: ({ actor, params, query }) => removeMember(tools, actor, params.chatId, params.userId, query.ban ?? false),
  }),
  door({
    operationId: 'returnToChat',
    method: 'PUT',
    path: '/v1/chats/{chatId}/membership',
    tag,
    summary: 'Return to a group that one left',
    access: 'chats.write',
    params: ChatParams,
    status: 200,
    answer: Chat,
    problems: [chatNotFound, chatFull],
    handle: ({ actor, params }) => returnToChat(tools, actor, params.chatId),
  }),
  door({
    operationId: 'listBans',
    method: 'GET',
    path: '/v1/chats/{chatId}/bans',
    tag,
    summary: 'Who is banned from a group',
    access: 'chats.read',
    params: ChatParams,
    query: strictObject(pageQuery),
    status: 200,
    answer: MemberPage,
    problems: [chatNotFound, groupOnly, rightMissing],
    handle: ({ actor, params, query }) => listBans(tools, actor, params.chatId, query),
  }),
  door({
    operationId: 'liftBan',
    method: 'DELETE',
    path: '/v1/chats/{chatId}/bans/{userId}',
    tag,
    summary: 'Lift a ban',
    access: 'chats.write',
    params: MemberParams,
    status: 204,
    problems: [chatNotFound, rightMissing],
    handle: ({ actor, params }) => liftBan(tools, actor, params.chatId, params.userId),
  }),
];
