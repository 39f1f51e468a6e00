/** What a free place of a party asks for; ranks are places on the ladder, 0 the lowest. */
export interface SlotWish {
  readonly index: number;
  readonly role?: string;
  readonly minRankIndex?: number;
  readonly maxRankIndex?: number;
}

/** Somebody's part in the game of the party. */
export interface PlayedGame {
  readonly roles: readonly string[];
  readonly rankIndex?: number;
}

/** Who named no roles plays any; whose rank is not known meets no demand for one. */
export function fitsSlot({ role, minRankIndex, maxRankIndex }: SlotWish, played: PlayedGame | undefined): boolean {
  const { roles = [], rankIndex } = played ?? {};
  if (role !== undefined && roles.length > 0 && !roles.includes(role)) return false;
  if (minRankIndex === undefined && maxRankIndex === undefined) return true;
  return rankIndex !== undefined && rankIndex >= (minRankIndex ?? 0) && rankIndex <= (maxRankIndex ?? rankIndex);
}
