import type { AgeBand, SearchPlayer, Voice, Wishes } from './player.ts';

/**
 * Who may appear in whose list. All of it is mutual: a pair passes from both sides or not at all.
 * Blocks and hidden people are not here: they are lists of ids that come with the query.
 */
export function mayMeet(viewer: SearchPlayer, candidate: Omit<SearchPlayer, 'games'>): boolean {
  return (
    viewer.accountId !== candidate.accountId &&
    candidate.isFindable &&
    ageFits(viewer, candidate.ageBand) &&
    languagesFit(viewer, candidate.languages) &&
    platformsFit(viewer, candidate) &&
    voiceFits(viewer.wishes, candidate.voice) &&
    ratingFits(viewer.wishes, candidate.ratingMean) &&
    wishesFit(candidate.wishes, viewer)
  );
}

/** Adults and minors do not meet. A viewer of unknown age sees adults; nobody sees them. */
export function ageFits(viewer: Pick<SearchPlayer, 'ageBand' | 'wishes'>, ageBand: AgeBand | undefined): boolean {
  if (ageBand === undefined || !acceptsAge(viewer.wishes, ageBand)) return false;
  return (viewer.ageBand ?? '18_plus') === '18_plus' ? ageBand === '18_plus' : ageBand !== '18_plus';
}

/** People who named no languages are refused nobody. */
export function languagesFit(
  viewer: Pick<SearchPlayer, 'languages' | 'wishes'>,
  languages: readonly string[],
): boolean {
  return shareOne(viewer.languages, languages) && shareOne(viewer.wishes.languages, languages);
}

type Machines = Pick<SearchPlayer, 'platforms' | 'acceptsCrossplay'>;

/** A common platform, or crossplay on both sides. */
export function platformsFit(viewer: Machines & Pick<SearchPlayer, 'wishes'>, candidate: Machines): boolean {
  const canPlay =
    (viewer.acceptsCrossplay && candidate.acceptsCrossplay) || shareOne(viewer.platforms, candidate.platforms);
  return canPlay && shareOne(viewer.wishes.platforms, candidate.platforms);
}

export function voiceFits({ voice: wished }: Pick<Wishes, 'voice'>, voice: Voice | undefined): boolean {
  return wished === undefined || voice === undefined || voice === 'sometimes' || voice === wished;
}

export function ratingFits({ minRating }: Pick<Wishes, 'minRating'>, ratingMean: number): boolean {
  return minRating === undefined || ratingHundredths(ratingMean) >= ratingHundredths(minRating);
}

/** The candidate's wishes, held against the viewer. */
export function wishesFit(wishes: Wishes, viewer: Omit<SearchPlayer, 'games'>): boolean {
  return (
    acceptsAge(wishes, viewer.ageBand) &&
    shareOne(wishes.languages, viewer.languages) &&
    shareOne(wishes.platforms, viewer.platforms) &&
    voiceFits(wishes, viewer.voice) &&
    ratingFits(wishes, viewer.ratingMean)
  );
}

/** Ratings are compared as they are shown, to two places. */
export function ratingHundredths(rating: number): number {
  return Math.round(rating * 100);
}

function acceptsAge({ ageBands }: Wishes, ageBand: AgeBand | undefined): boolean {
  return ageBands.length === 0 || ageBand === undefined || ageBands.includes(ageBand);
}

/** True as well when either side names nothing. */
function shareOne(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((word) => b.includes(word));
}
