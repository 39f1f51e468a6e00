import { pageHead } from './api-document.ts';
import type { Column, Reference, Schema, Table } from './live-schema.ts';

/** The schema as one SQL text, for reading and for seeing what a migration changes; migrations/ is what runs. */
export function writeSchemaSql({ tables }: Schema): string {
  const texts = tables.map((table) => {
    const lines = [...table.columns.map(describeColumn), ...table.constraints.map(describeConstraint)];
    const indexes = table.indexes.map((definition) => `${definition};\n`).join('');
    return `create table ${table.name} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n);\n${indexes}`;
  });
  return `-- The schema after all migrations, written by npm run generate. To be read, not run.\n\n${texts.join('\n')}`;
}

const describeColumn = ({ name, type, isRequired, filling }: Column): string =>
  [name, type, isRequired && 'not null', filling].filter(Boolean).join(' ');

const describeConstraint = ({ name, definition }: Table['constraints'][number]): string =>
  `constraint ${name} ${definition}`;

/** The picture of the database, and a list of its tables. */
export function writeSchemaPage({ tables }: Schema): string {
  return `${pageHead('The database', 'the migrated database')}
Every table belongs to one module, which alone reads and writes it; \`tables.ts\` of the module lists them. The full text
is [schema.sql](schema.sql), the way to it [migrations/](../migrations).

\`\`\`mermaid
erDiagram
${tables.flatMap((table) => table.references.map((reference) => drawReference(table, reference))).join('\n')}
${tables.map(drawTable).join('\n')}
\`\`\`
`;
}

const drawReference = ({ name }: Table, { column, table, isRequired }: Reference): string =>
  `  ${table} ${isRequired ? '||' : '|o'}--o{ ${name} : "${column}"`;

function drawTable({ name, columns, references }: Table): string {
  const foreign = new Set(references.flatMap(({ column }) => column.split(', ')));
  const lines = columns.map((column) => {
    const keys = [column.isKey && 'PK', foreign.has(column.name) && 'FK'].filter(Boolean).join(', ');
    return `    ${[drawType(column.type), column.name, keys].filter(Boolean).join(' ')}`;
  });
  return `  ${name} {\n${lines.join('\n')}\n  }`;
}

/** Mermaid takes one word for a type. */
const drawType = (type: string): string =>
  type.replace('timestamp(3) with time zone', 'timestamptz').replaceAll(/[^\w[\]]+/g, '_');
