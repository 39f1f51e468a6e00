import type { Socket } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { WebSocket } from 'ws';
import type { Actor } from '#platform/actor.ts';
import { closeCodes } from '#platform/frames.ts';
import { createGatherer, type GatherWrites } from './gather-writes.ts';

/** An open socket, whether its person is known yet or not. */
export type Connection = {
  readonly socket: WebSocket;
  /** Below the socket: tells how much the peer has taken. */
  readonly tcp: Socket;
  /** The address of the client, as the trusted proxy tells it. */
  readonly ip: string;
  /** The same for all sockets of the node. */
  readonly gatherWrites: GatherWrites;
  actor: Actor | undefined;
  /** Resolves when every frame that was read so far has been answered. */
  line: Promise<void>;
  /** Frames are no longer read: the server is about to say goodbye. */
  isEnding: boolean;
  /** Something was heard since the last ping. */
  isAlive: boolean;
  heardAt: Date;
  /** Seconds that the socket is open, counted by the heartbeat. */
  age: number;
  /** Bytes that the peer had taken when the heartbeat looked last, and for how many seconds that number stands still. */
  takenBytes: number;
  stuckSeconds: number;
  /** Until when a repeated frame has no effect, by op and chat. */
  readonly quietUntil: Map<string, number>;
};

export type EndReason = 'token_ended' | 'banned';

export type Connections = {
  open(socket: WebSocket, tcp: Socket, ip: string, now: Date): Connection;
  /** Says whose socket it is. Returns why that session ended, if it did a moment ago. */
  know(connection: Connection, actor: Actor): EndReason | undefined;
  remove(connection: Connection): void;
  /** Remembers the end of a session for a minute: a socket may be at its authentication right now. */
  endSession(sessionId: string, reason: EndReason): void;
  ofAccount(accountId: string): ReadonlySet<Connection>;
  ofSession(sessionId: string): Connection[];
  all(): ReadonlySet<Connection>;
  /** Sockets whose person is known. */
  readonly size: number;
};

const NONE: ReadonlySet<Connection> = new Set();

/** What this node's open sockets belong to. */
export function createConnections(): Connections {
  const all = new Set<Connection>();
  const byAccount = new Map<string, Set<Connection>>();
  const ended = new LRUCache<string, EndReason>({ max: 50_000, ttl: 60_000 });
  const gatherWrites = createGatherer();
  let size = 0;
  return {
    open(socket, tcp, ip, now) {
      const connection: Connection = {
        socket,
        tcp,
        ip,
        gatherWrites,
        actor: undefined,
        line: Promise.resolve(),
        isEnding: false,
        isAlive: true,
        heardAt: now,
        age: 0,
        takenBytes: 0,
        stuckSeconds: 0,
        quietUntil: new Map(),
      };
      all.add(connection);
      return connection;
    },
    know(connection, actor) {
      const reason = ended.get(actor.sessionId);
      if (reason || !all.has(connection)) return reason;
      const group = byAccount.get(actor.accountId) ?? new Set();
      if (!connection.actor) size += 1;
      connection.actor = actor;
      byAccount.set(actor.accountId, group.add(connection));
      return undefined;
    },
    remove(connection) {
      all.delete(connection);
      const accountId = connection.actor?.accountId ?? '';
      const group = byAccount.get(accountId);
      if (!group?.delete(connection)) return;
      if (group.size === 0) byAccount.delete(accountId);
      size -= 1;
    },
    endSession: (sessionId, reason) => void ended.set(sessionId, reason),
    ofAccount: (accountId) => byAccount.get(accountId) ?? NONE,
    ofSession: (sessionId) => [...all].filter(({ actor }) => actor?.sessionId === sessionId),
    all: () => all,
    get size() {
      return size;
    },
  };
}

/** A reader that leaves this much unread is closed; it catches up by number. */
const MAX_UNSENT_BYTES = 1_048_576;

/** Sends one frame. The buffer may be shared by many sockets. */
export function send(connection: Connection, frame: Buffer): void {
  const { socket, tcp, gatherWrites } = connection;
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
    part(connection, { code: 'too_slow', closeCode: closeCodes.tooSlow });
    return;
  }
  gatherWrites(tcp);
  socket.send(frame, { binary: false });
}

export const say = (connection: Connection, frame: object): void =>
  send(connection, Buffer.from(JSON.stringify(frame)));

export type Farewell = { code: string; closeCode: number; retryAfterSeconds?: number };

export const farewellOf = (reason: EndReason): Farewell => ({
  code: reason,
  closeCode: reason === 'banned' ? closeCodes.banned : closeCodes.tokenEnded,
});

const CLOSE_GRACE_MS = 2_000;
/** The reason stands behind all that is unread, so a slow reader gets longer to come to it. */
const SLOW_GRACE_MS = 10_000;

/** Says goodbye and closes, then lets go even of a peer that does not answer. */
export function part(connection: Connection, { code, closeCode, retryAfterSeconds }: Farewell): void {
  const { socket } = connection;
  if (socket.readyState !== socket.OPEN) return;
  connection.isEnding = true;
  socket.send(JSON.stringify({ op: 'bye', code, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }));
  socket.close(closeCode, code);
  setTimeout(() => socket.terminate(), closeCode === closeCodes.tooSlow ? SLOW_GRACE_MS : CLOSE_GRACE_MS).unref();
}
