const NIGHT_FROM = 22;
const NIGHT_TO = 9;

/** 22:00 to 09:00 by the clocks of the zone; an unknown zone counts as UTC. */
export function isNight(at: Date, timeZone: string): boolean {
  const hour = hourIn(at, timeZone);
  return hour >= NIGHT_FROM || hour < NIGHT_TO;
}

function hourIn(at: Date, timeZone: string): number {
  try {
    return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
  } catch {
    return at.getUTCHours();
  }
}
