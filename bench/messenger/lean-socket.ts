import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export type LeanSocket = { send(text: string): void; close(): void };

/**
 * A WebSocket client that costs a load generator as little as may be: it finds where frames begin and end and hands out
 * their payload without copying. It knows only what our server sends: text, ping and close, unmasked, in one piece.
 */
export function openLeanSocket(
  { port, token, path = '/v1/realtime' }: { port: number; token?: string; path?: string },
  receive: (payload: Buffer) => void,
  ended?: () => void,
): Promise<LeanSocket> {
  const tcp = connect({ port, host: '127.0.0.1', noDelay: true });
  const key = randomBytes(16).toString('base64');
  tcp.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: soyamate.v1\r\nSec-WebSocket-Key: ${key}\r\n` +
      `${token ? `Authorization: Bearer ${token}\r\n` : ''}\r\n`,
  );
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return new Promise((resolve, reject) => {
    let rest: Buffer = Buffer.alloc(0);
    let isOpen = false;
    tcp.on('error', reject);
    tcp.on('close', () => {
      reject(new Error('the server hung up'));
      ended?.();
    });
    tcp.on('data', (chunk: Buffer) => {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      if (!isOpen) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = rest.toString('latin1', 0, end);
        if (!head.startsWith('HTTP/1.1 101') || !head.includes(accept)) {
          reject(new Error(head));
          tcp.destroy();
          return;
        }
        rest = rest.subarray(end + 4);
        isOpen = true;
        resolve({ send: (text) => void tcp.write(frameOf(1, Buffer.from(text))), close: () => void tcp.destroy() });
      }
      rest = readFrames(rest, tcp, receive);
    });
  });
}

function readFrames(bytes: Buffer, tcp: Socket, receive: (payload: Buffer) => void): Buffer {
  let at = 0;
  while (bytes.length - at >= 2) {
    const op = (bytes[at] ?? 0) & 15;
    const short = (bytes[at + 1] ?? 0) & 127;
    const headLength = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length - at < headLength) break;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    if (bytes.length - at < headLength + length) break;
    const payload = bytes.subarray(at + headLength, at + headLength + length);
    if (op === 1) receive(payload);
    else if (op === 9) tcp.write(frameOf(10, payload));
    at += headLength + length;
  }
  return bytes.subarray(at);
}

/** Masked with zeros, which is a mask as good as any. */
function frameOf(op: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head =
    length < 126 ? Buffer.from([128 | op, 128 | length]) : Buffer.from([128 | op, 254, length >> 8, length & 255]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}
