/** The first that fits names the system; an iPad that calls itself a Macintosh is one for us. */
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X|macOS/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Darwin/, 'iOS'],
  [/Linux|X11/, 'Linux'],
];

/** The first that fits: most browsers also call themselves Chrome and Safari. */
const PROGRAMS: readonly [RegExp, string][] = [
  [/Soyamate/i, 'Soyamate'],
  [/Edg[A-Z]?[a-z]*\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/YaBrowser\//, 'Yandex'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/**
 * Program and system of a `User-Agent` without their versions, as `Firefox, Windows`; `unknown` where it says neither. Only
 * words of ours come out, so that nobody writes into a letter to somebody else.
 */
export function clientKindOf(userAgent = ''): string {
  const find = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const kind = [find(PROGRAMS), find(SYSTEMS)].filter((word) => word !== undefined).join(', ');
  return kind || UNKNOWN;
}

const UNKNOWN = 'unknown';
