const DAY_MINUTES = 1_440;

/**
 * When the quiet hours end in which a moment falls; undefined when it falls in none. `from` and `to` are minutes after
 * midnight by the clocks of the zone (an unknown one counts as UTC). A change of those clocks meanwhile is not looked at:
 * who waits for the end looks again then.
 */
export function findQuietEnd(
  at: Date,
  timeZone: string | undefined,
  hours: { from: number; to: number } | undefined,
): Date | undefined {
  if (!hours) return undefined;
  const { from, to } = hours;
  const now = minutesIn(at, timeZone ?? 'UTC');
  const length = (to - from + DAY_MINUTES) % DAY_MINUTES;
  const past = (now - from + DAY_MINUTES) % DAY_MINUTES;
  if (past >= length) return undefined;
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000 + (length - past) * 60_000);
}

function minutesIn(at: Date, timeZone: string): number {
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const [hours = 0, minutes = 0] = format.format(at).split(':').map(Number);
    return hours * 60 + minutes;
  } catch {
    return at.getUTCHours() * 60 + at.getUTCMinutes();
  }
}
