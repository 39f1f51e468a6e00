import type { Static } from 'typebox';
import { applicationEnded, applicationSent, hostChanged, partyEnded, partyNearing } from '#modules/parties/index.ts';
import type { Tx } from '#platform/database.ts';
import { type Listener, listener } from '#platform/events.ts';
import { followSettled } from './follow-settled.ts';
import { deleteSource, markSourceRead } from './queries/feed.ts';
import { tell } from './tell.ts';
import type { NotificationsTools } from './tools.ts';

const NAME = 'notifications';

/** What becomes of parties. A refusal is told to nobody. */
export const partyListeners = (tools: NotificationsTools): Listener[] => [
  listener(NAME, applicationSent, ({ payload }, tx) => tellOfApplication(tools, tx, payload)),
  listener(NAME, hostChanged, async ({ payload: { partyId, fromId, toId, applications } }, tx) => {
    for (const { applicationId, applicantId } of applications) {
      const settled = await deleteSource(tx, fromId, 'party_application', `application:${applicationId}`);
      await followSettled(tools, tx, settled);
      await tellOfApplication(tools, tx, { applicationId, partyId, applicantId, hostId: toId });
    }
  }),
  listener(NAME, applicationEnded, async ({ payload }, tx) => {
    const { applicationId, partyId, applicantId, hostId, outcome } = payload;
    const asked = [hostId, 'party_application', `application:${applicationId}`] as const;
    const isGone = outcome === 'withdrawn' || outcome === 'expired';
    const settled = isGone ? await deleteSource(tx, ...asked) : await markSourceRead(tx, ...asked, tools.clock.now());
    await followSettled(tools, tx, settled);
    if (outcome !== 'accepted') return;
    await tell(tools, tx, {
      accountId: applicantId,
      kind: 'party_accepted',
      source: `application:${applicationId}`,
      actorId: hostId,
      data: { partyId, applicationId },
    });
  }),
  listener(NAME, partyNearing, async ({ eventId, payload: { partyId, memberIds } }, tx) => {
    for (const accountId of memberIds) {
      await tell(tools, tx, { accountId, kind: 'party_starts', source: `event:${eventId}`, data: { partyId } });
    }
  }),
  listener(NAME, partyEnded, async ({ payload: { partyId, hostId, memberIds, outcome } }, tx) => {
    if (outcome !== 'cancelled') return;
    for (const accountId of memberIds.filter((memberId) => memberId !== hostId)) {
      await tell(tools, tx, { accountId, kind: 'party_cancelled', source: `party:${partyId}`, data: { partyId } });
    }
  }),
];

const tellOfApplication = (
  tools: NotificationsTools,
  tx: Tx,
  { applicationId, partyId, applicantId, hostId }: Static<typeof applicationSent.payload>,
): Promise<void> =>
  tell(tools, tx, {
    accountId: hostId,
    kind: 'party_application',
    source: `application:${applicationId}`,
    actorId: applicantId,
    data: { partyId, applicationId },
  });
