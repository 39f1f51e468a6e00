import { Type } from 'typebox';
import { model, openEnum, ref } from './schemas.ts';

/** A text in the two languages of the service. */
export type Words = { en: string; ru: string };
export type Locale = keyof Words;

export type InputFault = { path: string; code: string; detail: string };

export type ProblemDefinition = {
  /** Stable and never localised: what a client's code decides by. */
  code: string;
  status: number;
  title: Words;
};

export type ProblemExtra = {
  detail?: Words;
  errors?: (locale: Locale) => InputFault[];
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
  /** Whom it is about: for the log of the server, never for the client. */
  accountId?: string | undefined;
};

/** An answer that is not a success: RFC 9457. Thrown anywhere below a door, shaped by `presentProblem`. */
export class ProblemError extends Error {
  readonly definition: ProblemDefinition;
  readonly extra: ProblemExtra;

  constructor(definition: ProblemDefinition, extra: ProblemExtra = {}) {
    super(extra.detail?.en ?? definition.title.en);
    this.name = 'ProblemError';
    this.definition = definition;
    this.extra = extra;
  }
}

export type Problem = ProblemDefinition & ((extra?: ProblemExtra) => ProblemError);

const registry = new Map<string, ProblemDefinition>();

/**
 * Defines one kind of problem; the result is called to make the error and read for the documents. Modules may define the
 * same one, word for word.
 */
export function defineProblem(definition: ProblemDefinition): Problem {
  const known = registry.get(definition.code) ?? definition;
  if (known.status !== definition.status || known.title.en !== definition.title.en) {
    throw new Error(`the problem ${definition.code} is defined twice with different words`);
  }
  registry.set(definition.code, definition);
  return Object.assign((extra?: ProblemExtra) => new ProblemError(definition, extra), definition);
}

/** Every kind of problem of the modules that are loaded. */
export const problems = (): readonly ProblemDefinition[] => [...registry.values()];

const InputFaultSchema = model(
  'InputFault',
  Type.Object({
    path: Type.String({ description: 'JSON pointer to the faulty input, such as `/body/username`.' }),
    code: openEnum([
      'required',
      'unknown_field',
      'type',
      'format',
      'length',
      'range',
      'enum',
      'text',
      'common',
    ] as const),
    detail: Type.String(),
  }),
);

// Named by the document alone: errors are shaped by `presentProblem`.
model(
  'Problem',
  Type.Object(
    {
      type: Type.String({ description: 'A URI reference of the kind of problem: `/problems/{code}`.' }),
      title: Type.String({ description: 'In the language of `Accept-Language`: Russian or English.' }),
      status: Type.Integer(),
      code: Type.String({ description: 'Stable, never localised. The list is in docs/problems.md.' }),
      detail: Type.Optional(Type.String()),
      instance: Type.Optional(Type.String({ description: 'The id of the request, as in the server log.' })),
      errors: Type.Optional(Type.Array(ref(InputFaultSchema))),
    },
    { description: 'RFC 9457 problem details.' },
  ),
);

export function presentProblem(error: ProblemError, locale: Locale, requestId?: string) {
  const { definition, extra } = error;
  return {
    type: `/problems/${definition.code}`,
    title: definition.title[locale],
    status: definition.status,
    code: definition.code,
    ...(extra.detail && { detail: extra.detail[locale] }),
    ...(requestId && { instance: `/requests/${requestId}` }),
    ...(extra.errors && { errors: extra.errors(locale) }),
  };
}

export const invalidRequest = defineProblem({
  code: 'invalid_request',
  status: 400,
  title: { en: 'The request is not valid', ru: 'Запрос составлен неверно' },
});
export const invalidJson = defineProblem({
  code: 'invalid_json',
  status: 400,
  title: { en: 'The body is not valid JSON in UTF-8', ru: 'Тело запроса — не JSON в UTF-8' },
});
export const invalidCursor = defineProblem({
  code: 'invalid_cursor',
  status: 400,
  title: { en: 'The cursor is not valid; start from the first page', ru: 'Неверный курсор; начните с первой страницы' },
});
export const unauthenticated = defineProblem({
  code: 'unauthenticated',
  status: 401,
  title: { en: 'Sign in first', ru: 'Сначала войдите' },
});
export const forbidden = defineProblem({
  code: 'forbidden',
  status: 403,
  title: { en: 'Your role does not allow this', ru: 'Ваша роль этого не позволяет' },
});
export const muted = defineProblem({
  code: 'muted',
  status: 403,
  title: { en: 'You may read but not write for now', ru: 'Пока вы можете читать, но не писать' },
});
export const termsNotAccepted = defineProblem({
  code: 'terms_not_accepted',
  status: 403,
  title: {
    en: 'Accept the terms in force before you write to others',
    ru: 'Примите действующие условия, прежде чем писать другим',
  },
});
export const textNotAllowed = defineProblem({
  code: 'text_not_allowed',
  status: 422,
  title: { en: 'This text is not allowed here', ru: 'Такой текст здесь недопустим' },
});
export const originNotAllowed = defineProblem({
  code: 'origin_not_allowed',
  status: 403,
  title: {
    en: 'A cookie counts only with the Origin of an allowed site',
    ru: 'Cookie принимается только с Origin разрешённого сайта',
  },
});
export const notFound = defineProblem({
  code: 'not_found',
  status: 404,
  title: { en: 'There is no such thing', ru: 'Ничего не найдено' },
});
export const methodNotAllowed = defineProblem({
  code: 'method_not_allowed',
  status: 405,
  title: { en: 'This address does not know the method', ru: 'Этот адрес не знает такого метода' },
});
export const payloadTooLarge = defineProblem({
  code: 'payload_too_large',
  status: 413,
  title: { en: 'The body is too large', ru: 'Тело запроса слишком велико' },
});
export const unsupportedMediaType = defineProblem({
  code: 'unsupported_media_type',
  status: 415,
  title: { en: 'Send application/json', ru: 'Отправляйте application/json' },
});
export const tooManyRequests = defineProblem({
  code: 'too_many_requests',
  status: 429,
  title: { en: 'Too many requests; wait a little', ru: 'Слишком много запросов; подождите немного' },
});
export const headersTooLarge = defineProblem({
  code: 'headers_too_large',
  status: 431,
  title: { en: 'The headers are too large', ru: 'Заголовки слишком велики' },
});
export const requestTooSlow = defineProblem({
  code: 'request_too_slow',
  status: 408,
  title: { en: 'The request took too long to arrive', ru: 'Запрос поступал слишком долго' },
});
export const malformedRequest = defineProblem({
  code: 'malformed_request',
  status: 400,
  title: { en: 'This is not a valid HTTP request', ru: 'Это не запрос HTTP' },
});
export const internalError = defineProblem({
  code: 'internal_error',
  status: 500,
  title: { en: 'Something broke on our side', ru: 'У нас что-то сломалось' },
});
export const unavailable = defineProblem({
  code: 'unavailable',
  status: 503,
  title: { en: 'The service is not available now; try again', ru: 'Сервис сейчас недоступен; попробуйте ещё раз' },
});

/** Problems that any door may answer with; doors list only their own beside these. */
export const commonProblems: readonly Problem[] = [
  invalidRequest,
  invalidJson,
  invalidCursor,
  malformedRequest,
  unauthenticated,
  forbidden,
  muted,
  termsNotAccepted,
  textNotAllowed,
  originNotAllowed,
  notFound,
  methodNotAllowed,
  payloadTooLarge,
  unsupportedMediaType,
  tooManyRequests,
  headersTooLarge,
  requestTooSlow,
  internalError,
  unavailable,
];
