import { stringify } from 'yaml';
import type { ApiDocument } from './api-document.ts';

/** The AsyncAPI 3 document of the WebSocket: one channel, one message per op, the same models as the OpenAPI document. */
export function writeAsyncApi(source: object): string {
  const { info, servers, components } = source as ApiDocument;
  const { schemas } = components;
  const { host, protocol } = new URL(servers[0]?.url ?? '');
  const sent = messagesOf(schemas.ClientFrame?.discriminator?.mapping, schemas);
  const received = messagesOf(schemas.KnownServerFrame?.discriminator?.mapping, schemas);
  const refer = (messages: object, place: string) =>
    Object.keys(messages).map((name) => ({ $ref: `${place}/messages/${name}` }));
  const messages = { ...sent, ...received };
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: `${info.title} realtime`,
      version: info.version,
      description:
        'The WebSocket of Soyamate, subprotocol soyamate.v1: one JSON object a text frame. The access token comes in the `Authorization` header or in the first frame, `hello`, within 10 s.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { api: { host, protocol: protocol === 'https:' ? 'wss' : 'ws' } },
    channels: {
      realtime: {
        address: '/v1/realtime',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
        bindings: { ws: { method: 'GET' } },
      },
    },
    operations: {
      clientFrame: {
        action: 'receive',
        channel: { $ref: '#/channels/realtime' },
        messages: refer(sent, '#/channels/realtime'),
      },
      serverFrame: {
        action: 'send',
        channel: { $ref: '#/channels/realtime' },
        messages: refer(received, '#/channels/realtime'),
      },
    },
    components: { messages, schemas: findReachable(messages, schemas) },
  };
  return `# Written by npm run generate from the frame models. Do not edit.\n${stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })}`;
}

function messagesOf(mapping: Record<string, string> = {}, schemas: ApiDocument['components']['schemas']) {
  return Object.fromEntries(
    Object.entries(mapping).map(([op, $ref]) => {
      const name = nameOf($ref);
      const description = schemas[name]?.description;
      return [name, { name: op, ...(description && { description }), payload: { $ref } }];
    }),
  );
}

const nameOf = ($ref: string): string => $ref.split('/').at(-1) ?? '';

/** The schemas that the messages need, and those that these need. */
function findReachable(messages: object, schemas: ApiDocument['components']['schemas']) {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(schemas[name]);
    }
  };
  visit(messages);
  return Object.fromEntries([...found].toSorted().map((name) => [name, schemas[name]]));
}
