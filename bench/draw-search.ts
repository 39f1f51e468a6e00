/** Draws the plots of docs/search.md from bench/results: `node bench/draw-search.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';

type Bar = { name: string; value: number; isOurs: boolean };
type Series = { name: string; points: { players: number; ms: number }[]; colour: string };

const WIDTH = 720;
const FONT = 'font-family="system-ui, sans-serif" font-size="13"';

const quality = read('match-quality-hidden.json') as { qualities: { ranking: string; q: number }[] };
const speed = read('search-speed.json') as {
  engine: { players: number; 'best p50 ms': number; 'best p99 ms': number }[];
  sql: { players: number; method: string; 'p50 ms': number }[];
};

draw(
  'search-quality',
  drawBars(
    'Quality Q of the lists, on players that were not used to tune (0 = chance, 1 = oracle)',
    quality.qualities.map(({ ranking, q }) => ({ name: ranking, value: q, isOurs: ranking.startsWith('ours') })),
  ),
);
const engine = (field: 'best p50 ms' | 'best p99 ms') =>
  speed.engine.map((row) => ({ players: row.players, ms: row[field] }));
const sql = (method: string) =>
  speed.sql.filter((row) => row.method === method).map((row) => ({ players: row.players, ms: row['p50 ms'] }));
draw(
  'search-latency',
  drawLines('One search, milliseconds (both scales are logarithmic)', [
    { name: 'DuckDB, p50', points: sql('DuckDB (whole score)'), colour: '#7d5ba6' },
    { name: 'best SQL, p50', points: sql('best SQL (whole score)'), colour: '#b4552d' },
    { name: 'naive SQL, p50', points: sql('naive SQL (shared games)'), colour: '#d9a441' },
    { name: 'ours, p99', points: engine('best p99 ms'), colour: '#7aa6d8' },
    { name: 'ours, p50', points: engine('best p50 ms'), colour: '#2563a8' },
  ]),
);

function drawBars(title: string, bars: readonly Bar[]): string[] {
  const left = 190;
  const scale = (WIDTH - left - 60) / Math.max(...bars.map(({ value }) => value));
  const rows = bars.toSorted((a, b) => b.value - a.value);
  return [
    text(10, 22, title, 'font-weight="600"'),
    ...rows.flatMap(({ name, value, isOurs }, place) => {
      const y = 40 + place * 28;
      const width = Math.max(1, value * scale).toFixed(1);
      return [
        text(left - 8, y + 15, name, 'text-anchor="end"'),
        `<rect x="${left}" y="${y}" width="${width}" height="20" fill="${isOurs ? '#2563a8' : '#b8c0cc'}"/>`,
        text(left + Number(width) + 6, y + 15, value.toFixed(3)),
      ];
    }),
  ];
}

function drawLines(title: string, series: readonly Series[]): string[] {
  const all = series.flatMap(({ points }) => points);
  const [left, right, top, bottom] = [60, WIDTH - 170, 40, 270];
  const x = logScale(
    all.map(({ players }) => players),
    left,
    right,
  );
  const y = logScale(
    all.map(({ ms }) => ms),
    bottom,
    top,
  );
  const powers = [0.1, 1, 10, 100, 1_000, 10_000].filter((ms) => y(ms) >= top - 8 && y(ms) <= bottom + 8);
  const sizes = [...new Set(all.map(({ players }) => players))];
  return [
    text(10, 22, title, 'font-weight="600"'),
    ...powers.flatMap((ms) => [
      `<path d="M${left} ${y(ms).toFixed(1)}H${right}" stroke="#dde1e6"/>`,
      text(left - 8, y(ms) + 4, String(ms), 'text-anchor="end"'),
    ]),
    ...sizes.map((players) => text(x(players), bottom + 22, players.toLocaleString('en'), 'text-anchor="middle"')),
    text((left + right) / 2, bottom + 42, 'players', 'text-anchor="middle"'),
    ...series.flatMap(({ name, points, colour }) => {
      const line = points.map(({ players, ms }) => `${x(players).toFixed(1)},${y(ms).toFixed(1)}`);
      const last = points.at(-1);
      return [
        `<polyline points="${line.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...line.map(
          (point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${colour}"/>`,
        ),
        ...(last ? [text(x(last.players) + 10, y(last.ms) + 4, `${name}: ${last.ms}`, `fill="${colour}"`)] : []),
      ];
    }),
  ];
}

function logScale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => from + ((Math.log(value) - low) / (high - low || 1)) * (to - from);
}

function text(x: number, y: number, words: string, more = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more.includes('fill=') ? '' : 'fill="#2b3440" '}${more}>${words}</text>`;
}

function draw(name: string, shapes: readonly string[]): void {
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 320" ${FONT}>`,
    `<rect width="${WIDTH}" height="320" fill="#fff"/>`,
    ...shapes,
    '</svg>',
  ];
  writeFileSync(new URL(`../docs/${name}.svg`, import.meta.url), `${svg.join('\n')}\n`);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`results/${file}`, import.meta.url), 'utf8'));
}
