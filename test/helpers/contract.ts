import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { commonProblems } from '#platform/errors.ts';

export type Operation = { operationId: string; method: string; path: string };

export type Contract = {
  find(operationId: string): Operation;
  operations: readonly Operation[];
  /** Throws unless the document allows this answer to this operation: status, media type, problem code and shape. */
  check(operationId: string, answer: { status: number; mediaType: string; body: unknown }): void;
  /** Throws unless the value is of the named component. */
  checkComponent(name: string, value: unknown): void;
};

type Document = {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { responses: Record<string, DocumentedResponse> };
};
type DocumentedOperation = {
  operationId: string;
  responses: Record<string, DocumentedResponse | { $ref: string }>;
  'x-problems': string[];
};
type DocumentedResponse = { content?: Record<string, { schema: object }> };

/** The OpenAPI document as a judge of every answer that a test sees. */
export function createContract(source: object): Contract {
  const document = source as Document;
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema({ ...document, $id: 'document' });
  const validators = new Map<string, ValidateFunction>();
  const validate = (pointer: string, value: unknown, what: string) => {
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: `document${pointer}` });
    validators.set(pointer, validator);
    if (!validator(value))
      throw new Error(`${what} breaks the contract: ${ajv.errorsText(validator.errors)} in ${JSON.stringify(value)}`);
  };

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
  const find = (operationId: string) => {
    const operation = byId.get(operationId);
    if (!operation) throw new Error(`the document has no operation ${operationId}`);
    return operation;
  };

  return {
    operations,
    find,
    checkComponent: (name, value) => validate(`#/components/schemas/${name}`, value, name),
    check(operationId, { status, mediaType, body }) {
      const operation = find(operationId);
      const key = operation.responses[status] ? String(status) : 'default';
      const response = operation.responses[key];
      if (!response) throw new Error(`${operationId} answers ${status}, which is not in the document`);
      if (key === 'default' && status < 400) throw new Error(`${operationId} answers ${status} without saying so`);
      const pointer =
        '$ref' in response
          ? response.$ref
          : `#/paths/${escape(operation.path)}/${operation.method.toLowerCase()}/responses/${key}`;
      const resolved =
        '$ref' in response ? document.components.responses[response.$ref.split('/').at(-1) ?? ''] : response;
      const type = Object.keys(resolved?.content ?? {})[0];
      if (!type) {
        if (body !== undefined)
          throw new Error(`${operationId} answers ${status} with a body that the document does not know`);
        return;
      }
      if (mediaType !== type) throw new Error(`${operationId} answers ${status} with ${mediaType} instead of ${type}`);
      validate(`${pointer}/content/${escape(type)}/schema`, body, `${operationId} ${status}`);
      if (status >= 400) checkProblem(operation, body as { code: string; status: number }, status);
    },
  };
}

function checkProblem(
  operation: DocumentedOperation,
  { code, status: told }: { code: string; status: number },
  status: number,
) {
  const isKnown = operation['x-problems'].includes(code) || commonProblems.some((problem) => problem.code === code);
  if (!isKnown) throw new Error(`${operation.operationId} answers with ${code}, which it does not declare`);
  if (told !== status) throw new Error(`${operation.operationId} says ${told} in a ${status}`);
}

const escape = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
