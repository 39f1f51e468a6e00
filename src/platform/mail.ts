import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Metrics } from './metrics.ts';

/** One letter, ready to go. `id` stays the same when it is sent again, so that a mailbox can drop the second copy. */
export type Mail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Of letters that one may do without: a mail program stops them by a POST to it (RFC 8058). */
  unsubscribeUrl?: string;
};

export type Mailer = {
  /** Resolves when the next server has taken the letter; throws when it has not. */
  send(mail: Mail): Promise<void>;
};

export type MailOptions = {
  /** Where letters go as files when there is no SMTP server. */
  dataDir: string;
  smtpUrl?: string;
  from: string;
};

/** The same, counting what becomes of the letters. */
export const countMails = (mailer: Mailer, mails: Metrics['mails']): Mailer => ({
  async send(mail) {
    try {
      await mailer.send(mail);
    } catch (error) {
      mails.inc({ outcome: 'failed' });
      throw error;
    }
    mails.inc({ outcome: 'sent' });
  },
});

const TIMEOUT_MS = 20_000;

/** Sends letters by SMTP, or writes each to a file of `DATA_DIR/mail` that any mail program opens. */
export function createMailer({ dataDir, smtpUrl, from }: MailOptions): Mailer {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  const compose = ({ id, to, subject, text, html, unsubscribeUrl }: Mail) => ({
    from,
    // An object, not a text: a comma in an address must not make two receivers.
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${id}@${domain}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribeUrl !== undefined && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  if (smtpUrl !== undefined) {
    const transport = createTransport({
      url: smtpUrl,
      pool: true,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    return {
      async send(mail) {
        await transport.sendMail(compose(mail));
      },
    };
  }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const directory = join(dataDir, 'mail');
  return {
    async send(mail) {
      const { message } = await transport.sendMail(compose(mail));
      await mkdir(directory, { recursive: true });
      const path = join(directory, `${mail.id}.eml`);
      await writeFile(`${path}.new`, message as Buffer, { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
  };
}
