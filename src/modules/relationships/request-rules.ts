import type { AccountFacts } from '#modules/accounts/index.ts';
import type { whoMayWrite } from './schemas.ts';

const DAY_MS = 86_400_000;

export const EXPIRY_MS = 14 * DAY_MS;
/** One person asks another once in so long, however it ended. */
export const REPEAT_MS = 30 * DAY_MS;
export const QUOTA_MS = DAY_MS;
export const MAX_WAITING = 50;

const NEW_ACCOUNT_MS = 7 * DAY_MS;

/** Requests a day; fewer in the first week, when most spam is sent. */
export const dailyQuota = ({ createdAt }: Pick<AccountFacts, 'createdAt'>, now: Date): number =>
  now.getTime() - createdAt.getTime() < NEW_ACCOUNT_MS ? 10 : 30;

/** Adults and minors are kept apart. */
export const isSameAgeGroup = (a: Pick<AccountFacts, 'ageBand'>, b: Pick<AccountFacts, 'ageBand'>): boolean =>
  (a.ageBand === '18_plus') === (b.ageBand === '18_plus');

/** Whether one person may begin to write to another, when there is no block between them. */
export function mayBegin(
  setting: (typeof whoMayWrite)[number],
  areTeammates: boolean,
  writer: Pick<AccountFacts, 'ageBand'>,
  reader: Pick<AccountFacts, 'ageBand'>,
): boolean {
  if (setting === 'nobody') return false;
  return areTeammates || (setting === 'everyone' && isSameAgeGroup(writer, reader));
}
