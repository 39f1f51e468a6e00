import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

export type TestMail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The eight digits, without the space between them, or a code like those to keep, with its dashes. */
  code: string;
  /** The first link at our own address. */
  url: string;
  /** Empty unless the letter can be stopped. */
  unsubscribeUrl: string;
  /** A mail program stops such letters by itself. */
  isOneClick: boolean;
};

/** The letters that a server without SMTP has written, oldest first. */
export async function readMails(dataDir: string): Promise<TestMail[]> {
  const directory = join(dataDir, 'mail');
  if (!existsSync(directory)) return [];
  const paths = readdirSync(directory)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => join(directory, name));
  const byAge = paths.toSorted((a, b) => Number(writtenAt(a) - writtenAt(b)));
  return Promise.all(byAge.map((path) => parseMail(readFileSync(path))));
}

export async function parseMail(source: Buffer): Promise<TestMail> {
  const { to, subject = '', text = '', html, headerLines } = await simpleParser(source);
  const lineOf = (name: string) =>
    (headerLines.find(({ key }) => key === name)?.line ?? '').replaceAll(/\r?\n\s+/g, '');
  const [receiver] = to && !Array.isArray(to) ? to.value : [];
  return {
    to: receiver?.address ?? '',
    subject,
    text,
    html: html || '',
    code: (/^\s*(\d{4} \d{4}|(?:[A-Z2-9]{4}-){5}[A-Z2-9]{4})\s*$/m.exec(text)?.[1] ?? '').replace(' ', ''),
    url: /https?:\/\/\S+#\S+/.exec(text)?.[0] ?? '',
    unsubscribeUrl: /<(.+)>/.exec(lineOf('list-unsubscribe'))?.[1] ?? '',
    isOneClick: lineOf('list-unsubscribe-post').endsWith('List-Unsubscribe=One-Click'),
  };
}

const writtenAt = (path: string): bigint => statSync(path, { bigint: true }).mtimeNs;
