/** A file of the project: its path from the root, with slashes, and its text. */
export type Source = { path: string; text: string };

/** A rule of the house: names each breach in words, or returns nothing. */
export type Rule = (sources: readonly Source[]) => string[];

/** Each module may import those before it. */
export const moduleOrder = [
  'accounts',
  'games',
  'media',
  'relationships',
  'profiles',
  'messenger',
  'parties',
  'ratings',
  'search',
  'moderation',
  'notifications',
  'realtime',
] as const;

/** The wiring: the only files outside the modules, and the only ones that may import any of them, by their faces. */
const SEES_ALL =
  /^src\/((app|serve|cli|main|open-postgres|end-with-npm|report-failure)\.ts|(commands|demo)\/[\w-]+\.ts)$/;

/** Tables that no module owns. */
const PLATFORM_TABLES = new Set([
  'outbox_events',
  'outbox_cursors',
  'outbox_dead_letters',
  'idempotency_keys',
  'jobs',
  'staff_acts',
]);

/** Imports run downhill, and enter another module through its index.ts only. */
export const importsRunDownhill: Rule = (sources) =>
  inSource(sources).flatMap((source) =>
    importsOf(source).flatMap((specifier) => {
      const fault = judgeImport(source.path, specifier);
      return fault ? [`${source.path} imports ${specifier}: ${fault}`] : [];
    }),
  );

function judgeImport(path: string, specifier: string): string | undefined {
  const room = roomOf(path);
  if (specifier.startsWith('.')) {
    const target = resolvePath(path, specifier);
    return roomOf(target) === room ? undefined : 'a relative path leaves the room';
  }
  if (specifier.startsWith('#platform/')) {
    return /^#platform\/[\w-]+(\.generated)?\.ts$/.test(specifier)
      ? undefined
      : 'it reaches behind a file of the platform';
  }
  const [, target, file] = /^#modules\/([\w-]+)\/(.+)$/.exec(specifier) ?? [];
  if (!target) return undefined;
  if (room === 'platform') return 'the platform knows no module';
  if (file !== 'index.ts') return 'a module is entered through its index.ts';
  if (room === 'top') return undefined;
  const place = (name: string) => moduleOrder.findIndex((module) => module === name);
  return place(target) < place(room) ? undefined : `${target} does not stand above ${room}`;
}

/** Every file of src/ stands in the platform, in a known module, or is one of the few that see all. */
export const everyFileHasAPlace: Rule = (sources) =>
  inSource(sources)
    .filter(({ path }) => roomOf(path) === 'top' && !SEES_ALL.test(path))
    .map(({ path }) => `${path} stands outside platform/ and the known modules`);

/** Names say what a file holds. */
export const namesSaySomething: Rule = (sources) =>
  inSource(sources)
    .filter(({ path }) =>
      path.split('/').some((part) => /^(utils?|helpers?|common|manager|base|misc)(\.ts)?$/.test(part)),
    )
    .map(({ path }) => `${path} has a name that says nothing`);

export const filesAreKebabCase: Rule = (sources) =>
  inSource(sources)
    .filter(({ path }) => !/^[a-z\d/-]+(\.generated|\.d)?\.ts$/.test(path))
    .map(({ path }) => `${path} is not in kebab-case`);

export const exportsAreNamed: Rule = (sources) =>
  inSource(sources)
    .filter(({ text }) => /^export default /m.test(text))
    .map(({ path }) => `${path} has a default export`);

/** Configuration is read in one place. */
export const environmentIsReadOnce: Rule = (sources) => {
  const readers = new Set([
    'src/platform/config.ts',
    'src/main.ts',
    'src/cli.ts',
    // Hands the whole environment to PostgreSQL on Windows, where programs do not start without it.
    'src/platform/embedded-postgres/run-as.ts',
  ]);
  return inSource(sources)
    .filter(
      ({ path, text }) =>
        !readers.has(path) &&
        /process\s*\.\s*env|import\s*\{[^}]*\benv\b[^}]*\}\s*from 'node:process'/.test(withoutComments(text)),
    )
    .map(({ path }) => `${path} reads the environment`);
};

/** The face of a module begins with what it owns, offers, announces and listens to. */
export const facesIntroduceThemselves: Rule = (sources) =>
  sources
    .filter(({ path }) => /^src\/modules\/[\w-]+\/index\.ts$/.test(path))
    .filter(({ text }) => !/^\/\*\*\n( \* .*\n){1,8} \*\//.test(text))
    .map(({ path }) => `${path} does not begin with a comment of up to eight lines`);

/** A module's SQL names its own tables; whoever needs more asks the face of their owner. */
export const tablesHaveOneOwner: Rule = (sources) => {
  const owners = new Map<string, string>([...PLATFORM_TABLES].map((table) => [table, 'platform']));
  const faults: string[] = [];
  for (const { path, text } of sources.filter((source) => /^src\/modules\/[\w-]+\/tables\.ts$/.test(source.path))) {
    for (const table of readOwnedTables(text)) {
      const other = owners.get(table);
      if (other) faults.push(`${table} is owned by ${other} and ${roomOf(path)}`);
      owners.set(table, roomOf(path));
    }
  }
  for (const table of readAllTables(sources)) {
    if (!owners.has(table)) faults.push(`${table} is owned by nobody`);
  }
  for (const source of inSource(sources)) {
    for (const table of tablesNamedBy(source.text)) {
      const owner = owners.get(table);
      if (owner && owner !== roomOf(source.path)) faults.push(`${source.path} touches ${table}, which ${owner} owns`);
    }
  }
  return faults;
};

const readOwnedTables = (text: string): string[] =>
  [...(/ownedTables = \[([^\]]*)\]/.exec(text)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name = '']) => name);

function readAllTables(sources: readonly Source[]): string[] {
  const generated = sources.find(({ path }) => path === 'src/platform/tables.generated.ts')?.text ?? '';
  const body = /export interface Tables \{([^}]*)\}/.exec(generated)?.[1] ?? '';
  return [...body.matchAll(/^\s*(\w+):/gm)].map(([, name = '']) => name);
}

/** Tables in calls of the query builder and after the words of SQL that a table follows. */
function tablesNamedBy(text: string): Set<string> {
  const code = withoutComments(text);
  const calls =
    /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|using|\w*[jJ]oin)\(\s*(\[[^\]]*\]|'[^']*')/g;
  const inCalls = [...code.matchAll(calls)].flatMap(([, names = '']) =>
    [...names.matchAll(/'(?:public\.)?(\w+)/g)].map(([, name = '']) => name),
  );
  const templates = code.replaceAll(/'[^'\n]*'/g, "''");
  const inSql = [...templates.matchAll(/\b(?:from|join|into|update|using|table|only)\s+(?:public\.)?"?(\w+)/gi)];
  const inLists = [...templates.matchAll(/\bfrom\s+\w+(?:\s+(?:as\s+)?\w+)?((?:\s*,\s*\w+(?:\s+(?:as\s+)?\w+)?)+)/gi)];
  return new Set([
    ...inCalls,
    ...inSql.map(([, name = '']) => name),
    ...inLists.flatMap(([, rest = '']) => [...rest.matchAll(/,\s*(\w+)/g)].map(([, name = '']) => name)),
  ]);
}

/** One name goes through an operation: operationId, action, test. `excused` maps what is missing to the reason. */
export const operationsAreNamedThrough =
  (excused: ReadonlyMap<string, string>): Rule =>
  (sources) => {
    const paths = new Set(sources.map(({ path }) => path));
    const wanted = inSource(sources).flatMap(({ path, text }) => {
      const room = roomOf(path);
      if (room === 'platform' || room === 'top') return [];
      return [...withoutComments(text).matchAll(/operationId: '(\w+)'/g)].flatMap(([, operationId = '']) => [
        `src/modules/${room}/actions/${toKebab(operationId)}.ts`,
        `test/${room}/${toKebab(operationId)}.test.ts`,
      ]);
    });
    const missing = wanted.filter((path) => !paths.has(path) && !isTriedNearby(sources, path));
    return [
      ...missing.filter((path) => !excused.has(path)).map((path) => `${path} is missing`),
      ...[...excused.keys()]
        .filter((path) => !missing.includes(path))
        .map((path) => `${path} needs no excuse (any more)`),
    ];
  };

/** One test file may prove two sides of one thing, such as a put and its delete: it then calls both by name. */
function isTriedNearby(sources: readonly Source[], path: string): boolean {
  const [, folder, name = ''] = /^(test\/[\w-]+\/)([\w-]+)\.test\.ts$/.exec(path) ?? [];
  if (folder === undefined) return false;
  const operationId = name.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
  return sources.some((source) => source.path.startsWith(folder) && source.text.includes(`call('${operationId}'`));
}

const toKebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const inSource = (sources: readonly Source[]): Source[] => sources.filter(({ path }) => path.startsWith('src/'));

/** The module that a path lies in, or `platform`, or `top`. */
function roomOf(path: string): string {
  if (path.startsWith('src/platform/')) return 'platform';
  const name = /^src\/modules\/([\w-]+)\//.exec(path)?.[1];
  return moduleOrder.find((module) => module === name) ?? 'top';
}

const importsOf = ({ text }: Source): string[] =>
  [...withoutComments(text).matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^'\n]+)'/g)].map(
    ([, specifier = '']) => specifier,
  );

function resolvePath(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
