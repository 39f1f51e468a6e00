import { type FrameDoor, frameDoor } from '#platform/frames.ts';
import { markDelivered } from './actions/mark-delivered.ts';
import { markRead } from './actions/mark-read.ts';
import { sendMessage } from './actions/send-message.ts';
import { showTyping } from './actions/show-typing.ts';
import { DeliveredFrame, ReadFrame, SendFrame, TypingFrame } from './schemas/frames.ts';
import type { MessengerTools } from './tools.ts';

export const messengerFrames = (tools: MessengerTools): FrameDoor[] => [
  frameDoor({
    op: 'send',
    schema: SendFrame,
    access: 'chats.write',
    limit: 'message',
    handle: ({ actor, frame }) => sendMessage(tools, actor, frame),
  }),
  frameDoor({
    op: 'read',
    schema: ReadFrame,
    access: 'chats.read',
    limit: 'mark',
    handle: ({ actor, frame }) => markRead(tools, actor, frame.chatId, frame.seq),
  }),
  frameDoor({
    op: 'delivered',
    schema: DeliveredFrame,
    access: 'chats.read',
    limit: 'mark',
    handle: ({ actor, frame }) => markDelivered(tools, actor, frame.chatId, frame.seq),
  }),
  frameDoor({
    op: 'typing',
    schema: TypingFrame,
    access: 'chats.write',
    limit: 'typing',
    quietSeconds: 3,
    async handle({ actor, frame }) {
      await showTyping(tools, actor, frame.chatId);
      return undefined;
    },
  }),
];
