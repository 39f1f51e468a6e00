/**
 * The messenger owns chats, their members and messages, and the two numbers of each chat: `seq` of messages and `rev` of
 * changes. Offers its doors over REST and the socket. It announces nothing in the log: a message row is its own event,
 * found by `rev`; open sockets get a hint over the bus after the commit. Listens to nobody.
 */
import type { Door } from '#platform/door.ts';
import type { FrameDoor } from '#platform/frames.ts';
import { createChatLines } from './chat-lines.ts';
import { messengerFrames } from './frames.ts';
import { findAcquaintedPlaces, type Pair } from './queries.ts';
import { messengerRoutes } from './routes.ts';
import type { MessengerTools } from './tools.ts';

export type Messenger = {
  routes: readonly Door[];
  frames: readonly FrameDoor[];
  /** Those of the pairs that share a chat. */
  findAcquainted<T extends Pair>(pairs: readonly T[]): Promise<T[]>;
};

export function createMessenger(options: Omit<MessengerTools, 'lines'>): Messenger {
  const tools: MessengerTools = { ...options, lines: createChatLines() };
  return {
    routes: messengerRoutes(tools),
    frames: messengerFrames(tools),
    async findAcquainted(pairs) {
      const places = await findAcquaintedPlaces(tools.db.read, pairs);
      return pairs.filter((_pair, index) => places.has(index + 1));
    },
  };
}
