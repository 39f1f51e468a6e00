import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { FastifyInstance } from 'fastify';
import { type Accounts, createAccounts, rolesOf, type SigningKeys } from '#modules/accounts/index.ts';
import { createGames, type Games } from '#modules/games/index.ts';
import { createMedia, type Media } from '#modules/media/index.ts';
import { createMessenger, type Messenger } from '#modules/messenger/index.ts';
import { createModeration, createTextRules, type Moderation } from '#modules/moderation/index.ts';
import { createNotifications, type Notifications } from '#modules/notifications/index.ts';
import { createParties, type Parties } from '#modules/parties/index.ts';
import { createProfiles, type Profiles } from '#modules/profiles/index.ts';
import { createRatings, type Ratings } from '#modules/ratings/index.ts';
import { createRealtime } from '#modules/realtime/index.ts';
import { createRelationships, type Relationships } from '#modules/relationships/index.ts';
import { createSearch, type Search } from '#modules/search/index.ts';
import { createAudit } from '#platform/audit.ts';
import { auditRoutes } from '#platform/audit-routes.ts';
import type { Bus } from '#platform/bus.ts';
import { startChores } from '#platform/chores.ts';
import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { createLocalContacts, createRedisContacts } from '#platform/contact-store.ts';
import type { Database } from '#platform/database.ts';
import { documentRoutes, openDocs, VERSION } from '#platform/documents.ts';
import type { Door } from '#platform/door.ts';
import { createFolderStore, type FileStore } from '#platform/files.ts';
import { describeFrames } from '#platform/frames.ts';
import { healthRoutes, type Stage } from '#platform/health.ts';
import { createHttp, openDoors } from '#platform/http.ts';
import type { Ids } from '#platform/ids.ts';
import { forgetOldFailedJobs } from '#platform/job-queries.ts';
import { jobRoutes } from '#platform/job-routes.ts';
import { createJobs } from '#platform/jobs.ts';
import type { Logger } from '#platform/logger.ts';
import { countMails, createMailer } from '#platform/mail.ts';
import { measureQueues } from '#platform/measure-queues.ts';
import { createMetrics, type Metrics } from '#platform/metrics.ts';
import { describeApi } from '#platform/openapi.ts';
import { createCursors } from '#platform/paging.ts';
import { createLocalPresence, createRedisPresence } from '#platform/presence-store.ts';
import { createApnsPusher } from '#platform/push.ts';
import { createMemoryLimits, createRedisLimits, noLimits } from '#platform/rate-limits.ts';
import type { Redis } from '#platform/redis.ts';
import { createRelay } from '#platform/relay.ts';
import { createS3Store } from '#platform/s3-store.ts';
import { createLocalSnapshots, createRedisSnapshots } from '#platform/snapshot-store.ts';

export type App = {
  http: FastifyInstance;
  accounts: Accounts;
  games: Games;
  media: Media;
  profiles: Profiles;
  relationships: Relationships;
  messenger: Messenger;
  parties: Parties;
  ratings: Ratings;
  search: Search;
  moderation: Moderation;
  notifications: Notifications;
  metrics: Metrics;
  /** The OpenAPI document. */
  document: object;
  /** Brings the catalogue that ships with this version into the database and into memory. The first thing to call. */
  loadCatalogue(): Promise<void>;
  /** Loads what else lives in memory and begins to handle events; afterwards the server is ready. */
  start(): Promise<void>;
  /** Resolves when every event committed before has been handled. */
  settle(): Promise<void>;
  /** Stops taking requests, ends what is under way, tells the sockets, and lets go of the database. */
  close(): Promise<void>;
};

/** All wiring, read top to bottom: platform, then the modules in their order, then their doors. */
export async function createApp(parts: {
  config: Config;
  db: Database;
  bus: Bus;
  /** What several nodes share; without it this one is alone. */
  redis?: Redis | undefined;
  clock: Clock;
  ids: Ids;
  keys: SigningKeys;
  logger: Logger;
  /** How long a second of the sockets' heartbeat lasts; tests make it shorter. */
  tickMs?: number;
  /** Starts the thread of the search; tests keep hold of it. */
  spawnSearch?: () => Worker;
  /** What the watch over the search thread takes for a second. */
  searchTickMs?: number;
}): Promise<App> {
  const { config, db, bus, redis, clock, ids, keys, logger } = parts;
  const metrics = createMetrics();
  const limits = config.areLimitsOn ? (redis ? createRedisLimits(redis) : createMemoryLimits()) : noLimits;
  const cursors = createCursors(keys.deriveSecret('cursors'));
  const relay = createRelay(db, logger, bus);
  const { announce } = relay;
  const jobs = createJobs({ db, clock, ids, logger });
  const audit = createAudit(clock, ids);
  const mailer = countMails(createMailer({ dataDir: config.dataDir, ...config.mail }), metrics.mails);
  measureQueues({ metrics, db, clock, relay });
  let stage: Stage = 'starting';

  const textRules = createTextRules({ db, relay, clock });
  const accounts = createAccounts({
    db,
    announce,
    textRules,
    enqueue: jobs.enqueue,
    audit,
    bus,
    clock,
    ids,
    keys,
    cursors,
    archives: openStore(config, 'exports'),
    mailer,
    publicUrl: config.publicUrl,
    ...(config.apple && { apple: config.apple }),
    isStaffTotpRequired: config.environment === 'production',
    decideState: (...decision) => moderation.decideState(...decision),
    findKeptOutUntil: (tx, accountId) => moderation.findKeptOutUntil(tx, accountId),
    termsVersion: config.termsVersion,
  });
  const games = createGames({
    db,
    relay,
    audit,
    clock,
    ids,
    cursors,
    isAnyPlayed: async (tx, gameIds) =>
      (await profiles.isAnyPlayed(tx, gameIds)) || (await parties.isAnyOfGames(tx, gameIds)),
  });
  const media = createMedia({
    db,
    clock,
    ids,
    logger,
    files: openStore(config, 'media'),
    inboxFolder: join(config.dataDir, 'uploads'),
    secret: keys.deriveSecret('media'),
    findReadable: (accountId, mediaIds) => messenger.findReadableMedia(accountId, mediaIds),
  });
  const presence = redis ? createRedisPresence(redis, clock) : createLocalPresence();
  const snapshots = redis ? createRedisSnapshots(redis) : createLocalSnapshots();
  const relationships = createRelationships({
    db,
    announce,
    bus,
    clock,
    ids,
    cursors,
    accounts,
    games,
    textRules,
    onBlockChanged: (tx, accountId, otherId) => messenger.closeForBlock(tx, accountId, otherId),
  });
  const profiles = createProfiles({ db, announce, clock, accounts, games, media, presence, relationships, textRules });
  const messenger = createMessenger({
    db,
    bus,
    clock,
    ids,
    cursors,
    accounts,
    relationships,
    media,
    textRules,
  });

  const parties = createParties({
    db,
    announce,
    bus,
    clock,
    ids,
    cursors,
    textRules,
    accounts,
    games,
    relationships,
    profiles,
    messenger,
  });
  const { haveTalked } = messenger;
  const ratings = createRatings({
    db,
    announce,
    clock,
    ids,
    cursors,
    accounts,
    relationships,
    profiles,
    parties,
    haveTalked,
  });
  const search = createSearch({
    db,
    relay,
    clock,
    ids,
    cursors,
    games,
    profiles,
    relationships,
    announce,
    bus,
    indexFile: join(config.dataDir, 'search', 'index'),
    presence,
    snapshots,
    logger,
    metrics,
    spawn: parts.spawnSearch,
    parties,
    tickMs: parts.searchTickMs,
    countUnanswered: (queryable, accountIds) => relationships.countUnanswered(queryable, accountIds),
    countUnansweredBetween: (after, last) => relationships.countUnansweredBetween(db.read, after, last),
    findExcluded: (queryable, accountId) => relationships.findKeptApart(queryable, accountId),
  });

  const moderation = createModeration({
    db,
    announce,
    audit,
    clock,
    ids,
    cursors,
    accounts,
    games,
    relationships,
    media,
    profiles,
    messenger,
    parties,
    ratings,
    metrics,
  });
  metrics.gauge(
    'soyamate_cases_open',
    'Cases that wait for a moderator.',
    async () => (await moderation.measureQueue()).open,
  );
  metrics.gauge(
    'soyamate_cases_overdue',
    'Of them, those that wait for more than a day.',
    async () => (await moderation.measureQueue()).overdue,
  );
  metrics.gauge(
    'soyamate_cases_oldest_age_seconds',
    'How long the oldest of them waits.',
    async () => (await moderation.measureQueue()).oldestAgeSeconds,
  );
  const notifications = createNotifications({
    db,
    bus,
    clock,
    ids,
    cursors,
    logger,
    metrics,
    enqueue: jobs.enqueue,
    bury: jobs.bury,
    mailer,
    publicUrl: config.publicUrl,
    accounts,
    profiles,
    relationships,
    messenger,
    findContacts: (sessions) => realtime.findContacts(sessions),
    pusher: config.apns && createApnsPusher(config.apns, clock),
  });
  const holders = [
    games,
    profiles,
    relationships,
    ratings,
    messenger,
    parties,
    media,
    search,
    moderation,
    notifications,
  ];
  const exporters = holders.map(({ exporter }) => exporter);

  const { authenticate, noteActivity, findSessionRights, permissions } = accounts;
  const allowedOrigins = [config.publicUrl, ...config.allowedOrigins];
  const realtime = createRealtime({
    bus,
    authenticate,
    noteActivity,
    findSessionRights,
    frames: messenger.frames,
    findVisiblePairs: async (pairs) => profiles.findPresencePairs(db.read, await messenger.findAcquainted(pairs)),
    async findLastSeen(accountIds) {
      const found = await accounts.findAccounts(db.read, accountIds);
      return new Map(found.map(({ accountId, lastActiveAt }) => [accountId, lastActiveAt]));
    },
    contactStore: redis ? createRedisContacts(redis) : createLocalContacts(),
    presenceStore: presence,
    permissions,
    allowedOrigins,
    limits,
    metrics,
    clock,
    logger,
    ...(parts.tickMs !== undefined && { tickMs: parts.tickMs }),
  });

  const doors: Door[] = [
    ...healthRoutes(db, () => stage),
    ...documentRoutes({ ...config, readDocument: () => document }),
    ...jobRoutes({ db, clock, cursors, audit }),
    ...auditRoutes({ db, cursors, audit }),
    ...accounts.routes,
    ...games.routes,
    ...media.routes,
    ...relationships.routes,
    ...profiles.routes,
    ...messenger.routes,
    ...parties.routes,
    ...ratings.routes,
    ...search.routes,
    ...moderation.routes,
    ...notifications.routes,
  ];
  const document = describeApi({
    doors,
    publicUrl: config.publicUrl,
    version: VERSION,
    rolesOf,
    ...describeFrames(realtime.frames),
  });

  const { trustedProxies } = config;
  const areCookiesSecure = config.environment !== 'development';
  const httpOptions = {
    logger,
    metrics,
    limits,
    authenticate,
    permissions,
    trustedProxies,
    allowedOrigins,
    areCookiesSecure,
  };
  const http = await createHttp(httpOptions);
  await realtime.open(http);
  await openDocs(http, document);
  accounts.openPages(http, config);
  openDoors(http, doors, httpOptions);

  const chores = [
    { name: 'notifications.plan', everySeconds: 1, run: notifications.plan },
    { name: 'notifications.send', everySeconds: 1, run: notifications.send },
    { name: 'notifications.send-digests', everySeconds: 60, run: notifications.sendDigests },
    { name: 'notifications.forget-old', everySeconds: 120, run: notifications.forgetOld },
    { name: 'ratings.count-revealed', everySeconds: 300, run: ratings.countRevealed },
    { name: 'parties.pass-stages', everySeconds: 5, run: parties.passStages },
    { name: 'parties.forget-ended', everySeconds: 3_600, run: parties.forgetEnded },
    { name: 'search.announce-waiting', everySeconds: 300, run: search.announceWaiting },
    { name: 'media.collect-orphans', everySeconds: 3_600, run: media.collectOrphans },
    { name: 'media.sweep-store', everySeconds: 21_600, run: media.sweepStore },
    { name: 'accounts.keep-house', everySeconds: 3_600, run: accounts.keepHouse },
    {
      name: 'platform.forget-old-failed-jobs',
      everySeconds: 3_600,
      run: () => forgetOldFailedJobs(db.statement, clock.now()),
    },
    ...moderation.chores,
    { name: 'ratings.recount-daily', everySeconds: 3_600, run: ratings.recountDaily },
  ];
  let stopChores = async () => {};

  return {
    http,
    accounts,
    games,
    media,
    profiles,
    relationships,
    messenger,
    parties,
    ratings,
    search,
    moderation,
    notifications,
    metrics,
    document,
    loadCatalogue: () => games.loadCatalogue(),
    async start() {
      await textRules.load();
      await relay.start(holders.flatMap(({ listeners }) => listeners));
      await search.load();
      jobs.start([...accounts.jobHandlers, ...accounts.exportHandlers(exporters), ...notifications.jobHandlers]);
      stopChores = startChores(chores, logger);
      stage = 'serving';
    },
    async settle() {
      // A job may announce and a listener may enqueue: go round until a round runs nothing.
      do await relay.settle();
      while ((await jobs.settle()) + (await notifications.settle()) > 0);
    },
    async close() {
      stage = 'draining';
      await realtime.drain();
      await http.close();
      realtime.close();
      await jobs.stop();
      notifications.stop();
      await stopChores();
      // Without a database there is nowhere to write it.
      await moderation.stop().catch((err: unknown) => logger.warn({ err }, 'the last counts were not written'));
      await relay.stop();
      await search.stop();
      await bus.close();
      await db.close();
    },
  };
}

const openStore = ({ s3Url, dataDir }: Config, name: string): FileStore =>
  s3Url === undefined ? createFolderStore(join(dataDir, name)) : createS3Store(s3Url, name);
