import { type SoftFilter, softFilters } from './engine.ts';
import type { TeammateFilters } from './filters.ts';

/** Fewer results than this are too few, unless fewer were asked for. */
export const fewResults = 10;

/**
 * Runs a search and, while it finds too few, again without the next soft filter, in the fixed order of `softFilters`.
 * Every wider search finds the people of the narrower one too. With a `limit` of 0 nothing is ever too few.
 */
export function searchWidening<Found>(
  filters: TeammateFilters,
  limit: number,
  search: (filters: TeammateFilters) => readonly Found[],
): { found: readonly Found[]; widened: readonly SoftFilter[] } {
  let asked = filters;
  let found = search(asked);
  const widened: SoftFilter[] = [];
  for (const soft of softFilters) {
    if (found.length >= Math.min(fewResults, limit)) break;
    const wider = withoutSoftFilter(asked, soft);
    if (wider === asked) continue;
    asked = wider;
    widened.push(soft);
    found = search(asked);
  }
  return { found, widened };
}

function withoutSoftFilter(filters: TeammateFilters, soft: SoftFilter): TeammateFilters {
  const { activeWithinDays, ...others } = filters;
  if (soft === 'activity') return activeWithinDays === undefined ? filters : others;
  if (soft === 'region') return filters.regions.length === 0 ? filters : { ...filters, regions: [] };
  if (soft === 'platform') return filters.platforms.length === 0 ? filters : { ...filters, platforms: [] };
  return filters.needsCommonGame ? { ...filters, needsCommonGame: false } : filters;
}
