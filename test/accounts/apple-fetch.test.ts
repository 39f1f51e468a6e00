import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createApple } from '../../src/modules/accounts/apple.ts';
import { fetchApple } from '../../src/modules/accounts/apple-fetch.ts';
import { BUNDLE_ID, startApple } from '../helpers/apple.ts';

const asked: string[] = [];
const answers: Record<string, (response: ServerResponse) => void> = {
  '/good': (response) => response.end('{"keys":[]}'),
  '/elsewhere': (response) => response.writeHead(302, { location: '/good' }).end(),
  '/kept': (response) => response.writeHead(307, { location: '/good' }).end(),
  '/broken': (response) => response.writeHead(500).end(),
  '/huge': (response) => response.end(Buffer.alloc(65_537)),
  '/endless': (response) => {
    const pour = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', pour);
    pour();
  },
  '/silent': () => {},
  '/half': (response) => response.write('{"keys":'),
};
const server = createServer((request, response) => {
  const path = String(request.url);
  asked.push(path);
  answers[path.replace('/auth/keys', '')]?.(response);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('an answer is taken as it is', async () => {
  expect(await fetchApple(`${origin}/good`)).toBe('{"keys":[]}');
});

test.each(['/elsewhere', '/kept'])('a redirect is not followed: %s', async (path) => {
  asked.length = 0;
  await expect(fetchApple(origin + path, { method: 'POST', body: 'client_secret=x' })).rejects.toThrow();
  expect(asked).toEqual([path]);
});

test.each(['/broken', '/huge', '/endless'])('it is no answer: %s', async (path) => {
  await expect(fetchApple(origin + path)).rejects.toThrow(/answer/);
});

test.each(['/silent', '/half'])('nobody waits for ever: %s', async (path) => {
  await expect(fetchApple(origin + path, {}, 50)).rejects.toThrow(/timeout/);
});

test.each(['/elsewhere', '/broken', '/huge', '/half'])(
  'that keys cannot be had is no fault of the token: %s',
  async (path) => {
    if (path === '/half') answers[path] = (response) => response.end('{"keys":');
    const apple = await startApple();
    const { identityToken } = await apple.signIn('anna', new Date());
    apple.close();
    const ours = createApple({ clientIds: [BUNDLE_ID], issuerUrl: origin + path }, { now: () => new Date() });
    await expect(ours.readIdentity(identityToken)).rejects.toMatchObject({ definition: { code: 'unavailable' } });
  },
);
