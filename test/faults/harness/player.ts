import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Ledger, Seen, Send, Stream } from './ledger.ts';

type Message = { seq: number; rev: number; authorId: string; clientId: string; text: string };
type Change = { type: string; chatId?: string; rev?: number; data: Partial<Message> };
type Frame = Partial<Change> & { op: string; ref?: string; code?: string };

export type Player = {
  accountId: string;
  token: string;
  /** Sends and repeats, with the same `clientId` and wherever a server answers, until there is an answer. */
  say(chatId: string, text: string): Promise<Send>;
  edit(chatId: string, seq: number, text: string): Promise<void>;
  call(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  /** The same, once: what the server says and how long it took, whatever it is. */
  tryOnce(method: string, path: string, body?: object): Promise<{ status: number; milliseconds: number }>;
  /** Asks for what is missing in every chat that it follows; resolves when it has it. */
  catchUp(): Promise<void>;
  follow(chatId: string): void;
  /** Sends that wait for an answer at this moment. */
  readonly unanswered: number;
  /** The codes with which its sockets were closed, in order. */
  readonly closeCodes: readonly number[];
  leave(): void;
};

const PATIENCE_MS = 4_000;
const RETRY_MS = 50;

/** Names are counted, not drawn: one in some thousands of random ones reads as a word that is refused. */
let registered = 0;

/**
 * A person with the client that docs/messenger.md asks for: one socket, at whichever server takes it; sends are repeated
 * until answered; events are applied in the order of `rev`, and any gap, loss of the socket or `sync.needed` leads to
 * `changes`. What it comes to know goes into the ledger.
 */
export async function createPlayer(
  urls: readonly string[],
  name: string,
  ledger: Ledger,
  /** Another device of somebody who is signed in. */
  deviceOf?: Player,
): Promise<Player> {
  // Every second one begins at the second server.
  let home = name.length % 2;
  let token = '';
  let socket: WebSocket | undefined;
  const state = { hasLeft: false };
  const waiting = new Map<string, (frame: Frame | undefined) => void>();
  const streams = new Map<string, Stream & { rev: number; isCatchingUp: boolean }>();
  const closeCodes: number[] = [];

  const request = (method: string, path: string, body?: object) =>
    fetch(`${urls[home % urls.length]}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS * 2),
    });

  async function call(method: string, path: string, body?: object) {
    for (let tries = 0; ; tries += 1) {
      try {
        const response = await request(method, path, body);
        const text = await response.text();
        if (response.status !== 503 || tries > 400) {
          return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
        }
      } catch (error) {
        if (tries > 400) throw error;
      }
      home += 1;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  const record = (chatId: string, { seq, rev, clientId, text }: Partial<Message>) => {
    const stream = streams.get(chatId);
    if (!stream || seq === undefined || rev === undefined) return;
    const seen: Seen = { seq, rev, clientId: clientId ?? '', text: text ?? '' };
    stream.changes.push(seen);
  };

  async function catchUpWith(chatId: string) {
    const stream = streams.get(chatId);
    if (!stream || stream.isCatchingUp) return;
    stream.isCatchingUp = true;
    try {
      for (let hasMore = true; hasMore && !state.hasLeft; ) {
        const { status, body } = await call('GET', `/v1/chats/${chatId}/changes?since=${stream.rev}`);
        if (status !== 200) return; // No longer a member.
        for (const { type, rev, data } of body.items as Change[]) {
          if (rev === undefined || rev <= stream.rev) continue;
          if (type.startsWith('message.')) record(chatId, data);
          stream.rev = rev;
        }
        stream.rev = Math.max(stream.rev, Number(body.rev));
        hasMore = body.hasMore === true;
      }
    } finally {
      stream.isCatchingUp = false;
    }
  }

  const apply = ({ type = '', chatId = '', rev, data = {} }: Partial<Change>) => {
    if (type === 'sync.needed') return catchUpAll();
    const stream = streams.get(chatId);
    if (!stream || rev === undefined || rev <= stream.rev) return;
    if (stream.isCatchingUp || rev > stream.rev + 1) return catchUpLater(chatId);
    if (type.startsWith('message.')) record(chatId, data);
    stream.rev = rev;
  };
  const catchUpLater = (chatId: string) => {
    catchUpWith(chatId).catch(() => undefined);
  };
  const catchUpAll = () => {
    for (const chatId of streams.keys()) catchUpLater(chatId);
  };

  const connect = () => {
    if (state.hasLeft) return;
    const url = `${urls[home % urls.length]?.replace('http', 'ws')}/v1/realtime`;
    const fresh = new WebSocket(url, 'soyamate.v1', {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: PATIENCE_MS,
    });
    socket = fresh;
    fresh.on('message', (bytes: Buffer) => {
      const frame = JSON.parse(bytes.toString()) as Frame;
      if (frame.op === 'ready') catchUpAll();
      if (frame.op === 'event') apply(frame);
      if (frame.ref !== undefined) waiting.get(frame.ref)?.(frame);
    });
    fresh.on('error', () => undefined);
    fresh.on('close', (code) => {
      closeCodes.push(code);
      for (const resolve of waiting.values()) resolve(undefined);
      home += 1;
      setTimeout(connect, RETRY_MS);
    });
  };

  /** One try over the socket; undefined when no answer came. */
  const ask = (frame: object): Promise<Frame | undefined> =>
    new Promise((resolve) => {
      if (socket?.readyState !== WebSocket.OPEN) {
        setTimeout(resolve, RETRY_MS, undefined);
        return;
      }
      const ref = randomUUID();
      const timer = setTimeout(() => answer(undefined), PATIENCE_MS);
      const answer = (given: Frame | undefined) => {
        clearTimeout(timer);
        waiting.delete(ref);
        resolve(given);
      };
      waiting.set(ref, answer);
      socket.send(JSON.stringify({ ...frame, ref }));
    });

  const register = async () => {
    const { status, body } = await call('POST', '/v1/auth/register', {
      username: `${name}_${(registered += 1)}`,
      email: `${name}@example.com`,
      password: `a long password of ${randomUUID()}`,
      ageBand: '18_plus',
      locale: 'en',
      acceptedTerms: '2026-11-01',
    });
    if (status !== 201) throw new Error(`${name} was not registered: ${JSON.stringify(body)}`);
    const { accessToken } = body.tokens as { accessToken: string };
    return { accountId: (body.user as { userId: string }).userId, token: accessToken };
  };
  const identity = deviceOf ?? (await register());
  const { accountId } = identity;
  token = identity.token;
  connect();

  return {
    accountId,
    token,
    call,
    async tryOnce(method, path, given) {
      const startedAt = performance.now();
      const answer = await request(method, path, given);
      await answer.arrayBuffer();
      return { status: answer.status, milliseconds: performance.now() - startedAt };
    },
    get unanswered() {
      return waiting.size;
    },
    closeCodes,
    follow(chatId) {
      const stream = { accountId, chatId, changes: [], rev: 0, isCatchingUp: false };
      streams.set(chatId, stream);
      ledger.streams.push(stream);
    },
    async say(chatId, text) {
      const clientId = randomUUID();
      const send: Send = { chatId, authorId: accountId, clientId, text, outcome: { kind: 'unanswered' } };
      ledger.sends.push(send);
      while (send.outcome.kind === 'unanswered' && !state.hasLeft) {
        const answer = await ask({ op: 'send', chatId, clientId, text });
        if (answer?.op === 'ack') {
          const { seq = 0, rev = 0 } = answer.data ?? {};
          send.outcome = { kind: 'acknowledged', seq, rev };
        } else if (answer?.op === 'error' && answer.code !== 'unavailable' && answer.code !== 'internal_error') {
          send.outcome = { kind: 'refused' };
        } else if (answer) {
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
      return send;
    },
    async edit(chatId, seq, text) {
      const answer = await call('PATCH', `/v1/chats/${chatId}/messages/${seq}`, { text });
      if (answer.status === 200) ledger.edits.push({ chatId, seq, text, rev: Number(answer.body.rev) });
    },
    async catchUp() {
      await Promise.all(
        [...streams].map(async ([chatId, stream]) => {
          while (stream.isCatchingUp) await new Promise((resolve) => setTimeout(resolve, 20));
          await catchUpWith(chatId);
        }),
      );
    },
    leave() {
      state.hasLeft = true;
      socket?.terminate();
    },
  };
}
