import { afterAll, expect, test } from 'vitest';
import { openTotp } from '../../src/modules/accounts/totp.ts';
import { type Person, startApp } from '../helpers/app.ts';
import { BUNDLE_ID, startApple } from '../helpers/apple.ts';
import type { Answer } from '../helpers/client.ts';
import { untilWaiting } from '../helpers/lock-waits.ts';
import { openVerified } from '../helpers/verified.ts';

const apple = await startApple();
afterAll(() => apple.close());
const server = await startApp({ apple: { clientIds: [BUNDLE_ID], issuerUrl: apple.issuerUrl } });
const { nobody, clock, db, mailsTo, settle } = server;
const signUpVerified = openVerified(server);
const newPassword = 'a wholly new sentence';

type Act = () => Promise<Answer>;

/** Both calls have proved themselves and stand before their commit; then the first goes, and the second behind it. */
async function race({ userId }: Person, first: Act, second: Act): Promise<[number, number]> {
  // Nobody else may stand at the gate.
  await settle();
  const answers: Promise<Answer>[] = [];
  await db.transaction(async (tx) => {
    await tx.selectFrom('accounts').select('state').where('account_id', '=', userId).forUpdate().execute();
    answers.push(first());
    await untilWaiting(db, 1);
    answers.push(second());
    await untilWaiting(db, 2);
  });
  const [one, two] = await Promise.all(answers);
  return [one?.status ?? 0, two?.status ?? 0];
}

async function openReset({ username }: Person): Promise<Act> {
  await nobody.call('requestRecovery', { body: { identifier: username } });
  const { code } = (await mailsTo(`${username}@example.com`)).at(-1) ?? {};
  return () => nobody.call('resetPassword', { body: { identifier: username, code, newPassword } });
}

const acts: Record<string, (thief: Person) => Promise<Act>> = {
  async changePassword({ call, password }) {
    return () => call('changePassword', { body: { currentPassword: password, newPassword: 'the words of a thief' } });
  },
  async changeEmail({ call, password }) {
    return () => call('changeEmail', { body: { email: 'thief@example.com', password } });
  },
  async createRecoveryCodes({ call, password }) {
    return () => call('createRecoveryCodes', { body: { password } });
  },
  async requestDeletion({ call, password }) {
    return () => call('requestDeletion', { body: { password, graceDays: 7 } });
  },
  async startTotp({ call, password }) {
    return () => call('startTotp', { body: { password } });
  },
  async confirmTotp({ call, password }) {
    const { body } = await call('startTotp', { body: { password } });
    const totp = openTotp(String(body.secret)).generate({ timestamp: clock.now().getTime() });
    return () => call('confirmTotp', { body: { totp } });
  },
  async linkApple({ call, password }) {
    const body = { ...(await apple.signIn('thief', clock.now())), password };
    return () => call('linkApple', { body });
  },
};

test.each(Object.entries(acts).map(([operation, prepare], i) => ({ operation, prepare, username: `alice_${i}` })))(
  '$operation that began before a reset comes too late after it',
  async ({ prepare, username }) => {
    const alice = await signUpVerified(username);
    const late = await prepare(alice);
    expect(await race(alice, await openReset(alice), late)).toEqual([204, 401]);

    const { status, body } = await nobody.call('login', { body: { login: username, password: newPassword } });
    expect(status).toBe(200);
    expect(body.user).not.toHaveProperty('pendingEmail');
    expect(body.user).not.toHaveProperty('deletionAt');
    for (const table of ['saved_codes', 'apple_identities'] as const) {
      const rows = await db.read.selectFrom(table).selectAll().where('account_id', '=', alice.userId).execute();
      expect([table, rows]).toEqual([table, []]);
    }
  },
);

test('of two changes of the password at once one is made', async () => {
  const bob = await signUpVerified('bob');
  const change = (password: string) => () =>
    bob.call('changePassword', { body: { currentPassword: bob.password, newPassword: password } });
  expect(await race(bob, change(newPassword), change('another new sentence'))).toEqual([204, 403]);
  expect((await nobody.call('login', { body: { login: 'bob', password: newPassword } })).status).toBe(200);
});

test('a sign-in with an Apple ID that is being taken off opens no session', async () => {
  const carol = await signUpVerified('carol');
  const { password } = carol;
  await carol.call('linkApple', { body: { ...(await apple.signIn('carol', clock.now())), password } });
  const proof = await apple.signIn('carol', clock.now());
  const signIn = () => nobody.call('signInWithApple', { body: proof });
  expect(await race(carol, () => carol.call('unlinkApple', { body: { password } }), signIn)).toEqual([204, 401]);
  const { body } = await carol.call('listSessions');
  expect(Object.values(body.items ?? {})).toHaveLength(1);
});
