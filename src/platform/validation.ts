import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import i18n from 'ajv-i18n';
import type { TSchema } from 'typebox';
import { type InputFault, invalidRequest, type Locale, type ProblemError } from './errors.ts';
import { models } from './schemas.ts';

export type Part = 'body' | 'params' | 'query' | 'frame';

export type Validator = {
  /** Compiles a schema; the result throws `invalid_request` naming each fault, or leaves the value checked. */
  compile(schema: TSchema, part: Part): (value: unknown) => void;
};

const MAX_FAULTS = 20;

// The types of ajv-i18n promise a `default` that its CommonJS files do not have.
const localize = i18n as unknown as Record<Locale, (errors: ErrorObject[]) => void>;

/**
 * Checks input against the models. Bodies and frames are taken as they are: "5" is not a number there. Parameters and
 * queries are text, so they are converted, and a single value stands for a list of one.
 */
export function createValidator(): Validator {
  const exact = createAjv(false);
  const converting = createAjv('array');
  return {
    compile(schema, part) {
      const ajv = part === 'body' || part === 'frame' ? exact : converting;
      let validate: ValidateFunction | undefined;
      return (value) => {
        // At first use: most doors are not opened in the first seconds, and a start should not wait for them.
        validate ??= ajv.compile(schema);
        if (!validate(value)) throw describeFaults(validate, part);
      };
    },
  };
}

function createAjv(coerceTypes: false | 'array'): Ajv {
  // allErrors costs time in proportion to the input, which every door bounds by bytes.
  const ajv = addFormats.default(new Ajv({ allErrors: true, coerceTypes, useDefaults: true, strict: false }));
  for (const schema of models()) ajv.addSchema(schema);
  return ajv;
}

function describeFaults(validate: ValidateFunction, part: Part): ProblemError {
  const faults = (validate.errors ?? []).filter(({ keyword }) => !WRAPPERS.has(keyword)).slice(0, MAX_FAULTS);
  return invalidRequest({
    errors: (locale) => {
      localize[locale](faults);
      return faults.map((error) => describeFault(error, part));
    },
    detail: {
      en: 'Some fields are not valid; `errors` names each of them.',
      ru: 'Некоторые поля неверны; каждое названо в `errors`.',
    },
  });
}

/** Keywords that only report the failure of what they hold. */
const WRAPPERS = new Set(['anyOf', 'oneOf', 'allOf', 'if']);

function describeFault(error: ErrorObject, part: Part): InputFault {
  const { missingProperty, additionalProperty }: Record<string, unknown> = error.params;
  const field = missingProperty ?? additionalProperty;
  const path = `/${part}${error.instancePath}${typeof field === 'string' ? `/${field}` : ''}`;
  return { path, code: CODES[error.keyword] ?? 'format', detail: error.message ?? '' };
}

const CODES: Record<string, string> = {
  required: 'required',
  additionalProperties: 'unknown_field',
  type: 'type',
  minLength: 'length',
  maxLength: 'length',
  minItems: 'length',
  maxItems: 'length',
  minProperties: 'length',
  maxProperties: 'length',
  uniqueItems: 'format',
  minimum: 'range',
  maximum: 'range',
  exclusiveMinimum: 'range',
  exclusiveMaximum: 'range',
  enum: 'enum',
  const: 'enum',
};

/** A fault that a schema cannot express, found by an action: same answer as the schema's own. */
export const inputFault = (path: string, code: string, detail: { en: string; ru: string }): ProblemError =>
  invalidRequest({ errors: (locale: Locale) => [{ path, code, detail: detail[locale] }] });
