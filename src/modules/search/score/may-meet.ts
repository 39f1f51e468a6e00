import type { AgeBand, SearchPlayer, Voice, Wishes } from './player.ts';
import type { Traits } from './trait-parts.ts';

/**
 * Who may appear in whose list. All of it is mutual: a pair passes from both sides or not at all.
 * Blocks and hidden people are not here: they are lists of ids that come with the query.
 */
export function mayMeet(viewer: SearchPlayer, candidate: SearchPlayer): boolean {
  return (
    viewer.accountId !== candidate.accountId &&
    candidate.isFindable &&
    speakTogether(viewer, candidate.languages) &&
    traitsMeet(viewer, candidate) &&
    passesRating(viewer.wishes, candidate.ratingMean)
  );
}

/** The part of `mayMeet` that depends on languages; people who named none are refused nobody. */
export function speakTogether(
  viewer: Pick<SearchPlayer, 'languages' | 'wishes'>,
  languages: readonly string[],
): boolean {
  return shareOne(viewer.languages, languages) && shareOne(viewer.wishes.languages, languages);
}

/** The part of `mayMeet` that depends on the candidate's traits, their wishes among them. */
export function traitsMeet(viewer: SearchPlayer, candidate: Traits): boolean {
  return (
    ageBandsMeet(viewer.ageBand, candidate.ageBand) &&
    platformsMeet(viewer, candidate) &&
    acceptsTraits(viewer.wishes, candidate) &&
    acceptsTraits(candidate.wishes, viewer) &&
    shareOne(candidate.wishes.languages, viewer.languages) &&
    passesRating(candidate.wishes, viewer.ratingMean)
  );
}

/** Adults and minors do not meet. A viewer of unknown age sees adults; nobody sees them. */
export function ageBandsMeet(viewer: AgeBand | undefined, candidate: AgeBand | undefined): boolean {
  if (candidate === undefined) return false;
  return (viewer ?? '18_plus') === '18_plus' ? candidate === '18_plus' : candidate !== '18_plus';
}

export function passesRating(wishes: Pick<Wishes, 'minRating'>, ratingMean: number): boolean {
  return wishes.minRating === undefined || ratingHundredths(ratingMean) >= ratingHundredths(wishes.minRating);
}

/** Ratings are compared as they are shown, to two places. */
export function ratingHundredths(rating: number): number {
  return Math.round(rating * 100);
}

export function platformsMeet(
  a: Pick<SearchPlayer, 'platforms' | 'acceptsCrossplay'>,
  b: Pick<SearchPlayer, 'platforms' | 'acceptsCrossplay'>,
): boolean {
  return (a.acceptsCrossplay && b.acceptsCrossplay) || shareOne(a.platforms, b.platforms);
}

function acceptsTraits(wishes: Wishes, other: Pick<SearchPlayer, 'platforms' | 'ageBand' | 'voice'>): boolean {
  return (
    shareOne(wishes.platforms, other.platforms) &&
    (wishes.ageBands.length === 0 || other.ageBand === undefined || wishes.ageBands.includes(other.ageBand)) &&
    !(wishes.voice !== undefined && other.voice !== undefined && opposite(wishes.voice, other.voice))
  );
}

function opposite(wished: 'yes' | 'no', voice: Voice): boolean {
  return voice !== 'sometimes' && voice !== wished;
}

/** True as well when either side names nothing. */
function shareOne(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((word) => b.includes(word));
}
