import { randomUUID } from 'node:crypto';
import type { Person } from './app.ts';
import type { Answer, Client, Input } from './client.ts';

export type ChatOperation = { operationId: string; parameters: { name: string; in: string }[]; example: unknown };

type Documented = {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
};

/** Every operation of the document that names a chat in its path: also those that are added later. */
export function listChatOperations(document: object): ChatOperation[] {
  const { paths } = document as { paths: Record<string, Record<string, Documented>> };
  return Object.entries(paths)
    .filter(([path]) => path.includes('{chatId}'))
    .flatMap(([, methods]) => Object.values(methods))
    .map(({ operationId, parameters = [], requestBody }) => ({
      operationId,
      parameters,
      example: Object.values(requestBody?.content ?? {})[0]?.example,
    }));
}

/** Calls one of them on a chat, with a good shape. */
export function tryOperation(
  person: Client,
  { operationId, parameters, example }: ChatOperation,
  chatId: string,
  target: Pick<Person, 'userId'>,
): Promise<Answer> {
  const values: Record<string, string | number> = {
    chatId,
    seq: 2,
    userId: target.userId,
    inviteId: randomUUID(),
    emoji: '🔥',
  };
  const query: Record<string, string | number> = { since: 0 };
  const named = (place: string, from: Record<string, string | number>) =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === place && from[parameter.name] !== undefined)
        .map(({ name }) => [name, from[name] as string | number]),
    );
  const input: Input = { params: named('path', values), query: named('query', query) };
  return person.call(operationId, example === undefined ? input : { ...input, body: example });
}
