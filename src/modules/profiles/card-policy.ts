import type { AccountFacts } from '#modules/accounts/index.ts';
import { isSameAgeGroup, type Relation } from '#modules/relationships/index.ts';
import type { visibilities } from './schemas.ts';

type Person = Pick<AccountFacts, 'accountId' | 'isActive' | 'role' | 'ageBand'>;

/** Ratings are shown from this many on: of fewer one could tell who gave what. */
export const LEAST_RATINGS_SHOWN = 3;

/** Whether there is a card at all. */
export const hasCard = (owner: Person): boolean => owner.isActive && owner.role !== 'guest';

/** Who may not read a card gets the same answer as for nobody. */
export const mayReadCard = (owner: Person, relation: Relation): boolean => hasCard(owner) && relation !== 'blocked';

/**
 * Whether a contact may be read, and whether the owner is online may be known. Adults and minors who are not teammates
 * see none of it, whatever their owners chose: they may not meet through the search either.
 */
export function mayRead(
  visibility: (typeof visibilities)[number],
  relation: Relation,
  viewer: Person,
  owner: Person,
): boolean {
  if (relation === 'self') return true;
  if (relation === 'teammate') return visibility !== 'nobody';
  return relation === 'stranger' && visibility === 'everyone' && isSameAgeGroup(viewer, owner);
}
