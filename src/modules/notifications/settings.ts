import { type Kind, kinds } from './kinds.ts';
import type { NotificationSettingsRow } from './tables.ts';

export type Ways = { push: boolean; mail: boolean };

/** What somebody wants to be told of, and how. */
export type Settings = {
  kinds: Record<Kind, Ways>;
  doMentionsPassMute: boolean;
  preview: NotificationSettingsRow['preview'];
  isRequestTextShown: boolean;
  /** Minutes after midnight by the owner's clocks; may reach over midnight. */
  quietHours?: { from: number; to: number };
  matchPushesPerDay: number;
  areDigestsOn: boolean;
};

export type KindChanges = Partial<Record<Kind, Partial<Ways>>>;

/** The settings in force: the defaults with what the owner changed. */
export function readSettings(row: NotificationSettingsRow | undefined): Settings {
  const changes = (row?.kinds ?? {}) as KindChanges;
  return {
    kinds: Object.fromEntries(
      kinds.map((kind) => [kind, { push: true, mail: true, ...changes[kind] }]),
    ) as Settings['kinds'],
    doMentionsPassMute: row?.do_mentions_pass_mute ?? true,
    preview: row?.preview ?? 'full',
    isRequestTextShown: row?.is_request_text_shown ?? false,
    ...(row &&
      row.quiet_from !== null &&
      row.quiet_to !== null && { quietHours: { from: row.quiet_from, to: row.quiet_to } }),
    matchPushesPerDay: row?.match_pushes_per_day ?? 3,
    areDigestsOn: row?.are_digests_on ?? true,
  };
}
