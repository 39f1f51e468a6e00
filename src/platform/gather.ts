type Waiting<V> = { resolve(value: V | undefined): void; reject(error: unknown): void };

/** While one look-up waits for its answer, the next may go. */
const MAX_AT_ONCE = 4;
const MAX_KEYS = 500;

/**
 * Looks up together what is asked for at the same time. A key that comes alone goes at once; those that come while
 * look-ups are under way share the next one, which begins after they were asked, so no answer is older than its question.
 */
export function gather<V>(
  lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  let next = new Map<string, Waiting<V>[]>();
  let underWay = 0;

  const pump = () => {
    if (underWay >= MAX_AT_ONCE || next.size === 0) return;
    underWay += 1;
    const batch = new Map([...next].slice(0, MAX_KEYS));
    next = new Map([...next].slice(MAX_KEYS));
    void answer(batch).finally(() => {
      underWay -= 1;
      pump();
    });
  };

  const answer = async (batch: ReadonlyMap<string, Waiting<V>[]>) => {
    try {
      const found = await lookUp([...batch.keys()]);
      for (const [key, waiting] of batch) for (const { resolve } of waiting) resolve(found.get(key));
    } catch (error) {
      for (const waiting of batch.values()) for (const { reject } of waiting) reject(error);
    }
  };

  return (key) =>
    new Promise((resolve, reject) => {
      const waiting = next.get(key);
      if (waiting) waiting.push({ resolve, reject });
      else next.set(key, [{ resolve, reject }]);
      pump();
    });
}
