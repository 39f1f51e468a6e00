import type { Queryable } from '#platform/database.ts';
import { findCounted } from './queries.ts';
import { raterWeight } from './rater-weight.ts';
import { joinVoices, meanOfVoices } from './rating-mean.ts';
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

export type Means = { readonly mean: number } & Readonly<Record<Quality, number>>;

/** What the votes come to, all in all and by quality. */
export function meansOf(votes: readonly CountedVote[], now: Date): Means {
  const voices = joinVoices(votes.map(toVote), now);
  const meanBy = (quality: Quality) => meanOfVoices(voices, ({ row }) => row[quality]);
  return {
    mean: meanOfVoices(voices, scoreOf),
    play: meanBy('play'),
    communication: meanBy('communication'),
    reliability: meanBy('reliability'),
    friendliness: meanBy('friendliness'),
  };
}

export const meanOf = (votes: readonly CountedVote[], now: Date): number =>
  meanOfVoices(joinVoices(votes.map(toVote), now), scoreOf);

/** The four qualities count alike. */
const scoreOf = ({ row }: Pick<CountedVote, 'row'>): number =>
  qualities.reduce((total, quality) => total + row[quality], 0) / qualities.length;

const toVote = (vote: CountedVote) => ({
  ...vote,
  givenAt: vote.row.given_at,
  ...(vote.row.party_id !== null && { partyId: vote.row.party_id }),
});
