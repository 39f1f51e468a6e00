import { expect, test } from 'vitest';
import { createLogger } from '#platform/logger.ts';
import { startApp } from '../helpers/app.ts';

const { signUp, nobody, logLines, db } = await startApp();

test('fields that could hold a secret are left out', () => {
  const secret = 'hunter2';
  const fields = ['password', 'newPassword', 'token', 'refreshToken', 'accessToken', 'code'];
  const lines = capture((logger) => {
    logger.info({ body: Object.fromEntries(fields.map((field) => [field, secret])) }, 'as an object');
    for (const field of fields) logger.info({ [field]: secret }, 'on its own');
    logger.info({ req: { headers: { authorization: secret, cookie: secret } } }, 'headers');
  });
  expect(lines).toHaveLength(fields.length + 2);
  expect(lines.join('')).not.toContain(secret);
  expect(lines[0]).toContain('[redacted]');
});

test('an error of the database is named without the values of the row', () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint "accounts_email"'), {
    code: '23505',
    detail: 'Key (email)=(alice@example.com) already exists.',
    where: "parameter $1 = 'alice@example.com'",
    cause: Object.assign(new Error('why'), { detail: 'alice@example.com' }),
  });
  const [line = ''] = capture((logger) => logger.error({ err: error }, 'failed'));
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    err: { type: 'Error', errorCode: '23505', message: error.message, cause: 'why' },
  });
  expect(line).not.toContain('alice@example.com');
});

test('what is thrown and is no error is logged too', () => {
  const [line = ''] = capture((logger) => logger.error({ err: 'a text' }, 'failed'));
  expect(JSON.parse(line)).toMatchObject({ err: { message: 'a text' } });
});

test('a life of a person leaves neither password nor token nor address in the log', async () => {
  const alice = await signUp('alice');
  await nobody.call('login', { body: { login: 'alice', password: 'a wrong password' } });
  await nobody.call('getMe', { headers: { authorization: `Bearer ${alice.token}x` } });
  await alice.raw('/v1/me?token=planted-token');
  const lines = logLines.join('');
  for (const secret of [alice.password, 'a wrong password', alice.token, 'alice@example.com', 'planted-token']) {
    expect(lines).not.toContain(secret);
  }
});

test('a request that breaks is logged with its id and without its body', async () => {
  logLines.length = 0;
  await db.statement.schema.alterTable('accounts').renameTo('hidden').execute();
  const body = { login: 'alice', password: 'a wrong password' };
  const { status, body: answer } = await nobody.call('login', { body });
  await db.statement.schema.alterTable('hidden').renameTo('accounts').execute();
  expect(status).toBe(500);
  expect(answer.code).toBe('internal_error');
  const requestId = String(answer.instance).split('/').at(-1) ?? '';
  const line = logLines.find((one) => one.includes('a request failed')) ?? '';
  expect(line).toContain(requestId);
  expect(line).not.toContain('a wrong password');
  expect(JSON.stringify(answer)).not.toContain('relation');
});

function capture(act: (logger: ReturnType<typeof createLogger>) => void): string[] {
  const lines: string[] = [];
  act(createLogger('info', { write: (line) => void lines.push(line) }));
  return lines;
}
