import { expect, test } from 'vitest';
import { layOutMail } from '#platform/mail-layout.ts';
import { mailNames } from '../../src/modules/accounts/mail-texts.ts';
import { writeMail } from '../../src/modules/accounts/mails.ts';
import { sampleValues } from '../helpers/mail-samples.ts';

const locales = ['en', 'ru'] as const;
const every = locales.flatMap((locale) => mailNames.map((name) => ({ locale, name })));

test.each(every)('$locale $name says all it has to, in text and HTML', ({ locale, name }) => {
  const content = writeMail(name, locale, sampleValues);
  const { html, text } = layOutMail(content, locale);
  for (const form of [content.subject, html, text]) expect(form).not.toMatch(/\{\w+[,}]|undefined|\[object/);
  expect(/[а-яё]/i.test(content.subject)).toBe(locale === 'ru');
  expect(html).toContain(`<html lang="${locale}">`);
  expect(text.startsWith(content.heading)).toBe(true);
});

test.each([
  ['en', 1, '1 minute'],
  ['en', 10, '10 minutes'],
  ['ru', 1, '1 минуту'],
  ['ru', 3, '3 минуты'],
  ['ru', 10, '10 минут'],
] as const)('counts in %s: %i', (locale, minutes, words) => {
  const { blocks } = writeMail('verifyEmail', locale, { ...sampleValues, minutes });
  expect(JSON.stringify(blocks)).toContain(`${words}.`);
});

test('what people call themselves is shown, never run', () => {
  const values = { ...sampleValues, username: '<img src=x onerror=alert(1)>', url: 'https://x/"><script>' };
  const { html } = layOutMail(writeMail('verifyEmail', 'en', values), 'en');
  expect(html).toContain('&lt;img src=x');
  expect(html).not.toMatch(/<img|<script/);
});
