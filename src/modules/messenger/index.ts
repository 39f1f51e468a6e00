/**
 * The messenger owns chats, their members and messages, and the two numbers of each chat: `seq` of messages and `rev` of
 * changes. Offers its doors over REST and the socket. It announces nothing in the log: a message row is its own event,
 * found by `rev`; open sockets get a hint over the bus after the commit. Listens to nobody.
 */
import type { Door } from '#platform/door.ts';
import type { FrameDoor } from '#platform/frames.ts';
import { createChatLines } from './chat-lines.ts';
import { messengerFrames } from './frames.ts';
import { messengerRoutes } from './routes.ts';
import type { MessengerTools } from './tools.ts';

export type Messenger = { routes: readonly Door[]; frames: readonly FrameDoor[] };

export function createMessenger(options: Omit<MessengerTools, 'lines'>): Messenger {
  const tools: MessengerTools = { ...options, lines: createChatLines() };
  return { routes: messengerRoutes(tools), frames: messengerFrames(tools) };
}
