import type { Static, TSchema } from 'typebox';
import type { Tx } from './database.ts';

/** Something that happened, named in the past tense by the module that owns it: `profiles.profile_changed`. */
export type EventDefinition<T extends TSchema = TSchema> = { readonly type: string; readonly payload: T };

export const defineEvent = <T extends TSchema>(type: string, payload: T): EventDefinition<T> => ({ type, payload });

export type Happening<T extends TSchema = TSchema> = {
  eventId: number;
  type: string;
  payload: Static<T>;
  occurredAt: Date;
};

/**
 * Records an event in the transaction that made it true. It reaches each listener after the commit, at least once and
 * in the order of commits; it is lost only with the transaction itself.
 */
export type Announce = <T extends TSchema>(tx: Tx, event: EventDefinition<T>, payload: Static<T>) => Promise<void>;

/**
 * What a module does when others announce: one node of the cluster handles each event, and what the handler writes
 * through `tx` commits together with the tick. A copy in the memory of every node follows the relay instead.
 */
export type Listener = {
  readonly name: string;
  readonly on: readonly EventDefinition[];
  handle(happening: Happening, tx: Tx): Promise<void>;
};

/** Ties a handler to one event with its payload typed. */
export function listener<T extends TSchema>(
  name: string,
  event: EventDefinition<T>,
  handle: (happening: Happening<T>, tx: Tx) => Promise<void>,
): Listener {
  return { name, on: [event], handle };
}
