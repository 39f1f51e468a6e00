import { expect, test } from 'vitest';
import { readRange } from '#platform/ranges.ts';

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=99-', { start: 99, end: 99 }],
  ['bytes=-1', { start: 99, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=50-1000', { start: 50, end: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-8', undefined],
  ['bytes=-', undefined],
  ['bytes=1-2, 5-6', undefined],
  ['bytes=999999999999999999-', undefined],
  ['items=0-1', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s of a hundred bytes', (header, wanted) => {
  expect(readRange(header, 100)).toEqual(wanted);
});

test('of nothing there is no stretch', () => {
  expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
});
