import { deleteAgreements, findCompared, findRatedAfter, upsertAgreements } from '../queries.ts';
import { agreementOf, LEAST_OTHERS } from '../rater-weight.ts';
import { recount } from '../recount.ts';
import type { RatingsTools } from '../tools.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const BATCH = 500;

/** Works out anew how far each rater agrees with others, then every rating: once a day, as votes grow old. */
export async function recountAll(tools: RatingsTools): Promise<void> {
  await recountAgreements(tools);
  for (let after = NOBODY; ; ) {
    const ratedIds = await findRatedAfter(tools.db.read, after, BATCH);
    const last = ratedIds.at(-1);
    if (last === undefined) return;
    for (const ratedId of ratedIds) await tools.db.transaction((tx) => recount(tools, tx, ratedId));
    after = last;
  }
}

async function recountAgreements({ db, clock }: RatingsTools): Promise<void> {
  for (let after = NOBODY; ; ) {
    const rows = await findCompared(db.read, after, BATCH, LEAST_OTHERS, clock.now());
    const last = rows.at(-1);
    if (!last) return;
    const raters = [...Map.groupBy(rows, ({ rater_id }) => rater_id)].map(([accountId, votes]) => ({
      account_id: accountId,
      agreement: agreementOf(
        votes.flatMap(({ score, others_median: othersMedian }) =>
          score === null || othersMedian === null ? [] : [{ score, othersMedian }],
        ),
      ),
    }));
    await db.transaction(async (tx) => {
      await upsertAgreements(
        tx,
        raters.flatMap(({ account_id, agreement }) => (agreement === undefined ? [] : [{ account_id, agreement }])),
      );
      await deleteAgreements(
        tx,
        raters.filter(({ agreement }) => agreement === undefined).map(({ account_id }) => account_id),
      );
    });
    after = last.rater_id;
  }
}
