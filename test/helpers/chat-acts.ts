import { randomUUID } from 'node:crypto';
import type { Person } from './app.ts';
import type { Answer } from './client.ts';
import type { Random } from './random.ts';

export type Stage = { group: string; direct: string; people: readonly Person[]; inviteCode: string };

/** One thing that somebody does in a chat, right or wrong; the server may refuse it. */
export function act(random: Random, stage: Stage): Promise<Answer> {
  const person = random.pick(stage.people);
  const other = random.pick(stage.people);
  const inGroup = random.next() < 0.8;
  const chatId = inGroup ? stage.group : stage.direct;
  const seq = 1 + random.below(12);
  const place = { params: { chatId, seq } };
  const send = (more: object = {}) =>
    person.call('sendMessage', {
      params: { chatId },
      body: { clientId: randomUUID(), text: `слово ${random.below(1_000)}`, ...more },
    });
  const settle = (body: object) => person.call('updateChatSettings', { params: { chatId }, body });
  const change = (body: object) => person.call('updateChat', { params: { chatId: stage.group }, body });
  const member = { params: { chatId: stage.group, userId: other.userId } };
  const emoji = random.pick(['🔥', '👍', '🎮']);

  const acts: readonly (() => Promise<Answer>)[] = [
    send,
    send,
    send,
    () => send({ replyToSeq: seq }),
    () => send({ text: `@${other.username} го?` }),
    () => send({ text: '@all собираемся' }),
    () => send({ forward: { chatId: random.pick([stage.group, stage.direct]), seqs: [seq] } }),
    () => person.call('editMessage', { ...place, body: { text: `правка ${random.below(1_000)}` } }),
    () => person.call('editMessage', { ...place, body: { text: `@${other.username} правка` } }),
    () => person.call('deleteMessage', { ...place, query: { for: 'everyone' } }),
    () => person.call('deleteMessage', { ...place, query: { for: 'me' } }),
    () => person.call('setReaction', { params: { ...place.params, emoji } }),
    () => person.call('setReaction', { params: { ...place.params, emoji } }),
    () => person.call('removeReaction', { params: { ...place.params, emoji } }),
    () => person.call('pinMessage', place),
    () => person.call('unpinMessage', place),
    () => person.call('markRead', { params: { chatId }, body: { seq } }),
    () => person.call('markDelivered', { params: { chatId }, body: { seq } }),
    () => settle({ archived: random.next() < 0.5, isMassMentionMuted: random.next() < 0.5 }),
    () => settle({ pinned: random.next() < 0.5, markedUnread: random.next() < 0.5 }),
    () => settle({ mutedUntil: '2031-01-01T00:00:00.000Z' }),
    () => settle({ clear: ['mutedUntil'] }),
    () => person.call('saveDraft', { params: { chatId }, body: { text: random.pick(['', 'черновик']) } }),
    () => person.call('clearHistory', { params: { chatId }, body: { seq: 1 + random.below(4) } }),
    () => change({ title: `Катка ${random.below(100)}` }),
    () => change({ newcomerHistory: random.below(5), rights: { pin: random.pick(['members', 'admins']) } }),
    () => person.call('addMembers', { params: { chatId: stage.group }, body: { userIds: [other.userId] } }),
    () => person.call('removeMember', member),
    () => person.call('removeMember', { params: { chatId: stage.group, userId: person.userId } }),
    () => person.call('returnToChat', { params: { chatId: stage.group } }),
    () => person.call('returnToChat', { params: { chatId: stage.group } }),
    () => person.call('joinByInvite', { params: { code: stage.inviteCode } }),
    () => person.call('changeMember', { ...member, body: { role: random.pick(['member', 'admin', 'owner']) } }),
    () =>
      person.call('createPoll', {
        params: { chatId },
        body: { clientId: randomUUID(), question: 'Кто в деле?', kind: 'ready_check' },
      }),
    () => person.call('vote', { ...place, body: { options: random.pick([[], [0], [1]]) } }),
    () => person.call('vote', { ...place, body: { options: [random.below(3)] } }),
    () => person.call('closePoll', place),
  ];
  return random.pick(acts)();
}
