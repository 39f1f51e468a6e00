/**
 * Rows of a CSV text with a header line, as records. Quoted fields as in RFC 4180, but a field may not span lines:
 * neither the source file nor ours has one that does.
 * @throws Error with the line number when a row has another number of fields than the header.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const header = splitLine(lines[0] ?? '');
  return lines.slice(1).map((line, index) => {
    const fields = splitLine(line);
    if (fields.length !== header.length) {
      throw new Error(`CSV line ${index + 2}: ${fields.length} fields where the header has ${header.length}.`);
    }
    return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? '']));
  });
}

/** The reverse of `parseCsv`, with `columns` as the header. */
export function formatCsv(columns: readonly string[], rows: readonly Record<string, string>[]): string {
  const lines = rows.map((row) => columns.map((column) => quote(row[column] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function splitLine(line: string): string[] {
  // With a comma before every field, none of the matches is empty: an empty first field would be skipped otherwise.
  // A field is either quoted, with "" for a quote inside, or runs to the next comma.
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

function quote(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
