/**
 * A load generator: a process of its own, told by one line of JSON on standard input what to do. It answers with lines of
 * JSON: first `{"ready":true}` when its connections stand, at the end its figures.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { openLeanHttp, requestOf } from './lean-http.ts';
import { type LeanSocket, openLeanSocket } from './lean-socket.ts';
import { percentile } from './percentile.ts';

export type Sender = { token: string; chatId: string };
export type Task = { port: number; seconds: number } & (
  | { kind: 'send-sockets'; senders: Sender[] }
  | { kind: 'send-http'; senders: Sender[] }
  | { kind: 'history'; senders: Sender[] }
  | { kind: 'fan-out'; tokens: string[]; sender: Sender }
  | { kind: 'bare-fan-out'; count: number; bytes: number }
  | { kind: 'end-to-end'; pairs: { from: Sender; to: string }[]; perSecond: number }
  | { kind: 'idle'; tokens: string[] }
);

const WARM_UP_MS = 5_000;
/** In a fan-out: the sender is as fast as the readers read, and never further ahead than so many messages. */
const MAX_AHEAD = 20;
const TEXT = 'Го в доту вечером? Нужен саппорт, часов в восемь, на два-три катки. ';

const task = JSON.parse(await text(process.stdin)) as Task;
const say = (figures: object) => process.stdout.write(`${JSON.stringify(figures)}\n`);
say(await run(task));
process.exit(0);

function run(given: Task): Promise<object> {
  switch (given.kind) {
    case 'send-sockets':
      return sendOverSockets(given.port, given.senders, given.seconds);
    case 'send-http':
      return askOverHttp(given.port, given.senders, given.seconds, ({ token, chatId }) =>
        requestOf('POST', `/v1/chats/${chatId}/messages`, token, { clientId: randomUUID(), text: TEXT }),
      );
    case 'history':
      return askOverHttp(given.port, given.senders, given.seconds, ({ token, chatId }) =>
        requestOf('GET', `/v1/chats/${chatId}/messages?limit=50&before=${51 + Math.floor(Math.random() * 900)}`, token),
      );
    case 'fan-out':
      return fanOut(given.port, given.tokens, given.sender, given.seconds);
    case 'bare-fan-out':
      return bareFanOut(given.port, given.count, given.seconds);
    case 'end-to-end':
      return endToEnd(given.port, given.pairs, given.perSecond, given.seconds);
    case 'idle':
      return idle(given.port, given.tokens, given.seconds);
  }
}

/** Counts only what happens between the warm-up and the end. */
function createCounter(seconds: number) {
  const from = performance.now() + WARM_UP_MS;
  const until = from + seconds * 1_000;
  const times: number[] = [];
  let count = 0;
  let done = 0;
  return {
    get isOver() {
      return performance.now() >= until;
    },
    note(startedAt?: number) {
      const now = performance.now();
      done += 1;
      if (now < from || now >= until) return;
      count += 1;
      if (startedAt !== undefined) times.push(now - startedAt);
    },
    figures: () => ({
      done,
      perSecond: Math.round(count / seconds),
      ...(times.length > 0 && { p50: percentile(times, 50), p99: percentile(times, 99), max: percentile(times, 100) }),
    }),
  };
}

/** Each sender has one message under way: the next follows the acknowledgement. */
async function sendOverSockets(port: number, senders: readonly Sender[], seconds: number) {
  let ready = 0;
  let counter: ReturnType<typeof createCounter> | undefined;
  let running = senders.length;
  let errors = 0;
  let done = () => {};
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  const starts: (() => void)[] = [];
  for (const { token, chatId } of senders) {
    let startedAt = 0;
    let socket: LeanSocket | undefined;
    const send = () => {
      startedAt = performance.now();
      socket?.send(`{"op":"send","ref":"1","chatId":"${chatId}","clientId":"${randomUUID()}","text":"${TEXT}"}`);
    };
    socket = await openLeanSocket({ port, token }, (payload) => {
      const kind = payload[8]; // {"op":"ack… {"op":"event… {"op":"error…
      if (payload[7] === 0x72) ready += 1;
      if (payload[7] === 0x65 && kind === 0x72) errors += 1;
      if (payload[7] !== 0x61 && !(payload[7] === 0x65 && kind === 0x72)) return;
      counter?.note(startedAt);
      if (!counter?.isOver) send();
      else if ((running -= 1) === 0) done();
    });
    starts.push(send);
  }
  while (ready < senders.length) await new Promise((resolve) => setTimeout(resolve, 10));
  counter = createCounter(seconds);
  for (const start of starts) start();
  await finished;
  return { ...counter.figures(), errors };
}

async function askOverHttp(
  port: number,
  senders: readonly Sender[],
  seconds: number,
  makeRequest: (sender: Sender) => string,
) {
  const counter = createCounter(seconds);
  let errors = 0;
  let bytes = 0;
  await Promise.all(
    senders.map(async (sender) => {
      const connection = openLeanHttp(port);
      while (!counter.isOver) {
        const startedAt = performance.now();
        const answer = await connection.ask(makeRequest(sender));
        counter.note(startedAt);
        bytes = answer.bytes;
        if (answer.status >= 300) errors += 1;
      }
      connection.close();
    }),
  );
  return { ...counter.figures(), errors, bytesOfAnswer: bytes };
}

async function fanOut(port: number, tokens: readonly string[], sender: Sender, seconds: number) {
  let counter: ReturnType<typeof createCounter> | undefined;
  let received = 0;
  let sent = 0;
  let cut = 0;
  let send = () => {};
  const openOne = (token: string) =>
    openLeanSocket(
      { port, token },
      (payload) => {
        if (payload[7] !== 0x65) return;
        received += 1;
        counter?.note();
        send();
      },
      () => void (cut += 1),
    );
  for (let start = 0; start < tokens.length; start += 50)
    await Promise.all(tokens.slice(start, start + 50).map(openOne));
  const pusher = await openLeanSocket({ port, token: sender.token }, () => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  counter = createCounter(seconds);
  const running = counter;
  send = () => {
    while (sent - received / tokens.length < MAX_AHEAD && !running.isOver) {
      sent += 1;
      pusher.send(`{"op":"send","chatId":"${sender.chatId}","clientId":"${randomUUID()}","text":"${TEXT}"}`);
    }
  };
  send();
  while (!counter.isOver) await new Promise((resolve) => setTimeout(resolve, 50));
  return { ...counter.figures(), readers: tokens.length, cut };
}

async function bareFanOut(port: number, count: number, seconds: number) {
  let received = 0;
  const counter = createCounter(seconds);
  const sockets = await Promise.all(
    Array.from({ length: count }, () =>
      openLeanSocket({ port, path: '/' }, () => {
        received += 1;
        counter.note();
        if (received % count === 0) sockets[0]?.send('go');
      }),
    ),
  );
  for (let i = 0; i < MAX_AHEAD; i += 1) sockets[0]?.send('go');
  while (!counter.isOver) await new Promise((resolve) => setTimeout(resolve, 50));
  return counter.figures();
}

/** Messages at an even pace whatever the server does; the time runs from when each was due until the other has it. */
async function endToEnd(
  port: number,
  pairs: readonly { from: Sender; to: string }[],
  perSecond: number,
  seconds: number,
) {
  const dueAt = new Map<string, number>();
  let counter: ReturnType<typeof createCounter> | undefined;
  const senders: { socket: LeanSocket; chatId: string }[] = [];
  for (const { from, to } of pairs) {
    await openLeanSocket({ port, token: to }, (payload) => {
      const clientId = /"clientId":"([^"]+)"/.exec(payload.toString())?.[1] ?? '';
      const due = dueAt.get(clientId);
      if (due === undefined || !dueAt.delete(clientId)) return;
      counter?.note(due);
    });
    senders.push({ socket: await openLeanSocket({ port, token: from.token }, () => {}), chatId: from.chatId });
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  counter = createCounter(seconds);
  const startedAt = performance.now();
  for (let i = 0; !counter.isOver; i += 1) {
    const due = startedAt + (i * 1_000) / perSecond;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    const clientId = randomUUID();
    const sender = senders[i % senders.length];
    dueAt.set(clientId, performance.now());
    sender?.socket.send(`{"op":"send","chatId":"${sender.chatId}","clientId":"${clientId}","text":"${TEXT}"}`);
  }
  for (let i = 0; i < 100 && dueAt.size > 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return { ...counter.figures(), lost: dueAt.size };
}

async function idle(port: number, tokens: readonly string[], seconds: number) {
  let cut = 0;
  const startedAt = performance.now();
  for (let start = 0; start < tokens.length; start += 100) {
    const some = tokens.slice(start, start + 100);
    await Promise.all(
      some.map((token) =>
        openLeanSocket(
          { port, token },
          () => {},
          () => void (cut += 1),
        ),
      ),
    );
  }
  const connectSeconds = (performance.now() - startedAt) / 1_000;
  say({ ready: true });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  return { sockets: tokens.length, cut, connectSeconds: Number(connectSeconds.toFixed(1)) };
}
