/** Opens a socket and says so; the test then freezes this process. Arguments: the server's address and an access token. */
import { WebSocket } from 'ws';

const [url = '', token = ''] = process.argv.slice(2);
const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/realtime`, 'soyamate.v1', {
  headers: { authorization: `Bearer ${token}` },
});
socket.on('message', () => process.stdout.write('ready\n'));
