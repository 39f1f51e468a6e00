/**
 * Bit layouts of the packed index. A *place* is a player's row, 4,096 rows are a *block*: the accumulators of one block
 * stay in the first-level cache while its postings are added up.
 */
export const blockBits = 12;
export const blockSize = 1 << blockBits;
export const placeMask = blockSize - 1;

/** Word, one a player: language set 10 bits, standing 6, inactive 1, traits 15. */
export const mostLanguageSets = 1 << 10;
export const mostTraits = 1 << 15;
export const standingShift = 10;
export const standingMask = 127;
export const inactiveBit = 64;
export const traitsShift = 17;

export function packWord(languageSet: number, standing: number, isInactive: boolean, traits: number): number {
  return (languageSet | ((standing | (isInactive ? inactiveBit : 0)) << standingShift) | (traits << traitsShift)) >>> 0;
}

/** Traits 0: an empty row, or somebody not to be found. The last ids: players who fit no dictionary, looked at one by one. */
export const nobodyTraits = 0;

/** Posting, one for each game of a player: place in block 12 bits, share 10, rank step 6, among five 1. */
export const shareShift = 12;
export const shareMask = 1023;
export const rankShift = 22;
export const rankMask = 63;
export const fiveShift = 28;

/** Game row, the same turned round: game 16 bits, share 10, rank step 6; most played first. */
export const mostGames = 1 << 16;
export const rowShareShift = 16;
export const rowRankShift = 26;
export const fiveMost = 5;

/** Units of what may not be shown; three of them and any score still fit an Int32. */
export const refused = -(2 ** 28);
