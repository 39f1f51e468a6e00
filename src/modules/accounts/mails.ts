import { IntlMessageFormat } from 'intl-messageformat';
import { type Static, Type } from 'typebox';
import type { Tx } from '#platform/database.ts';
import { defineJob, type JobHandler, jobHandler } from '#platform/jobs.ts';
import type { Mailer } from '#platform/mail.ts';
import { layOutMail, type MailBlock, type MailContent } from '#platform/mail-layout.ts';
import { enumOf } from '#platform/schemas.ts';
import { type MailName, mailNames, mailTexts, type TextBlock } from './mail-texts.ts';
import type { AccountsTools } from './tools.ts';

type Values = Record<string, string | number | string[]>;

const Letter = Type.Object({
  name: enumOf(mailNames),
  to: Type.String(),
  locale: enumOf(['en', 'ru']),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Array(Type.String())])),
  /** Later it would only confuse: a code that has ended. */
  expiresAt: Type.Optional(Type.String()),
});

export const mailJob = defineJob('accounts.mail', Letter);

/** Queues a letter in the transaction; it leaves after the commit. */
export const queueMail = (
  { enqueue }: AccountsTools,
  tx: Tx,
  letter: { name: MailName; to: string; locale: 'en' | 'ru'; values: Values; expiresAt?: Date },
): Promise<void> =>
  enqueue(tx, mailJob, {
    ...letter,
    expiresAt: letter.expiresAt?.toISOString(),
  } as Static<typeof Letter>);

export const mailJobHandler = ({ clock }: AccountsTools, mailer: Mailer): JobHandler =>
  jobHandler(mailJob, async ({ name, to, locale, values, expiresAt }, jobId) => {
    if (expiresAt !== undefined && new Date(expiresAt) <= clock.now()) return;
    const content = writeMail(name, locale, values);
    await mailer.send({ id: jobId, to, subject: content.subject, ...layOutMail(content, locale) });
  });

export function writeMail(name: MailName, locale: 'en' | 'ru', values: Values): MailContent {
  const { subject, heading, blocks } = mailTexts[locale][name];
  const say = (pattern: string): string =>
    String(new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true }).format(toFormats(values)));
  return {
    subject: say(subject),
    heading: say(heading),
    blocks: blocks.flatMap((block) => fillBlock(block, values, say)),
  };
}

function fillBlock(block: TextBlock, values: Values, say: (pattern: string) => string): MailBlock[] {
  switch (block.kind) {
    case 'list': {
      const items = values[block.of];
      return Array.isArray(items) && items.length > 0 ? [{ kind: 'list', items }] : [];
    }
    case 'code':
      return [{ kind: 'code', code: String(values.code) }];
    case 'button':
      return [{ kind: 'button', label: say(block.label), url: String(values.url) }];
    case 'text':
    case 'quiet':
    default:
      return [{ kind: block.kind, text: say(block.text) }];
  }
}

/** Moments come as RFC 3339 in names that end in `At`. */
const toFormats = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name.endsWith('At') ? new Date(String(value)) : Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
