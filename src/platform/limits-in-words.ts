type Limited = {
  description?: unknown;
  type?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  pattern?: string;
  default?: unknown;
};

/**
 * The limits of a schema as a sentence for its description: generated clients drop the keywords that say them. Lengths
 * that the description itself tells, perhaps in another unit, are left to it.
 */
export function limitsInWords(schema: Limited): string {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, maxProperties, pattern } = schema;
  const sentences = [
    !/characters|bytes/.test(String(schema.description)) && range(minLength, maxLength, ' characters'),
    range(minimum, maximum, ''),
    range(minItems, maxItems, ' items'),
    range(undefined, maxProperties, ' entries'),
    typeof pattern === 'string' && `Matches \`${pattern}\`.`,
    isPlain(schema.default) && schema.default !== '' && `Default: ${schema.default}.`,
  ];
  return sentences.filter(Boolean).join(' ');
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const [from, to] = [least, most].map((limit) => (typeof limit === 'number' ? limit.toLocaleString('en') : undefined));
  if (from !== undefined && to !== undefined) return from === to ? `${from}${unit}.` : `${from} to ${to}${unit}.`;
  if (to !== undefined) return `At most ${to}${unit}.`;
  return from === undefined ? '' : `At least ${from}${unit}.`;
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
