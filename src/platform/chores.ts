import type { Logger } from './logger.ts';

/** Work that time asks for, not a request or an event; it must be safe to run on every node and to be left out once. */
export type Chore = { readonly name: string; readonly everySeconds: number; run(): Promise<void> };

/** Runs each chore again and again, never twice at once; the call that comes back ends them and waits for what runs. */
export function startChores(chores: readonly Chore[], logger: Logger): () => Promise<void> {
  const running = new Map<Chore, Promise<void>>();
  const timers = chores.map((chore) =>
    setInterval(() => {
      if (running.has(chore)) return;
      const work = chore
        .run()
        .catch((error: unknown) => logger.error({ err: error, chore: chore.name }, 'a chore failed'))
        .finally(() => running.delete(chore));
      running.set(chore, work);
    }, chore.everySeconds * 1_000).unref(),
  );
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running.values());
  };
}
