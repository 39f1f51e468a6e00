import { expect, test } from 'vitest';
import { casePriority } from '../../src/modules/moderation/case-priority.ts';
import { reporterWeight } from '../../src/modules/moderation/reporter-weight.ts';

test('a word falls in worth with dismissed reports, recovers with upheld ones, and never falls to nothing', () => {
  expect(reporterWeight({ upheld: 0, dismissed: 0 })).toBe(1);
  expect(reporterWeight({ upheld: 50, dismissed: 0 })).toBe(1);
  expect(reporterWeight({ upheld: 0, dismissed: 1 })).toBeCloseTo(0.64);
  expect(reporterWeight({ upheld: 0, dismissed: 4 })).toBe(0.25);
  expect(reporterWeight({ upheld: 4, dismissed: 4 })).toBeCloseTo(4 / 9);
  expect(reporterWeight({ upheld: 0, dismissed: 10_000 })).toBe(0.1);
  const falling = [0, 1, 2, 3, 4, 5].map((dismissed) => reporterWeight({ upheld: 1, dismissed }));
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
});

test('each person counts once in a case, with the gravest that they said', () => {
  const flood = Array.from({ length: 10 }, () => ({ reporterId: 'eve', weight: 1, severity: 1 }));
  expect(casePriority(flood)).toBe(1);
  expect(casePriority([...flood, { reporterId: 'eve', weight: 0.5, severity: 6 }])).toBe(3);
  expect(
    casePriority([
      { reporterId: 'alice', weight: 1, severity: 3 },
      { reporterId: 'bob', weight: 0.5, severity: 4 },
    ]),
  ).toBe(5);
  expect(casePriority([])).toBe(0);
});
