import { setTimeout as sleep } from 'node:timers/promises';
import { accountChanged, accountErased, accountRegistered, accountSeen } from '#modules/accounts/index.ts';
import { profileChanged, type SearchProfile } from '#modules/profiles/index.ts';
import { teammateRequestClosed, teammateRequestSent } from '#modules/relationships/index.ts';
import type { Bus } from '#platform/bus.ts';
import { within } from '#platform/deadline.ts';
import type { Happening } from '#platform/events.ts';
import type { Logger } from '#platform/logger.ts';
import type { PresenceStore } from '#platform/presence-store.ts';
import type { Following, Position, Relay } from '#platform/relay.ts';
import { INDEX_FORMAT, type IndexLabel, readIndexFile } from './index-file.ts';
import { followOnline, type OnlinePeople } from './online-people.ts';
import type { GameStatistics } from './score/co-play.ts';
import type { SearchPlayer } from './score/player.ts';
import { rankingWeights } from './score/weights.ts';
import { toPlayer } from './to-player.ts';
import type { SearchTools } from './tools.ts';
import { packBatch } from './worker/player-batch.ts';
import type { WorkerEngine } from './worker/worker-engine.ts';

type Pace = {
  page: number;
  /** Pauses in times of what the page took. */
  rest: number;
};
/** While nobody can search anyway. */
const FAST: Pace = { page: 1_000, rest: 0 };
/** A page takes some two milliseconds, and four fifths of the time are left to those who search. */
const GENTLE: Pace = { page: 200, rest: 4 };
const TOLD_EVERY = 100_000;
/** Vacations end, requests expire, clocks change and habits shift without an event: everything is read anew this often. */
const RELOAD_MS = 3_600_000;
/** Events are kept for a week; a file older than this is not worth following up. */
const TRUSTED_MS = 3 * 86_400_000;
/** A million players are written in less than a second. */
const SAVE_MS = 3_000;
/** A transaction that runs longer than this may run for an hour, and holds back what happened since. */
const CATCH_UP_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export const FEED = 'search.index';

type Page = { found: readonly SearchProfile[]; unanswered: ReadonlyMap<string, number> };

export type Feed = {
  load(): Promise<void>;
  /** Of the last load. */
  statistics(): { games: GameStatistics; gatheredAt: Date } | undefined;
  stop(): Promise<void>;
};

type FeedTools = Pick<
  SearchTools,
  'profiles' | 'games' | 'db' | 'clock' | 'countUnanswered' | 'countUnansweredBetween'
> & {
  engine: WorkerEngine;
  bus: Bus;
  /** Where this node keeps its index between a stop and the next start. */
  indexFile: string;
  presence: Pick<PresenceStore, 'listOnline'>;
};

/**
 * Fills the index from PostgreSQL and keeps it true. The place in the log is read before the load, so that a change
 * during the load is applied after it; applying one twice does no harm. When the search thread is lost, a new one is
 * filled the same way, and searches are refused until it is.
 *
 * At a stop, and after each load, the index is saved to a file with its place in the log. The next start opens that, follows
 * the log from there, and reads everything anew while searches go on.
 */
export function createFeed(
  tools: FeedTools,
  relay: Pick<Relay, 'position' | 'follow' | 'logId'>,
  logger: Logger,
): Feed {
  const { engine, profiles, db, clock, indexFile } = tools;
  const stopping = new AbortController();
  /** Whom an event brought while a load is under way: a page read before the event must not undo it. */
  const refreshed = new Set<string>();
  let online: OnlinePeople | undefined;
  let timer: NodeJS.Timeout | undefined;
  let loading: Promise<void> | undefined;
  let recovering: Promise<void> | undefined;
  let statistics: { games: GameStatistics; gatheredAt: Date } | undefined;
  let following: Following | undefined;

  /** Nothing may wait between looking who is online and handing the players to the engine: a hint would be undone. */
  function toPlayers({ found, unanswered }: Page): SearchPlayer[] {
    return found.map((profile) => {
      const { accountId } = profile;
      return toPlayer(profile, unanswered.get(accountId) ?? 0, online?.people.has(accountId) ?? false);
    });
  }

  async function readPage(after: string, limit: number): Promise<Page> {
    const found = await profiles.findSearchProfilesAfter(after, limit);
    const last = found.at(-1)?.accountId ?? after;
    return { found, unanswered: await tools.countUnansweredBetween(after, last) };
  }

  const readCatalogue = () =>
    tools.games.listGames().map(({ gameId, genres, modes, popularity }) => {
      return { gameSlug: gameId, genres, modes, popularity };
    });

  function tellOnline(accountIds: readonly string[], isOnline: boolean): void {
    // While the thread is away there is nobody to tell; the next load brings who is online.
    engine.setOnline(accountIds, isOnline).catch(() => {});
  }

  /** One load at a time; who asks during one waits for it. */
  const reload = (pace: Pace) => (loading ??= readAll(pace).finally(() => (loading = undefined)));

  async function readAll(pace: Pace): Promise<void> {
    const startedAt = performance.now();
    refreshed.clear();
    let next = metLater(readPage(FIRST, pace.page));
    let packing: Promise<unknown> = Promise.resolve();
    for (let page = await next, read = 0; page.found.length > 0; page = await next) {
      stopping.signal.throwIfAborted();
      const pageAt = performance.now();
      // PostgreSQL reads the next page, and the thread packs the one before, while this one is sent.
      next = metLater(readPage(page.found.at(-1)?.accountId ?? FIRST, pace.page));
      await packing;
      const players = toPlayers(page).filter(({ accountId }) => !refreshed.has(accountId));
      packing = metLater(engine.upsert(packBatch(players)));
      read += page.found.length;
      if (read % TOLD_EVERY < page.found.length) logger.info({ players: read }, 'the search is loading');
      if (pace.rest > 0) await sleep((performance.now() - pageAt) * pace.rest, undefined, stopping);
    }
    await packing;
    statistics = { games: await engine.gatherStatistics(readCatalogue()), gatheredAt: clock.now() };
    await engine.tidy();
    engine.open();
    const { players } = await engine.status();
    logger.info({ players, milliseconds: Math.round(performance.now() - startedAt) }, 'the search is loaded');
  }

  /** Opens the index that this node saved, with all that happened since. Returns false when there is none to trust, or too much to wait for. */
  async function openSaved(): Promise<boolean> {
    const label = (await readIndexFile(indexFile))?.label;
    if (!label || !(await isTrusted(label))) return false;
    const games = await engine.restore(indexFile).catch(async (err: unknown) => {
      logger.warn({ err }, 'the file of the search cannot be read');
      // What it holds now is anybody's guess.
      await engine.stop();
      start();
      return undefined;
    });
    if (!games) return false;
    // What was told before found nobody in the index.
    tellOnline([...(online?.people ?? [])], true);
    statistics = { games, gatheredAt: new Date(label.savedAt) };
    following = follow(label.position);
    // Not opened without it: whoever hid themselves meanwhile would be found. The tables have what the log holds back.
    if (
      !(await within(
        CATCH_UP_MS,
        following.settle().then(() => true),
      ))
    ) {
      logger.warn('the file of the search cannot be followed up in time');
      return false;
    }
    await engine.tidy();
    engine.open();
    const { players } = await engine.status();
    logger.info({ players, savedAt: label.savedAt }, 'the search is open from its file');
    return true;
  }

  async function isTrusted({ format, rankingVersion, logId, savedAt }: IndexLabel): Promise<boolean> {
    const ageMs = clock.now().getTime() - new Date(savedAt).getTime();
    return (
      format === INDEX_FORMAT &&
      rankingVersion === rankingWeights.rankingVersion &&
      logId === (await relay.logId()) &&
      ageMs < TRUSTED_MS
    );
  }

  /** For the next start. What cannot be saved is read anew then. */
  async function save(): Promise<void> {
    const logId = await relay.logId();
    if (!engine.isOpen || !following || logId === undefined) return;
    const position = following.position();
    const { rankingVersion } = rankingWeights;
    const savedAt = clock.now().toISOString();
    await engine.save(indexFile, { format: INDEX_FORMAT, rankingVersion, logId, position, savedAt });
  }

  const saveQuietly = () =>
    save().catch((err: unknown) => logger.warn({ err }, 'the index of the search was not saved'));

  /** Everything anew while searches go on: what changed without an event is put right. */
  const reloadQuietly = async (): Promise<void> => {
    if (recovering) return;
    try {
      await reload(GENTLE);
      await saveQuietly();
    } catch (err) {
      if (!stopping.signal.aborted) logger.error({ err }, 'the search was not reloaded');
    }
  };

  const follow = (from: Position) =>
    relay.follow({
      name: FEED,
      on: [
        accountRegistered,
        accountSeen,
        accountChanged,
        accountErased,
        profileChanged,
        teammateRequestSent,
        teammateRequestClosed,
      ],
      from,
      handle: (happening) => refresh(peopleOf(happening)),
    });

  function start(): void {
    engine.start(() => {
      recovering ??= recover().finally(() => (recovering = undefined));
    });
  }

  async function recover(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        await sleep(pauseMs, undefined, stopping);
        start();
        // A load that the lost thread broke may still be on its way to its end.
        await loading?.catch(() => {});
        await reload(FAST);
        return;
      } catch (err) {
        if (!stopping.signal.aborted) logger.error({ err }, 'the search is not back yet');
      }
    }
  }

  async function refresh(accountIds: readonly string[]): Promise<void> {
    const [profilesFound, unanswered] = await Promise.all([
      profiles.findSearchProfiles(db.read, accountIds),
      tools.countUnanswered(db.read, accountIds),
    ]);
    const found = toPlayers({ found: profilesFound, unanswered });
    for (const accountId of accountIds) {
      const player = found.find((one) => one.accountId === accountId);
      if (loading) refreshed.add(accountId);
      await (player ? engine.upsert(packBatch([player])) : engine.remove(accountId));
    }
  }

  return {
    async load() {
      const from = await relay.position();
      start();
      online = followOnline({ ...tools, logger }, tellOnline);
      if (await openSaved()) void reloadQuietly();
      else {
        await reload(FAST);
        following ??= follow(from);
        void saveQuietly();
      }
      timer = setInterval(() => void reloadQuietly(), RELOAD_MS).unref();
    },
    statistics: () => statistics,
    async stop() {
      clearInterval(timer);
      online?.stop();
      if (!loading && !recovering) await within(SAVE_MS, saveQuietly());
      stopping.abort();
      await engine.stop();
      await Promise.allSettled([loading, recovering]);
    },
  };
}

/** Its failure is met where it is awaited, and is no surprise before. */
function metLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** A request changes how many wait for its recipient. */
function peopleOf({ payload }: Happening): string[] {
  const { accountId, recipientId } = payload as { accountId?: string; recipientId?: string };
  const personId = accountId ?? recipientId;
  return personId === undefined ? [] : [personId];
}

const FIRST = '00000000-0000-0000-0000-000000000000';
