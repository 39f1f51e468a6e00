import type { Tx } from './database.ts';
import { defineProblem, textNotAllowed, type Words } from './errors.ts';

/** Where people write something that others read. What is allowed differs: see moderation's text-policy.ts. */
export const textFields = [
  'username',
  'display_name',
  'in_game_name',
  'title',
  'bio',
  'party_note',
  'contact',
  'request_note',
  'stranger_message',
  'message',
] as const;
export type TextField = (typeof textFields)[number];

export type Verdict =
  | { kind: 'block'; why: 'words' | 'link' }
  /** `text` is what may be stored: the same, or with words masked. `isHeld`: it passes, but somebody has to look at it. */
  | { kind: 'pass'; text: string; isHeld: boolean };

/** Who writes: the rules are stricter for who came a day ago. */
export type Writer = { accountId: string; createdAt: Date };

/** The rules of moderation for what people write, as the modules below it see them. */
export type TextRules = {
  judge(field: TextField, text: string, writer?: Pick<Writer, 'createdAt'>): Verdict;
  /** Opens a case for review of something that passed with `isHeld`. */
  hold(
    tx: Tx,
    held: { accountId: string; field: TextField; text: string; chatId?: string; seq?: number; partyId?: string },
  ): Promise<void>;
  /** Throws when a new account says the same to one person more than it may. */
  checkFlood(tx: Tx, writer: Writer, recipientId: string, text: string): Promise<void>;
};

export const repeatedText = defineProblem({
  code: 'repeated_text',
  status: 429,
  title: { en: 'You wrote the same to many people today', ru: 'Вы сегодня уже написали то же самое многим' },
});

/** What may be stored of a text; throws `text_not_allowed` naming the field when nothing may. */
export function passText(
  rules: Pick<TextRules, 'judge'>,
  field: TextField,
  text: string,
  path: string,
  writer?: Pick<Writer, 'createdAt'>,
): { text: string; isHeld: boolean } {
  const verdict = rules.judge(field, text, writer);
  if (verdict.kind === 'pass') return verdict;
  const detail = WHY[verdict.why];
  throw textNotAllowed({ detail, errors: (locale) => [{ path, code: 'text', detail: detail[locale] }] });
}

const WHY: Record<'words' | 'link', Words> = {
  words: { en: 'has words that do not belong here', ru: 'содержит слова, которым здесь не место' },
  link: {
    en: 'has a link, which new accounts cannot use here',
    ru: 'содержит ссылку, а новым учётным записям здесь нельзя',
  },
};
