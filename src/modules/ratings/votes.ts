import type { Queryable } from '#platform/database.ts';
import { findCounted } from './queries.ts';
import { raterWeight } from './rater-weight.ts';
import { ratingMean, type Vote } from './rating-mean.ts';
import { qualities } from './schemas.ts';
import type { RatingRow } from './tables.ts';
import type { RatingsTools } from './tools.ts';

type Quality = (typeof qualities)[number];
export type CountedVote = { row: RatingRow; raterWeight: number };

/** The votes about one person that count now, with what each rater is worth now. */
export async function findVotes(
  { accounts, clock }: RatingsTools,
  db: Queryable,
  ratedId: string,
): Promise<CountedVote[]> {
  const now = clock.now();
  const rows = await findCounted(db, ratedId, now);
  const raters = await accounts.findAccounts(
    db,
    rows.map(({ rater_id }) => rater_id),
  );
  const ratersById = new Map(raters.map((rater) => [rater.accountId, rater]));
  return rows.flatMap((row) => {
    const rater = ratersById.get(row.rater_id);
    // Who was banned or has left no longer has a say.
    if (!rater?.isActive) return [];
    return [{ row, raterWeight: raterWeight({ ...rater, agreement: row.agreement ?? undefined }, now) }];
  });
}

export const meanOf = (votes: readonly CountedVote[], now: Date): number => ratingMean(votes.map(toVote(scoreOf)), now);

export const qualityMeanOf = (votes: readonly CountedVote[], quality: Quality, now: Date): number =>
  ratingMean(votes.map(toVote((row) => row[quality])), now);

/** The four qualities count alike. */
const scoreOf = (row: RatingRow): number =>
  qualities.reduce((total, quality) => total + row[quality], 0) / qualities.length;

const toVote =
  (read: (row: RatingRow) => number) =>
  ({ row, raterWeight: weight }: CountedVote): Vote => ({
    score: read(row),
    raterWeight: weight,
    givenAt: row.given_at,
    ...(row.party_id !== null && { partyId: row.party_id }),
  });
