import { deleteEndedBefore } from '../queries/parties.ts';
import type { PartiesTools } from '../tools.ts';

/** Longer than anybody may still rate for a party. */
const KEPT_MS = 90 * 86_400_000;

export async function forgetEndedParties({ db, clock }: PartiesTools): Promise<void> {
  await deleteEndedBefore(db.statement, new Date(clock.now().getTime() - KEPT_MS));
}
