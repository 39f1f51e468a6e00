import { Eta } from 'eta';
import type { Locale } from './errors.ts';

/** What a letter is made of; the same blocks give its text and its HTML. */
export type MailBlock =
  | { kind: 'text'; text: string }
  | { kind: 'quiet'; text: string }
  | { kind: 'code'; code: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'button'; label: string; url: string };

export type MailContent = { subject: string; heading: string; blocks: readonly MailBlock[] };

const FOOTERS: Record<Locale, string> = {
  en: 'You get this letter because this address was given to Soyamate. Nobody reads answers to it.',
  ru: 'Это письмо пришло потому, что этот адрес указан в Soyamate. Отвечать на него не нужно.',
};

/** Lays a letter out. Inline styles and a table, since mail programs know little else; readable in light and dark. */
export function layOutMail({ subject, heading, blocks }: MailContent, locale: Locale): { html: string; text: string } {
  const footer = FOOTERS[locale];
  return {
    html: eta.renderString(HTML, { subject, heading, blocks, footer, locale }),
    text: `${[heading, ...blocks.map(blockToText), '-- ', footer].join('\n\n')}\n`,
  };
}

function blockToText(block: MailBlock): string {
  switch (block.kind) {
    case 'code':
      return `    ${block.code}`;
    case 'list':
      return block.items.map((item) => `    ${item}`).join('\n');
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'text':
    case 'quiet':
    default:
      return block.text;
  }
}

const eta = new Eta({ autoEscape: true });

const HTML = `<!doctype html>
<html lang="<%= it.locale %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title><%= it.subject %></title>
<style>
  :root { color-scheme: light dark; }
  @media (prefers-color-scheme: dark) {
    .page { background: #15171c !important; }
    .card { background: #1f2229 !important; }
    .ink { color: #eceef2 !important; }
    .quiet { color: #9aa1ad !important; }
    .box { background: #2a2e37 !important; color: #ffffff !important; }
  }
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef0f4;">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#eef0f4;">
<tr><td align="center" style="padding:32px 16px;">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
  <tr><td style="padding:0 4px 16px;font-size:17px;font-weight:700;letter-spacing:-0.2px;color:#5b48d9;">Soyamate</td></tr>
  <tr><td class="card" style="background:#ffffff;border-radius:16px;padding:32px;">
    <h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:28px;font-weight:700;color:#15171c;"><%= it.heading %></h1>
<% for (const block of it.blocks) { %>
<% if (block.kind === 'text') { %>
    <p class="ink" style="margin:0 0 16px;font-size:16px;line-height:24px;color:#15171c;"><%= block.text %></p>
<% } else if (block.kind === 'quiet') { %>
    <p class="quiet" style="margin:16px 0 0;font-size:14px;line-height:20px;color:#676e7b;"><%= block.text %></p>
<% } else if (block.kind === 'code') { %>
    <p class="box" style="margin:8px 0 24px;padding:18px 8px;border-radius:12px;background:#f1effd;text-align:center;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:30px;line-height:36px;font-weight:700;letter-spacing:4px;color:#2b2178;"><%= block.code %></p>
<% } else if (block.kind === 'list') { %>
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;">
<% for (const item of block.items) { %>
    <tr><td class="box" style="padding:10px 16px;border-radius:10px;background:#f4f5f8;font-size:16px;line-height:24px;font-weight:600;color:#15171c;"><%= item %></td></tr>
    <tr><td style="height:6px;line-height:6px;font-size:0;">&nbsp;</td></tr>
<% } %>
    </table>
<% } else if (block.kind === 'button') { %>
    <table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 16px;"><tr><td style="border-radius:12px;background:#5b48d9;">
      <a href="<%= block.url %>" style="display:inline-block;padding:14px 28px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:12px;"><%= block.label %></a>
    </td></tr></table>
<% } %>
<% } %>
  </td></tr>
  <tr><td class="quiet" style="padding:20px 4px 0;font-size:13px;line-height:18px;color:#676e7b;"><%= it.footer %></td></tr>
  </table>
</td></tr>
</table>
</body>
</html>
`;
