import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { inputFault } from '#platform/validation.ts';
import { kinds } from '../kinds.ts';
import { presentSettings } from '../present.ts';
import { lockSettings, updateSettings } from '../queries/settings.ts';
import type { NotificationSettings, NotificationSettingsBody } from '../schemas.ts';
import { type KindChanges, readSettings } from '../settings.ts';
import type { NotificationsTools } from '../tools.ts';

type Body = Static<typeof NotificationSettingsBody>;

/** Changes what the body names and leaves the rest as it is. */
export async function updateNotificationSettings(
  { db }: NotificationsTools,
  { accountId }: Actor,
  body: Body,
): Promise<Static<typeof NotificationSettings>> {
  const { mentionsPassMute, preview, showsRequestText, matchPushesPerDay, digests } = body;
  const quiet = readQuietHours(body);
  return db.transaction(async (tx) => {
    const before = await lockSettings(tx, accountId);
    const row = await updateSettings(tx, accountId, {
      kinds: JSON.stringify(mergeKinds(before.kinds as KindChanges, body.kinds ?? {})),
      ...(mentionsPassMute !== undefined && { do_mentions_pass_mute: mentionsPassMute }),
      ...(preview !== undefined && { preview }),
      ...(showsRequestText !== undefined && { is_request_text_shown: showsRequestText }),
      ...(matchPushesPerDay !== undefined && { match_pushes_per_day: matchPushesPerDay }),
      ...(digests !== undefined && { are_digests_on: digests }),
      ...quiet,
    });
    return presentSettings(readSettings(row));
  });
}

const mergeKinds = (before: KindChanges, changes: KindChanges): KindChanges =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const merged = { ...before[kind], ...changes[kind] };
      return Object.keys(merged).length > 0 ? [[kind, merged]] : [];
    }),
  );

function readQuietHours({ quietHours, clear }: Body) {
  if (!quietHours) return clear?.includes('quietHours') ? { quiet_from: null, quiet_to: null } : {};
  const [from, to] = [toMinutes(quietHours.from), toMinutes(quietHours.to)];
  if (from === to) {
    throw inputFault('/body/quietHours/to', 'range', {
      en: 'The quiet hours end when they begin',
      ru: 'Тихие часы кончаются тогда же, когда начинаются',
    });
  }
  return { quiet_from: from, quiet_to: to };
}

function toMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
