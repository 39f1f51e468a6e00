import type { Readable } from 'node:stream';
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';

/**
 * Names a schema as a component of the OpenAPI document. Every body and answer of a door is a model; doors point to it
 * by `ref`. The registry exists because TypeBox inlines a schema that is used as a value.
 */
export function model<const Id extends string, T extends TSchema>($id: Id, schema: T): T & { $id: Id } {
  if (registry.has($id)) throw new Error(`duplicate schema ${$id}`);
  const named = { ...schema, $id };
  registry.set($id, named);
  return named;
}

export const models = (): readonly TSchema[] => [...registry.values()];

export const ref = <T extends TSchema & { $id: string }>(schema: T) =>
  Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` });

/** The shape of a request body or query: unknown fields are refused, so nothing can be mass-assigned. */
export const strictObject = <T extends TProperties>(properties: T, options: object = {}): TObject<T> =>
  Type.Object(properties, { additionalProperties: false, ...options });

/** A closed list of words that will never grow. */
export const enumOf = <const V extends readonly string[]>(values: V, options: object = {}) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options });

/** A list of words that may grow: old Swift clients read an unknown word as a plain string. */
export const openEnum = <const V extends readonly string[]>(values: V, options: object = {}) =>
  Type.Unsafe<V[number] | (string & {})>({
    anyOf: [{ type: 'string', enum: [...values] }, { type: 'string' }],
    ...options,
  });

/** RFC 3339 in UTC with milliseconds: a Date inside, `2026-11-24T05:28:29.000Z` outside. */
export const Timestamp = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });

/** A moment that a client sends; parsed by the action, since JSON has no dates. */
export const TimestampInput = Type.String({ format: 'date-time', maxLength: 40 });

/** A body or an answer that is no JSON: the door names its media types. */
export const Bytes = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' });

/** The same, where the answer is too large to be held. */
export const ByteStream = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

export const Uuid = Type.String({ format: 'uuid' });

/** A slug of the catalogue: `counter-strike-2`. */
export const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', minLength: 1, maxLength: 80 });

const registry = new Map<string, TSchema>();
