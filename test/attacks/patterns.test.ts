/** D4 of the attack cases: nothing that people send can keep the server busy with a regular expression. */
import { globSync, readFileSync } from 'node:fs';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { englishDataset, RegExpMatcher } from 'obscenity';
import { parseSync, Visitor } from 'oxc-parser';
import { check } from 'recheck';
import { expect, test } from 'vitest';
import { INVISIBLE } from '#platform/texts.ts';
import { startApp } from '../helpers/app.ts';

type Schema = { [key: string]: unknown };

const { app } = await startApp();
const document = app.document as Schema;

/** What the checker cannot read, with the reason why it is safe. */
const excused = new Map([['/^\\p{RGI_Emoji}$/v', 'no repetition; matches from the start only; 40 characters at most']]);

const isVulnerable = async ({ source, flags }: RegExp): Promise<boolean> => {
  const { status } = await check(source, flags, { timeout: 20_000 });
  return status !== 'safe';
};

test('the checker finds the patterns that it is there for', async () => {
  const planted = [/^(a+)+$/, /\s*,\s*/, /^(\w+\s?)*$/, /[. ]+$/];
  for (const pattern of planted) expect([pattern, await isVulnerable(pattern)]).toEqual([pattern, true]);
});

test('every pattern in the sources is linear', async () => {
  const patterns = new Map<string, RegExp>();
  for (const path of globSync('src/**/*.ts')) {
    const { program } = parseSync(path, readFileSync(path, 'utf8'));
    new Visitor({
      Literal(node) {
        if ('regex' in node && !excused.has(node.raw ?? '')) {
          patterns.set(`${path} ${node.raw}`, new RegExp(node.regex.pattern, node.regex.flags));
        }
      },
      NewExpression({ callee }) {
        const isBuilt = callee.type === 'Identifier' && callee.name === 'RegExp';
        if (isBuilt && !path.endsWith('texts.ts')) throw new Error(`${path} builds a pattern that nobody has checked`);
      },
    }).visit(program);
  }
  patterns.set('INVISIBLE', INVISIBLE);
  expect(patterns.size).toBeGreaterThan(40);
  expect(await vulnerableOf(patterns)).toEqual([]);
});

test('so is every pattern and format of the document, and every word of the list of profanity', async () => {
  const patterns = new Map<string, RegExp>();
  for (const [key, value] of keywordsOf(document)) {
    if (key === 'pattern') patterns.set(value, new RegExp(value, 'u'));
    const format = key === 'format' ? (fullFormats as Schema)[value] : undefined;
    if (format instanceof RegExp) patterns.set(`format ${value}`, format);
  }
  expect([...patterns.keys()]).toContain('format uuid');
  const words: Schema = Object(new RegExpMatcher(englishDataset.build()));
  for (const { regExp } of words.blacklistedTerms as { regExp: RegExp }[]) patterns.set(String(regExp), regExp);
  expect(patterns.size).toBeGreaterThan(100);
  expect(await vulnerableOf(patterns)).toEqual([]);
});

test('every text and list that is sent has a bound', () => {
  const unbounded: string[] = [];
  for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Schema>>)) {
    for (const [method, { parameters = [], requestBody }] of Object.entries(methods)) {
      // Node takes 16 KiB of headers at most.
      const sent = [...(parameters as Schema[]).filter((parameter) => parameter.in !== 'header'), requestBody];
      for (const schema of sent) findUnbounded(`${method} ${path}`, schema, unbounded);
    }
  }
  expect(unbounded).toEqual([]);
});

async function vulnerableOf(patterns: ReadonlyMap<string, RegExp>): Promise<string[]> {
  const vulnerable: string[] = [];
  for (const [where, pattern] of patterns) if (await isVulnerable(pattern)) vulnerable.push(where);
  return vulnerable;
}

function* keywordsOf(value: unknown): Generator<[string, string]> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') yield [key, inner];
    else yield* keywordsOf(inner);
  }
}

function findUnbounded(where: string, value: unknown, unbounded: string[]): void {
  if (value === null || typeof value !== 'object') return;
  const schema = value as Schema;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/components/schemas/', '');
    const models = (document.components as { schemas: Record<string, Schema> }).schemas;
    return findUnbounded(`${where} ${name}`, models[name], unbounded);
  }
  const { type, format, pattern = '', maxLength, maxItems, enum: words, const: word } = schema;
  const isFixed = /^\^[^*+]+\$$/.test(String(pattern)) || format === 'uuid' || format === 'binary';
  const isBounded = maxLength !== undefined || words !== undefined || word !== undefined || isFixed;
  if (type === 'string' && !isBounded) unbounded.push(where);
  if (type === 'array' && maxItems === undefined) unbounded.push(where);
  for (const [key, inner] of Object.entries(schema)) {
    if (key !== 'example' && key !== 'examples') findUnbounded(`${where} ${key}`, inner, unbounded);
  }
}
