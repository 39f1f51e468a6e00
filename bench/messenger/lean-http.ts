import { connect } from 'node:net';

export type LeanHttp = { ask(request: string): Promise<{ status: number; bytes: number }>; close(): void };

/** One kept-alive HTTP connection that reads only status and length of the answers. */
export function openLeanHttp(port: number): LeanHttp {
  const tcp = connect({ port, host: '127.0.0.1', noDelay: true });
  let rest: Buffer = Buffer.alloc(0);
  let waiting: ((answer: { status: number; bytes: number }) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  tcp.on('data', (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = rest.toString('latin1', 0, end);
    const bytes = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (rest.length < end + 4 + bytes) return;
    rest = rest.subarray(end + 4 + bytes);
    waiting?.({ status: Number(head.slice(9, 12)), bytes });
  });
  tcp.on('error', (error) => fail?.(error));
  tcp.on('close', () => fail?.(new Error('the server hung up')));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = resolve;
        fail = reject;
        tcp.write(request);
      }),
    close: () => void tcp.destroy(),
  };
}

export const requestOf = (method: string, path: string, token: string, body?: object): string => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const length =
    body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n${length}\r\n${text}`;
};
