import type { Queryable, Tx } from '#platform/database.ts';
import { passText, type TextField } from '#platform/text-rules.ts';
import { cleanLine, cleanText, countGraphemes } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import { MODE_LENGTH, NOTE_LENGTH, TITLE_LENGTH } from './schemas.ts';
import type { PartiesTools } from './tools.ts';

type Texts = { title?: string; note?: string; mode?: string };
type Writer = Parameters<typeof passText>[4];

/** What a host wrote, as it may be stored; `held`: what passed and has to be looked at. Empty optional texts are none. */
export function readTexts({ textRules }: Pick<PartiesTools, 'textRules'>, texts: Texts, writer: Writer) {
  const held: { field: TextField; text: string }[] = [];
  const read = (name: keyof Texts, field: TextField, length: number, clean: (text: string) => string) => {
    const cleaned = clean(texts[name] ?? '');
    if (countGraphemes(cleaned) > length) throw inputFault(`/body/${name}`, 'length', tooLong(length));
    if (cleaned === '') return null;
    const { text, isHeld } = passText(textRules, field, cleaned, `/body/${name}`, writer);
    if (isHeld) held.push({ field, text });
    return text;
  };
  const title = read('title', 'title', TITLE_LENGTH, cleanLine);
  if (texts.title !== undefined && title === null) throw inputFault('/body/title', 'length', EMPTY);
  return {
    title,
    note: read('note', 'party_note', NOTE_LENGTH, cleanText),
    mode: read('mode', 'title', MODE_LENGTH, cleanLine),
    held,
  };
}

/** Opens a review of what was held. */
export async function holdTexts(
  { textRules }: Pick<PartiesTools, 'textRules'>,
  tx: Tx,
  held: ReturnType<typeof readTexts>['held'],
  { accountId, partyId }: { accountId: string; partyId: string },
): Promise<void> {
  for (const { field, text } of held) await textRules.hold(tx, { accountId, partyId, field, text });
}

/** Who writes, for the rules that are stricter with newcomers. */
export async function findWriter({ accounts }: Pick<PartiesTools, 'accounts'>, db: Queryable, accountId: string) {
  const [writer] = await accounts.findAccounts(db, [accountId]);
  if (!writer) throw new Error('the caller has no account');
  return writer;
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
const tooLong = (length: number) => ({
  en: `must have at most ${length} characters`,
  ru: `должно быть не длиннее ${length} символов`,
});
