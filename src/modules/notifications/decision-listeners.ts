import { securityNoted } from '#modules/accounts/index.ts';
import { appealDecided, reportResolved, sanctioned, sanctionLifted } from '#modules/moderation/index.ts';
import { type Listener, listener } from '#platform/events.ts';
import { tell } from './tell.ts';
import type { NotificationsTools } from './tools.ts';

const NAME = 'notifications';

/**
 * What the staff decided and what became of the account's security. Moderation says it in the person's language already.
 * Whoever is banned or suspended has a letter and
 * `GET /v1/me/sanctions` meanwhile, and the feed when it has ended.
 */
export const decisionListeners = (tools: NotificationsTools): Listener[] => [
  listener(NAME, reportResolved, ({ payload: { accountId, reportId, title, text } }, tx) =>
    tell(tools, tx, {
      accountId,
      kind: 'moderation',
      source: `report:${reportId}`,
      data: { reportId, said: { title, text } },
    }),
  ),
  listener(NAME, sanctioned, ({ payload: { accountId, sanctionId, title, text } }, tx) =>
    tell(tools, tx, {
      accountId,
      kind: 'moderation',
      source: `sanction:${sanctionId}`,
      data: { sanctionId, said: { title, text } },
    }),
  ),
  listener(NAME, sanctionLifted, ({ payload: { accountId, sanctionId, title, text } }, tx) =>
    tell(tools, tx, {
      accountId,
      kind: 'moderation',
      source: `lifted:${sanctionId}`,
      data: { sanctionId, said: { title, text } },
    }),
  ),
  listener(NAME, appealDecided, ({ payload: { accountId, appealId, sanctionId, title, text } }, tx) =>
    tell(tools, tx, {
      accountId,
      kind: 'moderation',
      source: `appeal:${appealId}`,
      data: { appealId, sanctionId, said: { title, text } },
    }),
  ),
  listener(NAME, securityNoted, ({ eventId, payload: { accountId, code } }, tx) =>
    tell(tools, tx, { accountId, kind: 'security', source: `event:${eventId}`, data: { code } }),
  ),
];
