import { mkdtempSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect, test } from 'vitest';
import { createMailer } from '#platform/mail.ts';
import { parseMail, readMails } from '../helpers/mails.ts';

const letter = {
  id: '01900000-0000-7000-8000-000000000001',
  to: 'alice@example.com',
  subject: 'Ваш код',
  text: 'Код:\n\n1234 5678\n',
  html: '<p>Код: <b>1234 5678</b></p>',
};
const from = 'Soyamate <noreply@soyamate.example>';
const newDir = () => mkdtempSync(join(tmpdir(), 'soyamate-mail-'));

type Received = { source: Buffer; receivers: string[]; sender: string };
const received: Received[] = [];
let refusal: Error | undefined;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (refusal) return done(refusal);
      const { mailFrom, rcptTo } = session.envelope;
      const sender = mailFrom ? mailFrom.address : '';
      received.push({ source: Buffer.concat(chunks), receivers: rcptTo.map(({ address }) => address), sender });
      done();
    });
  },
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

test('a letter goes by SMTP to its one receiver, in text and HTML', async () => {
  await createMailer({ dataDir: newDir(), smtpUrl, from }).send(letter);
  const { source, receivers, sender } = received.at(-1) ?? { source: Buffer.alloc(0) };
  expect([sender, receivers]).toEqual(['noreply@soyamate.example', ['alice@example.com']]);
  expect(await parseMail(source)).toMatchObject({
    subject: 'Ваш код',
    code: '12345678',
    html: expect.stringContaining('<b>'),
  });
  expect(source.toString()).toContain('Message-ID: <01900000-0000-7000-8000-000000000001@soyamate.example>');
  expect(source.toString()).toContain('Auto-Submitted: auto-generated');
});

test('what the server refuses is an error, for the queue to try again', async () => {
  refusal = Object.assign(new Error('mailbox full'), { responseCode: 452 });
  await expect(createMailer({ dataDir: newDir(), smtpUrl, from }).send(letter)).rejects.toThrow('mailbox full');
  refusal = undefined;
});

test.each([
  'alice@example.com, mallory@example.com',
  'alice@example.com\r\nBcc: mallory@example.com',
  '"a" <mallory@example.com>',
])('an address that hides another reaches nobody else: %j', async (to) => {
  const before = received.length;
  await createMailer({ dataDir: newDir(), smtpUrl, from })
    .send({ ...letter, to })
    .catch(() => {});
  expect(received.slice(before).flatMap(({ receivers }) => receivers)).not.toContain('mallory@example.com');
});

test('a subject cannot add a header', async () => {
  const dataDir = newDir();
  await createMailer({ dataDir, from }).send({ ...letter, subject: 'Hello\r\nBcc: mallory@example.com' });
  const [mail] = await readMails(dataDir);
  expect(mail?.subject).toBe('Hello Bcc: mallory@example.com');
});

test('without SMTP each letter is a file, and sent again it is the same file', async () => {
  const dataDir = newDir();
  const mailer = createMailer({ dataDir, from });
  await mailer.send(letter);
  await mailer.send(letter);
  expect(readdirSync(join(dataDir, 'mail'))).toEqual([`${letter.id}.eml`]);
  expect(await readMails(dataDir)).toMatchObject([{ to: 'alice@example.com', code: '12345678' }]);
});
