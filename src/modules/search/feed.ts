import { accountRegistered, accountSeen } from '#modules/accounts/index.ts';
import { profileChanged } from '#modules/profiles/index.ts';
import { teammateRequestClosed, teammateRequestSent } from '#modules/relationships/index.ts';
import type { Happening } from '#platform/events.ts';
import type { Logger } from '#platform/logger.ts';
import type { Relay } from '#platform/relay.ts';
import { gatherGameStatistics } from './score/co-play.ts';
import type { SearchPlayer } from './score/player.ts';
import { toPlayer } from './to-player.ts';
import type { SearchTools } from './tools.ts';

const PAGE = 1_000;
/** Vacations end, clocks change and habits shift without an event: everything is read anew this often. */
const RELOAD_MS = 3_600_000;

export type Feed = { load(): Promise<void>; stop(): void };

/**
 * Fills the index from PostgreSQL and keeps it true. The place in the log is read before the load, so that a change
 * during the load is applied after it; applying one twice does no harm.
 */
export function createFeed(tools: SearchTools, relay: Pick<Relay, 'position' | 'follow'>, logger: Logger): Feed {
  const { engine, profiles, db } = tools;
  let timer: NodeJS.Timeout | undefined;

  async function reload() {
    const startedAt = performance.now();
    const players: SearchPlayer[] = [];
    for (let after = FIRST, isEnd = false; !isEnd; ) {
      const page = await profiles.findSearchProfilesAfter(after, PAGE);
      for (const profile of page) players.push(toPlayer(profile));
      isEnd = page.length === 0;
      after = page.at(-1)?.accountId ?? after;
    }
    for (const player of players) engine.upsert(player);
    engine.setGameStatistics(gatherGameStatistics(players));
    engine.tidy();
    logger.info(
      { players: engine.size, milliseconds: Math.round(performance.now() - startedAt) },
      'the search is loaded',
    );
  }

  async function refresh({ payload }: Happening) {
    // Of a teammate request it is the recipient whose place changes: people whom many wait for sink.
    const { accountId, recipientId } = payload as { accountId?: string; recipientId?: string };
    const changedId = accountId ?? recipientId;
    if (changedId === undefined) return;
    const [profile] = await profiles.findSearchProfiles(db.read, [changedId]);
    if (profile) engine.upsert(toPlayer(profile));
    else engine.remove(changedId);
  }

  return {
    async load() {
      const from = await relay.position();
      await reload();
      relay.follow({
        name: 'search.index',
        on: [accountRegistered, accountSeen, profileChanged, teammateRequestSent, teammateRequestClosed],
        from,
        handle: refresh,
      });
      timer = setInterval(
        () => void reload().catch((err: unknown) => logger.error({ err }, 'the search was not reloaded')),
        RELOAD_MS,
      );
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

const FIRST = '00000000-0000-0000-0000-000000000000';
