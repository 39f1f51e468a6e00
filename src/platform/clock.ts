/** The only source of the present moment, so that tests can freeze it. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
