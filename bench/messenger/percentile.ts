/** The value below which so many percent of the times lie, in milliseconds with two digits. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1);
  return Number((sorted[Math.max(0, index)] ?? 0).toFixed(2));
}
