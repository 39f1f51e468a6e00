import { randomUUID } from 'node:crypto';
import type { Received, startApns } from '../../helpers/apns.ts';
import { tokenOf } from '../../helpers/devices.ts';
import type { ServerNode } from './node.ts';

type Answer = Record<string, Record<string, string>> & Record<string, string>;
type Apns = Awaited<ReturnType<typeof startApns>>;

/** People with phones on a node, over its doors alone. */
export function createPhones(node: ServerNode, apns: Apns) {
  let joined = 0;

  async function call(token: string, method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${node.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token !== '' && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  }

  async function join(name: string) {
    const { user, tokens } = await call('', 'POST', '/v1/auth/register', {
      username: `${name}_${(joined += 1)}`,
      email: `${name}@example.com`,
      password: `${name} likes long passwords`,
      ageBand: '18_plus',
      acceptedTerms: '2026-11-01',
    });
    return { userId: user?.userId ?? '', token: tokens?.accessToken ?? '' };
  }

  /** Alice may write to Bob, whose phone is known; `say` resolves once the message is acknowledged. */
  return async function setUp() {
    const [alice, bob] = [await join('alice'), await join('bob')];
    const phone = tokenOf(randomUUID());
    const device = { apnsToken: phone, environment: 'production', locale: 'en' };
    await call(bob.token, 'PUT', `/v1/me/devices/${randomUUID()}`, device);
    const { requestId } = await call(alice.token, 'POST', '/v1/teammate-requests', { userId: bob.userId });
    await call(bob.token, 'POST', `/v1/teammate-requests/${requestId}/accept`);
    const { chatId } = await call(alice.token, 'PUT', `/v1/chats/direct/${bob.userId}`);
    const say = () => call(alice.token, 'POST', `/v1/chats/${chatId}/messages`, { clientId: randomUUID(), text: 'hi' });
    const isMessage = ({ token, payload }: Received) => token === phone && payload.aps.category === 'message';
    return { say, pushes: () => apns.received.filter(isMessage), isMessage };
  };
}

export async function waitFor(isTrue: () => boolean, seconds: number): Promise<void> {
  for (const end = performance.now() + seconds * 1_000; !isTrue(); ) {
    if (performance.now() > end) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
