import type { TestApp } from './app.ts';
import type { Client } from './client.ts';

/** A member of the staff who is signed in: made by the command line, then given the role. */
export async function hire(server: TestApp, username: string, role: 'admin' | 'moderator' = 'admin') {
  const password = `${username} likes long passwords`;
  const userId = await server.app.accounts.createAdmin({ username, email: `${username}@staff.example`, password });
  if (role !== 'admin') {
    await server.db.statement.updateTable('accounts').set({ role }).where('account_id', '=', userId).execute();
  }
  return { ...(await signInAs(server, username, password)), userId, password };
}

/** Signs somebody in; the result calls with that token. */
export async function signInAs({ nobody }: TestApp, login: string, password: string) {
  const { status, body } = await nobody.call('login', { body: { login, password } });
  if (status !== 200) throw new Error(`${login} could not sign in: ${JSON.stringify(body)}`);
  const token = String(body.tokens?.accessToken);
  const call: Client['call'] = (operationId, input = {}) =>
    nobody.call(operationId, { ...input, headers: { authorization: `Bearer ${token}`, ...input.headers } });
  return { call, token };
}
