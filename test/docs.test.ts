import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigSchema } from '#platform/config.ts';
import { startApp } from './helpers/app.ts';

const { app } = await startApp();
const api = readFileSync('docs/openapi.json', 'utf8');
const { paths } = JSON.parse(api) as { paths: Record<string, Record<string, { operationId: string }>> };
const apiWords = new Set([...api.matchAll(/"([\w-]+)"/g), ...api.matchAll(/`(\w+)`/g)].map(([, word = '']) => word));
const problemCodes = new Set(
  [...readFileSync('docs/problems.md', 'utf8').matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code),
);
const metrics = await app.metrics.registry.metrics();

const pages = ['ios', 'ios.ru', 'operations', 'operations.ru', 'security'].map((name) => {
  const path = `docs/${name}.md`;
  const text = readFileSync(path, 'utf8');
  const prose = text.replaceAll(/^```[^]*?^```/gm, '');
  return { path, text, prose, words: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word) };
});

/** Words of Swift, Node and the machine, which look like ours. */
const FOREIGN = new Set([
  'beginBackgroundTask',
  'getCredentialState',
  'registerForRemoteNotifications',
  'pg_dump',
  'accessX',
]);
/** In the data of events, which no schema describes. */
const OF_EVENTS = new Set(['withinSeconds']);

test.each(pages)('$path names operations and fields that exist', ({ words }) => {
  const names = words.filter((word) => /^[a-z]+([A-Z][a-z\d]*)+$/.test(word) && !FOREIGN.has(word));
  expect(names.filter((name) => !apiWords.has(name) && !OF_EVENTS.has(name))).toEqual([]);
});

test('the Swift snippets call operations that exist', () => {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
  const swift = readFileSync('docs/ios.md', 'utf8');
  const called = [...swift.matchAll(/\b(?:client|bare)\.(\w+)\(/g)].map(([, name = '']) => name);
  const open = [...(/let open: Set<String> = \[([^\]]+)\]/.exec(swift)?.[1]?.matchAll(/"(\w+)"/g) ?? [])].map(
    ([, name = '']) => name,
  );
  expect(called.length).toBeGreaterThan(4);
  expect(open.length).toBeGreaterThan(4);
  expect([...called, ...open].filter((name) => !operations.includes(name))).toEqual([]);
});

test.each(pages)('$path names codes that exist', ({ words }) => {
  const codes = words.filter((word) => /^[a-z]+(_[a-z\d]+)+$/.test(word) && !FOREIGN.has(word));
  const isKnown = (code: string) => problemCodes.has(code) || apiWords.has(code) || isMetric(code);
  expect(codes.filter((code) => !isKnown(code))).toEqual([]);
});

test.each(pages)('$path names figures that the server tells', ({ text }) => {
  const names = [...text.matchAll(/\b(?:soyamate|nodejs|process)_\w+/g)].map(([name]) => name);
  expect(names.filter((name) => !isMetric(name))).toEqual([]);
});

test.each(pages)('$path names addresses that exist', ({ words }) => {
  const addresses = words.flatMap((word) => /^(?:[A-Z]+ )?(\/(?:v1|health)\/\S+)$/.exec(word)?.[1] ?? []);
  expect(addresses.filter((address) => !paths[address.replace(/[?#].*/, '')])).toEqual([]);
});

test.each(pages)('$path names variables that exist', ({ words }) => {
  const known = new Set([...Object.keys(ConfigSchema.properties), 'POSTGRES_PASSWORD']);
  const names = words.flatMap((word) => /^([A-Z]+(?:_[A-Z\d]+)+)(?:=.*)?$/.exec(word)?.[1] ?? []);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test.each(pages)('$path leads to files that exist', ({ path, prose, words }) => {
  const links = [...prose.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => join(dirname(path), link));
  const files = words.filter((word) => /^(?:src|test|docs|scripts|bench|data)\/[\w./-]+$/.test(word));
  expect([...links, ...files].filter((file) => !existsSync(file))).toEqual([]);
});

test('commands and files are the same in both languages of the guide to operations', () => {
  const blocksOf = (path: string) => readFileSync(path, 'utf8').match(/^```[^]*?^```/gm);
  expect(blocksOf('docs/operations.ru.md')).toEqual(blocksOf('docs/operations.md'));
});

test('the chores that delete have the names that the guides tell', () => {
  const code = ['src/app.ts', 'src/modules/moderation/index.ts'].map((path) => readFileSync(path, 'utf8')).join('');
  const names = pages.flatMap(({ words }) => words.filter((word) => /^[a-z]+\.[a-z]+(-[a-z]+)+$/.test(word)));
  expect(names.length).toBeGreaterThan(6);
  expect(names.filter((name) => !code.includes(`name: '${name}'`))).toEqual([]);
});

/** L1 and L2 of ASVS 5.0.0 by section: how many requirements from its first on. */
const ASVS = `
  1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
  4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
  7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
  10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
  14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3
`;

test('every requirement of ASVS L1 and L2 is answered once', () => {
  const asked = [...ASVS.matchAll(/(\S+):(\d+)/g)].flatMap(([, section, count]) =>
    Array.from({ length: Number(count) }, (_, index) => `${section}.${index + 1}`),
  );
  const table = readFileSync('docs/security.md', 'utf8').split('## OWASP ASVS')[1] ?? '';
  const answered = [...table.matchAll(/^\| (\d[\d., –]*) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(', ').flatMap(expand),
  );
  expect(asked).toHaveLength(246);
  expect(answered.toSorted()).toEqual(asked.toSorted());
});

test('deviations stand both in their list and in the table', () => {
  const [list = '', table = ''] = readFileSync('docs/security.md', 'utf8').split('## OWASP ASVS');
  const numbersOf = (text: string, row: RegExp) =>
    [...text.matchAll(row)].flatMap(([, cell = '']) => cell.split(', ').flatMap(expand)).toSorted();
  const listed = numbersOf(list, /^\| (\d[\d., –]*) \|/gm);
  const told = numbersOf(table, /^\| (\d[\d., –]*) \|[^|]*\| deviation/gm);
  expect(told).toEqual(listed);
});

/** `1.2.1–1.2.3` is three requirements. */
function expand(range: string): string[] {
  const [from = '', to = from] = range.split('–');
  const section = from.split('.').slice(0, 2).join('.');
  const last = (requirement: string) => Number(requirement.split('.')[2]);
  return Array.from({ length: last(to) - last(from) + 1 }, (_, index) => `${section}.${last(from) + index}`);
}

function isMetric(name: string): boolean {
  return metrics.includes(`# TYPE ${name.replace(/_(?:count|sum|bucket)$/, '')} `);
}
