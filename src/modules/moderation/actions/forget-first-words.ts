import { deleteFirstWordsBefore } from '../queries/text-rules.ts';
import type { ModerationTools } from '../tools.ts';

const DAY_MS = 86_400_000;

/** What new accounts said to strangers counts for a day. */
export async function forgetFirstWords({ db, clock }: ModerationTools): Promise<void> {
  await deleteFirstWordsBefore(db.statement, new Date(clock.now().getTime() - DAY_MS));
}
