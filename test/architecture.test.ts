import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  environmentIsReadOnce,
  everyFileHasAPlace,
  exportsAreNamed,
  facesIntroduceThemselves,
  filesAreKebabCase,
  importsRunDownhill,
  namesSaySomething,
  operationsAreNamedThrough,
  type Rule,
  type Source,
  tablesHaveOneOwner,
} from './helpers/architecture-rules.ts';

/** Files that one name would ask for and that are not there, with the reason. */
const excused = new Map([['src/modules/accounts/actions/get-signing-keys.ts', 'the door hands out a constant']]);

const sources: Source[] = globSync('{src,test}/**/*.ts').map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(path, 'utf8'),
}));

const rules: Record<string, Rule> = {
  importsRunDownhill,
  everyFileHasAPlace,
  namesSaySomething,
  filesAreKebabCase,
  exportsAreNamed,
  environmentIsReadOnce,
  facesIntroduceThemselves,
  tablesHaveOneOwner,
  operationsAreNamedThrough: operationsAreNamedThrough(excused),
};

test.each(Object.keys(rules))('the sources keep the rule %s', (name) => {
  expect(sources.length).toBeGreaterThan(100);
  expect(rules[name]?.(sources)).toEqual([]);
});

describe('a breach is found', () => {
  const accountsTables = {
    path: 'src/modules/accounts/tables.ts',
    text: "export const ownedTables = ['accounts', 'sessions'] as const;",
  };
  const own = (text: string): Source[] => [accountsTables, { path: 'src/modules/messenger/queries/messages.ts', text }];

  test.each<[rule: string, what: string, breach: Source[]]>([
    [
      'importsRunDownhill',
      'uphill',
      [file('src/modules/accounts/a.ts', "import { x } from '#modules/search/index.ts';")],
    ],
    [
      'importsRunDownhill',
      'into itself by alias',
      [file('src/modules/search/a.ts', "import '#modules/search/index.ts';")],
    ],
    [
      'importsRunDownhill',
      'past the face',
      [file('src/modules/search/a.ts', "import type { X } from '#modules/accounts/queries.ts';")],
    ],
    [
      'importsRunDownhill',
      'past the face, from the top',
      [file('src/app.ts', "export * from '#modules/accounts/queries.ts';")],
    ],
    ['importsRunDownhill', 'late', [file('src/platform/a.ts', "await import('#modules/accounts/index.ts');")]],
    [
      'importsRunDownhill',
      'by a relative path',
      [file('src/modules/search/a.ts', "import { x } from '../accounts/index.ts';")],
    ],
    [
      'importsRunDownhill',
      'from the platform to the top',
      [file('src/platform/a.ts', "import { x } from '../app.ts';")],
    ],
    [
      'importsRunDownhill',
      'behind a file of the platform',
      [file('src/app.ts', "import { x } from '#platform/bus/redis.ts';")],
    ],
    ['everyFileHasAPlace', 'a new top', [file('src/mailer.ts', '')]],
    ['everyFileHasAPlace', 'an unknown module', [file('src/modules/wallet/index.ts', '')]],
    ['namesSaySomething', 'a file', [file('src/platform/utils.ts', '')]],
    ['namesSaySomething', 'a folder', [file('src/modules/search/helpers/a.ts', '')]],
    ['filesAreKebabCase', 'camel case', [file('src/platform/jsonBody.ts', '')]],
    ['exportsAreNamed', 'a default', [file('src/platform/a.ts', 'export default function a() {}')]],
    ['environmentIsReadOnce', 'process.env', [file('src/serve.ts', 'const x = process.env.X;')]],
    ['environmentIsReadOnce', 'an import', [file('src/serve.ts', "import { env } from 'node:process';")]],
    ['facesIntroduceThemselves', 'no words', [file('src/modules/accounts/index.ts', "import 'x';")]],
    ['tablesHaveOneOwner', 'a builder', own("db.selectFrom('accounts').selectAll()")],
    ['tablesHaveOneOwner', 'an alias', own("db.selectFrom('accounts as a').selectAll()")],
    ['tablesHaveOneOwner', 'a list', own("db.selectFrom(['chats', 'accounts'])")],
    ['tablesHaveOneOwner', 'a join', own("query.leftJoin('accounts', 'x', 'y')")],
    ['tablesHaveOneOwner', 'an insert', own("tx.insertInto('sessions')")],
    ['tablesHaveOneOwner', 'SQL', own('sql`select 1\n  from accounts where true`')],
    ['tablesHaveOneOwner', 'SQL with a list', own('sql`select 1 from chats c, accounts a`')],
    ['tablesHaveOneOwner', 'SQL that joins', own('sql`select 1 from chats JOIN public.accounts using (x)`')],
    ['tablesHaveOneOwner', 'SQL that updates', own('sql`update "accounts" set x = 1`')],
    ['tablesHaveOneOwner', 'a table of the platform', own('sql`delete from outbox_events`')],
    ['tablesHaveOneOwner', 'two owners', [accountsTables, { ...accountsTables, path: 'src/modules/search/tables.ts' }]],
    [
      'tablesHaveOneOwner',
      'no owner',
      [file('src/platform/tables.generated.ts', 'export interface Tables {\n  wallets: Wallets;\n}')],
    ],
    [
      'operationsAreNamedThrough',
      'no action and no test',
      [file('src/modules/accounts/routes.ts', "operationId: 'eatSoup',")],
    ],
  ])('%s: %s', (rule, _what, breach) => {
    const faults = rules[rule]?.(breach) ?? [];
    expect(faults.filter((fault) => !fault.includes('excuse'))).not.toEqual([]);
  });

  test('and an excuse for what is there', () => {
    const rule = operationsAreNamedThrough(new Map([['src/modules/accounts/actions/login.ts', 'none']]));
    expect(rule(sources)).toContain('src/modules/accounts/actions/login.ts needs no excuse (any more)');
  });
});

test('what is allowed is not called a breach', () => {
  const fine = [
    file('src/modules/accounts/tables.ts', "export const ownedTables = ['accounts'] as const;"),
    file('src/modules/accounts/queries.ts', "// from sessions\ndb.selectFrom('accounts'); sql`from accounts`;"),
    file('src/modules/search/a.ts', "import { x } from '#modules/accounts/index.ts';\nimport { y } from './b/c.ts';"),
    file('src/modules/search/b/c.ts', "import { z } from '../d.ts';\nimport pg from 'pg';\nimport '#platform/bus.ts';"),
    file('src/platform/a/b.ts', "import { y } from '../a.ts';"),
    file('src/main.ts', 'process.env.X;'),
  ];
  const faults = Object.entries(rules)
    .filter(([name]) => name !== 'operationsAreNamedThrough')
    .flatMap(([, rule]) => rule(fine));
  expect(faults).toEqual([]);
});

function file(path: string, text: string): Source {
  return { path, text };
}
