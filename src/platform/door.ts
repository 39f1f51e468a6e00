import type { Static, TSchema } from 'typebox';
import type { Actor } from './actor.ts';
import type { Locale, Problem } from './errors.ts';
import type { ByteRange } from './ranges.ts';
import type { LimitName } from './rate-limits.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler may know of the request beyond its checked input, and what it may add to the answer. */
export type Exchange = {
  readonly ip: string;
  readonly locale: Locale;
  readonly requestId: string;
  header(name: string): string | undefined;
  setHeader(name: string, value: string): void;
  /** The answer is the stretch of the thing that the request's `Range` asks for: 206. */
  answerWithRange(range: ByteRange, sizeBytes: number): void;
  cookie(name: string): string | undefined;
  /** HttpOnly, SameSite=Strict, Secure outside development; an age of 0 removes it. */
  setCookie(name: string, value: string, options: { path: string; maxAgeSeconds: number }): void;
  /** Throws `origin_not_allowed` unless the request comes from a page of an allowed site. */
  requireOwnOrigin(): void;
  /** A token came along that is not valid (any more), at a door with `hearsEndedToken`. */
  readonly hasEndedToken: boolean;
  /** Whom the line of the security log is about, where neither caller nor answer says it. */
  noteAccount(accountId: string): void;
};

/** A line in the log for each visit, or for those alone that are refused. */
export type Watch = { readonly event: string; readonly tells: 'all' | 'refusals' };

type Input<Access extends string, P extends TSchema, Q extends TSchema, B extends TSchema> = {
  actor: Access extends 'public' ? Actor | undefined : Actor;
  params: Static<P>;
  query: Static<Q>;
  body: Static<B>;
  exchange: Exchange;
};

type Definition<Access extends string, P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema> = {
  /** Unique verbNoun; also the name of the action and of its test. */
  operationId: string;
  method: Method;
  /** With parameters in braces: `/v1/chats/{chatId}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** The permission that the caller's role must have, or `public`. There is no default. */
  access: Access;
  params?: P;
  query?: Q;
  /** A model: the body is refused unless it is JSON of this shape. */
  body?: B;
  /** The one success status and the model of its body; 204 has none. */
  status: 200 | 201 | 202 | 204;
  answer?: A;
  /** Problems of its own, beside those that any door may answer with. */
  problems?: readonly Problem[];
  limit?: LimitName;
  /** A door of security: what is done there, or refused, is logged. */
  watch?: Watch;
  /** Of a public door: a token that comes along is not looked at, so an expired one does no harm. */
  ignoresToken?: boolean;
  /** Of a public door: a token that is not valid is no refusal yet; the exchange says that one came along. */
  hearsEndedToken?: boolean;
  /** Takes the header `Idempotency-Key`. */
  isIdempotentByKey?: boolean;
  answerHeaders?: Record<string, string>;
  /** The answer carries a strong ETag of its content; a request whose `If-None-Match` names it gets 304. */
  hasEtag?: boolean;
  /** Takes the header `If-Match`; the action compares it. */
  hasVersion?: boolean;
  maxBodyBytes?: number;
  /** A form may come along, as from a page or a mail program; it is not looked at. */
  ignoresBody?: boolean;
  /** Media types of a body that is `Bytes` or `ByteStream`, not JSON. */
  bodyTypes?: readonly string[];
  /** The body is a `ByteStream`: nobody has read or counted it yet, and the action must bound it. */
  isBodyStreamed?: boolean;
  /** Media types of an answer that is bytes, not JSON: the first, unless the handler sets another of them. */
  answerTypes?: readonly string[];
  /** Example values for the document. */
  example?: { body?: Static<B>; answer?: unknown };
  handle(input: Input<Access, P, Q, B>): Promise<Static<A>> | Static<A>;
};

/** A door with its types erased: what HTTP and the OpenAPI document are made from. */
export type Door = Omit<Definition<string, TSchema, TSchema, TSchema, TSchema>, 'handle'> & {
  handle(input: {
    actor: Actor | undefined;
    params: unknown;
    query: unknown;
    body: unknown;
    exchange: Exchange;
  }): unknown;
};

/** One operation of the API: its name, shape, right and the call that it makes. Handlers get what the schemas promise. */
export function door<
  const Access extends string,
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  A extends TSchema,
>(definition: Definition<Access, P, Q, B, A>): Door {
  return definition;
}
