/** The limit of fan-out: nothing but ws. For each frame that comes it sends one of the size of ours to everybody. */
import { WebSocketServer } from 'ws';

const [port, bytes] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({
  port: port ?? 0,
  host: '127.0.0.1',
  perMessageDeflate: false,
  handleProtocols: () => 'soyamate.v1',
});
const frame = Buffer.alloc(bytes ?? 300, 'x');
server.on('connection', (socket) => {
  socket.on('message', () => {
    for (const client of server.clients) client.send(frame, { binary: false });
  });
});
server.on('listening', () => process.stdout.write('ready\n'));
