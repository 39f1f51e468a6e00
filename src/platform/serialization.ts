import fastJson from 'fast-json-stringify';
import type { TSchema } from 'typebox';
import { models } from './schemas.ts';

type Serialize = (value: unknown) => string;

/**
 * Answers as text, by their schema: what it does not name never leaves. Each is compiled when it is first needed and only
 * with the models that it refers to: compiling all for all routes would take seconds of every start.
 */
export function createSerializers(): (schema: TSchema) => Serialize {
  const byId = new Map(models().map((schema) => [idOf(schema), schema]));
  const built = new Map<string, Serialize>();

  function build(schema: TSchema): Serialize {
    const external: Record<string, TSchema> = {};
    collect(schema, byId, external);
    // Under its own name it would meet itself when a model refers back to it.
    const root: object = { ...schema, $id: undefined };
    return fastJson(root, { schema: external as Record<string, fastJson.Schema> }) as Serialize;
  }

  return (schema) => {
    const id = idOf(schema);
    let serialize: Serialize | undefined;
    return (value) => {
      serialize ??= built.get(id) ?? build(schema);
      if (id) built.set(id, serialize);
      return serialize(value);
    };
  };
}

/** Adds every model that the schema refers to, directly or by another. */
function collect(value: unknown, byId: ReadonlyMap<string, TSchema>, found: Record<string, TSchema>): void {
  if (Array.isArray(value)) return value.forEach((one) => collect(one, byId, found));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key !== '$ref' || typeof inner !== 'string') {
      collect(inner, byId, found);
      continue;
    }
    const id = inner.replace(/#$/, '');
    const model = byId.get(id);
    if (!model || found[id]) continue;
    found[id] = model;
    collect(model, byId, found);
  }
}

const idOf = (schema: TSchema): string => (schema as { $id?: string }).$id ?? '';
