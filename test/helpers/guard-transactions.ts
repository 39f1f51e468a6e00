import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Queryable } from '#platform/database.ts';

const inTransaction = new AsyncLocalStorage<{ isOver: boolean }>();

/**
 * The database, but whoever asks for a second connection while a transaction of theirs is open gets an error: as many of
 * them at once as there are connections would wait for each other until they time out.
 */
export function guardTransactions(db: Database): Database {
  const guard = (queryable: Queryable): Queryable => {
    if (inTransaction.getStore()?.isOver === false) throw new Error('a second connection within a transaction');
    return queryable;
  };
  return {
    get read() {
      return guard(db.read);
    },
    get statement() {
      return guard(db.statement);
    },
    transaction(work) {
      if (inTransaction.getStore()?.isOver === false) throw new Error('a transaction within a transaction');
      return db.transaction((tx) => {
        const state = { isOver: false };
        return inTransaction.run(state, () => work(tx).finally(() => void (state.isOver = true)));
      });
    },
    afterCommit: (tx, effect) => db.afterCommit(tx, effect),
    close: () => db.close(),
  };
}
