import { type AccountFacts, FOREVER } from '#modules/accounts/index.ts';
import type { Tx } from '#platform/database.ts';
import type { Locale } from '#platform/errors.ts';
import { inputFault } from '#platform/validation.ts';
import { sanctioned, sanctionLifted } from './events.ts';
import { hasOpenCase } from './queries/cases.ts';
import { findInForce, hasUnended, insertSanction } from './queries/sanctions.ts';
import type { Reason } from './reasons.ts';
import type { SanctionKind } from './schemas/sanctions.ts';
import type { SanctionRow } from './tables.ts';
import type { ModerationTools } from './tools.ts';
import { endedWords, liftedWords, reasonWords, sanctionWords } from './words.ts';

export type NewSanction = {
  kind: SanctionKind;
  reason: Reason;
  words?: string | undefined;
  endsAt?: Date | undefined;
  caseId?: string;
  imposedBy: string;
};

/** Imposes a sanction: it is in force from the commit on, and the person is told by event and letter. */
export async function impose(
  tools: ModerationTools,
  tx: Tx,
  person: AccountFacts,
  { kind, reason, words, endsAt, caseId, imposedBy }: NewSanction,
): Promise<SanctionRow> {
  const { accountId, locale } = person;
  await tools.accounts.lockStanding(tx, accountId);
  const row = await insertSanction(tx, {
    sanction_id: tools.ids.next(),
    account_id: accountId,
    kind,
    reason,
    words: words ?? null,
    case_id: caseId ?? null,
    imposed_by: imposedBy,
    imposed_at: tools.clock.now(),
    ends_at: endsAt ?? null,
  });
  if (kind !== 'warning') await applyStanding(tools, tx, accountId);
  const told = sanctionWords(kind, row.ends_at, locale);
  const why = [reasonWords(reason, locale), words].filter((part) => part !== undefined).join('. ');
  await tools.accounts.writeTo(tx, accountId, 'sanctioned', { what: told.text, why });
  await tools.announce(tx, sanctioned, {
    accountId,
    sanctionId: row.sanction_id,
    kind,
    reason,
    ...(row.ends_at !== null && { endsAt: row.ends_at.toISOString() }),
    ...told,
  });
  return row;
}

/** Takes a sanction out of force that was taken back, and tells the person. The row is marked by the caller, under the lock. */
export async function withdrawSanction(tools: ModerationTools, tx: Tx, row: SanctionRow): Promise<void> {
  await applyStanding(tools, tx, row.account_id);
  await tellLifted(tools, tx, row);
}

export async function tellLifted(tools: ModerationTools, tx: Tx, row: SanctionRow): Promise<void> {
  const isFree = await isFreeAfter(tx, row);
  await tellOver(tools, tx, row, 'sanctionLifted', (locale) => liftedWords(row.kind, isFree, locale));
}

/** The same for one that has ended by time: only if the person has something from it, else another end will tell. */
export async function endSanction(tools: ModerationTools, tx: Tx, row: SanctionRow): Promise<void> {
  await applyStanding(tools, tx, row.account_id);
  if (!(await isFreeAfter(tx, row))) return;
  await tellOver(tools, tx, row, 'sanctionEnded', (locale) => endedWords(row.kind, locale));
}

/** Whether nothing else keeps away what a sanction kept: a blocked person does not write either. */
const isFreeAfter = async (tx: Tx, { account_id: accountId, kind }: SanctionRow): Promise<boolean> =>
  !(await hasUnended(tx, accountId, [kind, 'suspension', 'ban']));

async function tellOver(
  tools: ModerationTools,
  tx: Tx,
  { account_id: accountId, sanction_id: sanctionId, kind }: SanctionRow,
  letter: 'sanctionLifted' | 'sanctionEnded',
  say: (locale: Locale) => { title: string; text: string },
): Promise<void> {
  const [person] = await tools.accounts.findAccounts(tx, [accountId]);
  if (!person) return;
  const told = say(person.locale);
  await tools.accounts.writeTo(tx, accountId, letter, { what: told.text });
  await tools.announce(tx, sanctionLifted, { accountId, sanctionId, kind, ...told });
}

/** Hands accounts what all that is in force adds up to, after something has begun or ended: nothing else makes a state. */
export async function applyStanding(tools: ModerationTools, tx: Tx, accountId: string): Promise<void> {
  const inForce = await findInForce(tx, accountId, tools.clock.now());
  const until = (wanted: SanctionKind) => latestEnd(inForce.filter((row) => row.kind === wanted));
  await tools.accounts.setStanding(tx, accountId, {
    isBanned: until('ban') !== undefined,
    suspendedUntil: until('suspension'),
    mutedUntil: until('mute'),
    hiddenUntil: until('search_ban'),
  });
  await settleKeptOut(tools, tx, accountId);
}

/** Decides anew, once a case or what is in force has changed, how long somebody stays out who has left meanwhile. */
export async function settleKeptOut(tools: ModerationTools, tx: Tx, accountId: string): Promise<void> {
  await tools.accounts.lockStanding(tx, accountId);
  await tools.accounts.keepOut(tx, accountId, await findKeptOutUntil(tools, tx, accountId));
}

/** Leaving is no way out of a ban, a suspension, or a case: until they end, whoever leaves stays known. */
export async function findKeptOutUntil(
  { clock }: Pick<ModerationTools, 'clock'>,
  tx: Tx,
  accountId: string,
): Promise<Date | undefined> {
  if (await hasOpenCase(tx, accountId)) return FOREVER;
  const inForce = await findInForce(tx, accountId, clock.now());
  return latestEnd(inForce.filter(({ kind }) => kind === 'ban' || kind === 'suspension'));
}

function latestEnd(rows: readonly SanctionRow[]): Date | undefined {
  const ends = rows.map(({ ends_at }) => ends_at ?? FOREVER);
  return ends.toSorted((a, b) => b.getTime() - a.getTime())[0];
}

/** The end that a client gave; faults name the field `until`. */
export function readEnd(kind: SanctionKind, until: string | undefined, now: Date): Date | undefined {
  if (kind === 'warning' && until !== undefined) throw inputFault('/body/until', 'unknown_field', NO_END);
  const mustEnd = kind === 'mute' || kind === 'suspension';
  if (until === undefined) {
    if (mustEnd) throw inputFault('/body/until', 'required', END_NEEDED);
    return undefined;
  }
  const endsAt = new Date(until);
  const isSensible = endsAt > now && endsAt.getTime() - now.getTime() <= LONGEST_MS;
  if (!isSensible) throw inputFault('/body/until', 'range', NOT_SENSIBLE);
  return endsAt;
}

const LONGEST_MS = 5 * 366 * 86_400_000;
const NO_END = { en: 'a warning has no end', ru: 'у предупреждения нет срока' };
const END_NEEDED = { en: 'must say when it ends', ru: 'нужен срок окончания' };
const NOT_SENSIBLE = {
  en: 'must be in the future, five years from now at most',
  ru: 'должно быть в будущем, не дальше пяти лет',
};
