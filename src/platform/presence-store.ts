/**
 * Which accounts have an open socket on some node. A node repeats what it keeps every `KEEP_SECONDS`; a node that died
 * is forgotten after `PRESENCE_SECONDS`. Answers are hints like those of the bus: late by that much at most.
 */
export type PresenceStore = {
  /** This node has sockets of these accounts. */
  keep(accountIds: readonly string[]): Promise<void>;
  /** The last socket of the account on this node has gone. */
  drop(accountId: string): Promise<void>;
  findOnline(accountIds: readonly string[]): Promise<ReadonlySet<string>>;
};

export const KEEP_SECONDS = 20;
export const PRESENCE_SECONDS = 50;

/** The store of a single process. */
export function createLocalPresence(): PresenceStore {
  const here = new Set<string>();
  return {
    async keep(accountIds) {
      for (const accountId of accountIds) here.add(accountId);
    },
    async drop(accountId) {
      here.delete(accountId);
    },
    findOnline: async (accountIds) => new Set(accountIds.filter((accountId) => here.has(accountId))),
  };
}
