/** The thread that holds the index. It knows nothing but its engine and the file of it: no database, clock or network. */
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { readIndexFile, writeIndexFile } from '../index-file.ts';
import { createPackedIndex, type IndexDump } from '../packed/packed-index.ts';
import { createGameCounter } from '../score/co-play.ts';
import { searchForGroup } from '../score/group-search.ts';
import { findLikeGames, withLikeness } from '../score/likeness.ts';
import type { SearchPlayer } from '../score/player.ts';
import type { EngineCalls, EngineReply, EngineRequest } from './engine-calls.ts';
import { unpackBatch } from './player-batch.ts';
import { createSample } from './sample.ts';

/** Games are counted over so many people: enough for two thousand games, and about a second of work. */
const SAMPLE = 50_000;
const SLICE = 500;

const engine = createPackedIndex();
let sample = createSample<SearchPlayer>(SAMPLE);

const calls: EngineCalls = {
  upsert(batch) {
    for (const player of unpackBatch(batch)) {
      engine.upsert(player);
      sample.add(player);
    }
  },
  remove: (accountId) => engine.remove(accountId),
  setOnline(accountIds, isOnline) {
    for (const accountId of accountIds) engine.setOnline(accountId, isOnline);
  },
  setGameStatistics: (statistics) => engine.setGameStatistics(statistics),
  async gatherStatistics(catalogue) {
    const { items } = sample;
    sample = createSample(SAMPLE);
    const counter = createGameCounter();
    for (let from = 0; from < items.length; from += SLICE) {
      for (const player of items.slice(from, from + SLICE)) counter.add(player);
      // Searches go between the slices.
      await setImmediate();
    }
    const statistics = withLikeness(counter.statistics(), await findLikeGames(catalogue, setImmediate));
    engine.setGameStatistics(statistics);
    return statistics;
  },
  tidy: () => engine.tidy(),
  // What changes while the bytes are written is not in them: they are a copy.
  save: (path, label) => writeIndexFile(path, label, serialize(engine.dump())),
  async restore(path) {
    const file = await readIndexFile(path, true);
    if (!file) return undefined;
    const dump = deserialize(file.index) as IndexDump;
    engine.restore(dump);
    return dump.statistics;
  },
  search: (query) => engine.search(query),
  searchForGroup: (query) => searchForGroup(engine, query),
  explain: (query, accountId) => engine.explain(query, accountId),
  findReasons: (query, accountIds) => accountIds.map((accountId) => engine.explain(query, accountId)?.reasons ?? []),
  status() {
    const { heapUsed, external } = process.memoryUsage();
    return { players: engine.size, memoryBytes: heapUsed + external };
  },
};

parentPort?.on('message', (request: EngineRequest) => void answer(request));

/** A call that fails is an answer too; only what breaks the thread itself ends it. */
async function answer({ id, call, args }: EngineRequest): Promise<void> {
  const run = calls[call] as (...args: unknown[]) => unknown;
  let reply: EngineReply;
  try {
    reply = { id, value: await run(...args) };
  } catch (error) {
    reply = { id, error };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(reply);
}
