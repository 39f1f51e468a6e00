import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('CONTRIBUTING.md', 'utf8');
const blocks = [...text.matchAll(/^ *`([\w/.-]+)`\n\n *```ts\n([\s\S]*?)\n *```$/gm)].map(
  ([, path = '', code = '']) => ({
    path,
    code,
  }),
);

test('the worked example has its five pieces of code', () => {
  expect(blocks).toHaveLength(5);
});

test.each(blocks)('what CONTRIBUTING.md shows of $path stands there', ({ path, code }) => {
  const squeeze = (lines: string) => lines.replaceAll(/\s+/g, ' ').trim();
  expect(squeeze(readFileSync(path, 'utf8'))).toContain(squeeze(code));
});
