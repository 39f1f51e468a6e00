/** A subject of hints, with the type of what is said about it. Messages must survive JSON. */
export type Topic<T> = { readonly name: string; readonly example?: T };

export const topic = <T>(name: string): Topic<T> => ({ name });

/** Hints may have been lost: whoever lives by them should look for itself. */
export const busGaps = topic<object>('bus.gaps');

/**
 * Hints between nodes, at most once and without order between publishers. Nothing may depend on a hint: whatever the
 * bus loses, clients heal by number and nodes by reading the database.
 */
export type Bus = {
  publish<T>(subject: Topic<T>, message: T): void;
  /** Returns the call that ends the subscription. */
  subscribe<T>(subject: Topic<T>, receive: (message: T) => void): () => void;
  close(): Promise<void>;
};

/** The bus of a single process: receivers are called at once, in the order of subscription. */
export function createLocalBus(): Bus {
  const receivers = new Map<string, Set<(message: never) => void>>();
  return {
    publish(subject, message) {
      for (const receive of receivers.get(subject.name) ?? []) (receive as (message: unknown) => void)(message);
    },
    subscribe(subject, receive) {
      const group = receivers.get(subject.name) ?? new Set();
      receivers.set(subject.name, group.add(receive));
      return () => void group.delete(receive);
    },
    async close() {
      receivers.clear();
    },
  };
}
