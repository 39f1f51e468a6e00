import type { Updateable } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.ts';
import type { Tables } from '#platform/tables.generated.ts';
import { passText, type TextField } from '#platform/text-rules.ts';
import type { ProfilePatch } from './schemas.ts';
import type { ProfilesTools } from './tools.ts';

type Change = Updateable<Tables['profiles']>;

const FIELDS = [
  { column: 'display_name', field: 'display_name', path: '/body/displayName' },
  { column: 'bio', field: 'bio', path: '/body/bio' },
  { column: 'looking_for', field: 'bio', path: '/body/lookingFor' },
] as const satisfies readonly { column: keyof Change; field: TextField; path: string }[];

/**
 * What the text rules leave of the texts of a change; throws `text_not_allowed` naming the field. `hold` is called in the
 * transaction that stores the change.
 */
export async function judgeTexts(
  { accounts, db, textRules }: ProfilesTools,
  { accountId }: Actor,
  change: Change,
  { contacts = [] }: Pick<ProfilePatch, 'contacts'>,
): Promise<{ change: Change; hold(tx: Tx): Promise<void> }> {
  const passed: Change = { ...change };
  const held: { field: TextField; text: string }[] = [];
  for (const [i, { value }] of contacts.entries()) passText(textRules, 'contact', value, `/body/contacts/${i}/value`);
  const hasText = FIELDS.some(({ column }) => typeof change[column] === 'string');
  const [writer] = hasText ? await accounts.findAccounts(db.read, [accountId]) : [];
  for (const { column, field, path } of FIELDS) {
    const given = change[column];
    if (typeof given !== 'string') continue;
    const { text, isHeld } = passText(textRules, field, given, path, writer);
    passed[column] = text;
    if (isHeld) held.push({ field, text });
  }
  return {
    change: passed,
    async hold(tx) {
      for (const one of held) await textRules.hold(tx, { accountId, ...one });
    },
  };
}
