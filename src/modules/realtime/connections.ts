import type { WebSocket } from 'ws';
import type { Actor } from '#platform/actor.ts';
import { closeCodes } from '#platform/frames.ts';

/** A socket whose person is known. */
export type Connection = {
  readonly socket: WebSocket;
  actor: Actor;
};

export type Connections = {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  ofAccount(accountId: string): Iterable<Connection>;
  ofSession(sessionId: string): Connection[];
  all(): Connection[];
  readonly size: number;
};

/** What this node's open sockets belong to. */
export function createConnections(): Connections {
  const byAccount = new Map<string, Set<Connection>>();
  let size = 0;
  const all = () => [...byAccount.values()].flatMap((group) => [...group]);
  return {
    add(connection) {
      const { accountId } = connection.actor;
      const group = byAccount.get(accountId) ?? new Set();
      byAccount.set(accountId, group.add(connection));
      size += 1;
    },
    remove(connection) {
      const { accountId } = connection.actor;
      const group = byAccount.get(accountId);
      if (!group?.delete(connection)) return;
      if (group.size === 0) byAccount.delete(accountId);
      size -= 1;
    },
    ofAccount: (accountId) => byAccount.get(accountId) ?? [],
    ofSession: (sessionId) => all().filter(({ actor }) => actor.sessionId === sessionId),
    all,
    get size() {
      return size;
    },
  };
}

/** A reader that leaves this much unread is closed; it catches up by number. */
const MAX_UNSENT_BYTES = 1_048_576;

/** Sends one frame. The buffer may be shared by many sockets. */
export function send(socket: WebSocket, frame: Buffer): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
    say(socket, { op: 'bye', code: 'too_slow' });
    close(socket, closeCodes.tooSlow, 'too_slow');
    return;
  }
  socket.send(frame, { binary: false });
}

export const say = (socket: WebSocket, frame: object): void => {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
};

const CLOSE_GRACE_MS = 2_000;

/** Says goodbye, then lets go even of a peer that does not answer. */
export function close(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref();
}
