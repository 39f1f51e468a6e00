import type { Actor } from '#platform/actor.ts';
import { closeCodes } from '#platform/frames.ts';
import { type Connection, part } from './connections.ts';

/** What a role may do now. */
export type SessionRights = Pick<Actor, 'role' | 'permissions' | 'withheld'>;

/** The sessions that may still be used, with their rights of this moment. */
export type FindSessionRights = (sessionIds: readonly string[]) => Promise<ReadonlyMap<string, SessionRights>>;

/** Closes the sockets whose session has ended and gives the others the rights of this moment. */
export type Recheck = (connections: readonly Connection[]) => Promise<void>;

const BATCH = 1_000;

export function createRecheck(findSessionRights: FindSessionRights): Recheck {
  return async (connections) => {
    for (let start = 0; start < connections.length; start += BATCH) {
      await recheckBatch(connections.slice(start, start + BATCH), findSessionRights);
    }
  };
}

async function recheckBatch(connections: readonly Connection[], find: FindSessionRights): Promise<void> {
  const sessionIds = new Set(connections.flatMap(({ actor }) => actor?.sessionId ?? []));
  if (sessionIds.size === 0) return;
  const rights = await find([...sessionIds]);
  for (const connection of connections) {
    // Sockets that came while we asked are not judged by an answer that does not know them.
    if (!connection.actor || !sessionIds.has(connection.actor.sessionId)) continue;
    const now = rights.get(connection.actor.sessionId);
    if (now) connection.actor = { ...connection.actor, ...now };
    else part(connection, { code: 'token_ended', closeCode: closeCodes.tokenEnded });
  }
}
