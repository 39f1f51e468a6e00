export type Voice = { reporterId: string; weight: number; severity: number };

/**
 * How urgent a case is: the sum over the people who reported of weight × severity. Each person counts once, with the
 * gravest that they said: ten reports of one person do not outrank two people.
 */
export function casePriority(voices: readonly Voice[]): number {
  const gravest = new Map<string, number>();
  for (const { reporterId, weight, severity } of voices) {
    gravest.set(reporterId, Math.max(gravest.get(reporterId) ?? 0, weight * severity));
  }
  return [...gravest.values()].reduce((total, one) => total + one, 0);
}
