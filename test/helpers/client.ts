import type { Contract } from './contract.ts';
import { checkPrivacy } from './privacy.ts';
import type { SecretWatch } from './secrets.ts';
import { openSocket, type TestSocket } from './socket.ts';

/** What a test reads out of an answer; its shape has been checked against the document already. */
export interface Body {
  readonly [key: string]: Body | undefined;
}

export type Answer = { status: number; headers: Headers; body: Body };

export type Input = {
  params?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | readonly string[]>;
  body?: unknown;
  headers?: Record<string, string>;
};

export type Client = {
  /** Calls an operation by its name and checks the answer against the document. */
  call(operationId: string, input?: Input): Promise<Answer>;
  /** Sends whatever it is told to, and checks only that an error is a problem. */
  raw(path: string, init?: RequestInit): Promise<Answer>;
  /** Opens the WebSocket with the token in the header and waits for `ready`; another token than the person's own, if given. */
  connect(otherToken?: string): Promise<TestSocket>;
};

/** What goes to and fro is shown to the watch, which looks for its secrets in the log at the end. */
export function createClient(url: string, contract: Contract, token?: string, watch?: SecretWatch): Client {
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return {
    async call(operationId, { params = {}, query = {}, body, headers } = {}) {
      const { method, path } = contract.find(operationId);
      watch?.see(body);
      const response = await fetch(`${url}${fillPath(path, params)}${formatQuery(query)}`, {
        method,
        headers: { ...authorization, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer = await readAnswer(response);
      watch?.see(answer.body);
      if (answer.status < 400) checkPrivacy(path, answer.body);
      contract.check(operationId, { status: answer.status, mediaType: mediaTypeOf(response), body: answer.body });
      return answer;
    },
    async raw(path, init = {}) {
      const headers = new Headers(init.headers);
      if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
      const response = await fetch(`${url}${path}`, { ...init, headers });
      const answer = await readAnswer(response);
      if (answer.status >= 400) {
        if (mediaTypeOf(response) !== 'application/problem+json')
          throw new Error(`${path}: an error that is no problem`);
        contract.checkComponent('Problem', answer.body);
      }
      return answer;
    },
    async connect(otherToken) {
      const headers = otherToken === undefined ? authorization : { authorization: `Bearer ${otherToken}` };
      const socket = await openSocket(url, { headers });
      await socket.next('ready');
      return socket;
    },
  };
}

function fillPath(path: string, params: Record<string, string | number>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the path ${path} needs ${name}`);
    return encodeURIComponent(value);
  });
}

function formatQuery(query: NonNullable<Input['query']>): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    Array.isArray(value)
      ? value.map((one: string): [string, string] => [name, one])
      : [[name, String(value)] as [string, string]],
  );
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const mediaType = mediaTypeOf(response);
  const isJson = mediaType === '' || /^application\/(json|.*\+json)$/.test(mediaType);
  const body = (!isJson ? text : text === '' ? undefined : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

const mediaTypeOf = (response: Response): string => response.headers.get('content-type')?.split(';')[0] ?? '';
