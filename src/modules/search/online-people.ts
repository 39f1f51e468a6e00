import type { Bus } from '#platform/bus.ts';
import type { Logger } from '#platform/logger.ts';
import { KEEP_SECONDS, type PresenceStore, presenceChanged } from '#platform/presence-store.ts';

export type OnlinePeople = { people: ReadonlySet<string>; stop(): void };

/**
 * Who is online on any node, for the search: told by hints, and compared with the store every 20 s, so that a lost hint
 * or a node that died is made good.
 */
export function followOnline(
  { bus, presence, logger }: { bus: Bus; presence: Pick<PresenceStore, 'listOnline'>; logger: Logger },
  tell: (accountIds: readonly string[], isOnline: boolean) => void,
): OnlinePeople {
  const online = new Set<string>();
  const note = (accountIds: Iterable<string>, isOnline: boolean) => {
    const news = [...accountIds].filter((accountId) => online.has(accountId) !== isOnline);
    if (news.length === 0) return;
    for (const accountId of news) {
      if (isOnline) online.add(accountId);
      else online.delete(accountId);
    }
    tell(news, isOnline);
  };
  const compare = async () => {
    const now = await presence.listOnline();
    if (!now) return;
    note(
      [...online].filter((accountId) => !now.has(accountId)),
      false,
    );
    note(now, true);
  };
  const look = () => {
    compare().catch((err: unknown) => logger.warn({ err }, 'who is online may be late in the search'));
  };
  const endHints = bus.subscribe(presenceChanged, ({ accountId, isOnline }) => note([accountId], isOnline));
  const timer = setInterval(look, KEEP_SECONDS * 1_000).unref();
  look();
  return {
    people: online,
    stop() {
      endHints();
      clearInterval(timer);
    },
  };
}
