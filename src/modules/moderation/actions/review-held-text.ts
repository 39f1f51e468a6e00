import type { Static } from 'typebox';
import type { Tx } from '#platform/database.ts';
import type { textHeld } from '../events.ts';
import { openCase } from '../open-case.ts';
import type { ModerationTools } from '../tools.ts';

/** A text that passed but is to be looked at becomes a case for review. */
export async function reviewHeldText(
  tools: ModerationTools,
  tx: Tx,
  { accountId, field, text, chatId, seq, partyId }: Static<typeof textHeld.payload>,
): Promise<void> {
  const isMessage = chatId !== undefined && seq !== undefined;
  const found = {
    subject: isMessage
      ? ({ kind: 'message', chatId, seq } as const)
      : partyId !== undefined
        ? ({ kind: 'party', partyId } as const)
        : ({ kind: 'text', userId: accountId, field } as const),
    accusedId: accountId,
    evidence: { field, text },
    hasPrivateText: isMessage || field === 'request_note',
  };
  await openCase(tools, tx, found, { kind: 'review', reason: 'other', weight: 1 });
}
