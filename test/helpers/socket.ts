import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { Body } from './client.ts';
import { checkPrivacy } from './privacy.ts';

export type TestSocket = {
  socket: WebSocket;
  send(frame: unknown): void;
  /** Sends a frame with a `ref` and waits for its `ack` or `error`. */
  ask(frame: object): Promise<Body>;
  /** The next frame with this `op`, or this event type; earlier frames that do not match are kept for others. */
  next(opOrType: string): Promise<Body>;
  /** Frames that came and that nobody has asked for. */
  rest(): Body[];
  /** Resolves with the close code. */
  closed: Promise<number>;
  close(): void;
};

const PATIENCE_MS = 5_000;

export async function openSocket(url: string, options: ClientOptions = {}): Promise<TestSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/realtime`, 'soyamate.v1', options);
  const frames: Body[] = [];
  const waiting: { matches(frame: Body): boolean; resolve(frame: Body): void }[] = [];
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Body;
    checkPrivacy(`the frame ${String(frame.type ?? frame.op)}`, frame.data);
    const index = waiting.findIndex(({ matches }) => matches(frame));
    if (index < 0) frames.push(frame);
    else waiting.splice(index, 1)[0]?.resolve(frame);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');

  const waitFor = (matches: (frame: Body) => boolean, what: string) => {
    const index = frames.findIndex(matches);
    const [found] = index < 0 ? [] : frames.splice(index, 1);
    if (found) return Promise.resolve(found);
    return new Promise<Body>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no ${what} came; there was ${JSON.stringify(frames)}`)),
        PATIENCE_MS,
      );
      waiting.push({
        matches,
        resolve(frame) {
          clearTimeout(timer);
          resolve(frame);
        },
      });
    });
  };
  let count = 0;
  return {
    socket,
    send: (frame) => socket.send(JSON.stringify(frame)),
    ask(frame) {
      count += 1;
      const ref = `r${count}`;
      socket.send(JSON.stringify({ ...frame, ref }));
      return waitFor((answer) => String(answer.ref) === ref, `answer to ${JSON.stringify(frame)}`);
    },
    next: (opOrType) => waitFor(({ op, type }) => String(op) === opOrType || String(type) === opOrType, opOrType),
    rest: () => frames.splice(0),
    closed,
    close: () => socket.close(),
  };
}
