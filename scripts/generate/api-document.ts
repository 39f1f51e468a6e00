/** What the written pages read of the OpenAPI document. */
export type ApiDocument = {
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, ApiOperation>>;
  components: { schemas: Record<string, ApiSchema> };
};

export type ApiOperation = {
  operationId: string;
  summary: string;
  'x-access': string;
  'x-problems': string[];
};

export type ApiSchema = { description?: string; discriminator?: { mapping: Record<string, string> } };

export type PlacedOperation = ApiOperation & { method: string; path: string };

/** Every operation with its address, by address. */
export function listOperations(document: ApiDocument): PlacedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** First lines of a page that nobody should edit by hand. */
export const pageHead = (title: string, source: string): string =>
  `# ${title}\n\n<!-- Written by \`npm run generate\` from ${source}. Do not edit. -->\n`;

/** A table of Markdown; cells may hold Markdown themselves. */
export function pageTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
