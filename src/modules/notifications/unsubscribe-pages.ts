import type { Locale } from '#platform/errors.ts';

const WORDS = {
  ask: {
    en: 'No more letters about what happened while you were away?',
    ru: 'Больше не присылать писем о том, что было, пока вас не было?',
  },
  stop: { en: 'No more letters', ru: 'Больше не присылать' },
  done: {
    en: 'Done: no more such letters. You can turn them on again in the settings of notifications.',
    ru: 'Готово: таких писем больше не будет. Вернуть их можно в настройках уведомлений.',
  },
} as const;

/** The form sends itself to the address that it was opened by, token included. */
export const askPage = (locale: Locale): Buffer =>
  page(locale, `<p>${WORDS.ask[locale]}</p><form method="post"><button>${WORDS.stop[locale]}</button></form>`);

export const unsubscribedPage = (locale: Locale): Buffer => page(locale, `<p>${WORDS.done[locale]}</p>`);

const page = (locale: Locale, body: string): Buffer =>
  Buffer.from(`<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Soyamate</title></head>
<body>${body}</body>
</html>
`);
