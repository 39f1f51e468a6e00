import { describe, expect, test } from 'vitest';
import { permissionsOf, type Role, roles } from '../../src/modules/accounts/permissions.ts';
import { startApp } from '../helpers/app.ts';
import { authorisationMatrix } from '../helpers/authorisation-matrix.ts';
import { hire, signInAs } from '../helpers/staff.ts';

type Operation = {
  operationId: string;
  'x-access': string;
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, object> };
};

const server = await startApp();
const { nobody } = server;
const document = server.app.document as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })))
  .filter(({ operationId }) => operationId !== 'openRealtime');
const wanted = new Map(
  Object.entries(authorisationMatrix).flatMap(([access, ids]) => ids.map((id): [string, string] => [id, access])),
);

/** Bodies that are pictures have no fields. */
function isJsonWrite({ requestBody }: { requestBody?: object }): boolean {
  return JSON.stringify(requestBody ?? {}).includes('"application/json"');
}

const alice = await server.signUp('alice');
const mod = await hire(server, 'mod', 'moderator');
const chief = await hire(server, 'chief');
const newToken: Record<Role, () => Promise<string>> = {
  guest: async () => String((await nobody.call('createGuest', { body: {} })).body.tokens?.accessToken),
  user: async () => (await signInAs(server, 'alice', alice.password)).token,
  moderator: async () => (await signInAs(server, 'mod', mod.password)).token,
  admin: async () => (await signInAs(server, 'chief', chief.password)).token,
};
const tokens = new Map<Role, string>();

/** Asks with ids that belong to nobody and without a body: whatever the answer, it is not about rights. */
async function ask({ method, path, requestBody }: (typeof operations)[number], token?: string) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    name.endsWith('Id') ? '01900000-0000-7000-8000-00000000dead' : 'nothing',
  );
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  // A door for pictures looks at the media type first.
  const [type = ''] = Object.keys(requestBody?.content ?? {});
  if (type.startsWith('image/')) headers['content-type'] = type;
  const { status, body } = await nobody.raw(filled, { method: method.toUpperCase(), headers });
  return { status, code: String(body?.code ?? '') };
}

test('the matrix lists every operation of the document, and no other', () => {
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual([...wanted.keys()].toSorted());
});

test.each(operations)('$operationId says what it needs', ({ operationId, ...operation }) => {
  expect(operation['x-access']).toBe(wanted.get(operationId));
});

describe.each(operations)('$operationId', (operation) => {
  const access = wanted.get(operation.operationId) ?? 'unlisted';

  test('for nobody', async () => {
    const { code } = await ask(operation);
    expect(code === 'unauthenticated').toBe(access !== 'public' && access !== 'unlisted');
  });

  test.each(roles)('for a %s', async (role) => {
    const token = tokens.get(role) ?? (await newToken[role]());
    const { code } = await ask(operation, token);
    const mayCall = access === 'public' || permissionsOf[role].has(access);
    expect([role, code === 'forbidden']).toEqual([role, !mayCall]);
    expect(code === 'unauthenticated' && access !== 'public').toBe(false);
    // Some operations end the session that asks.
    const { status } = await nobody.raw('/v1/me', { headers: { authorization: `Bearer ${token}` } });
    if (status === 200) tokens.set(role, token);
    else tokens.delete(role);
  });
});

describe('C13: what a client may not set', () => {
  const privileged = [
    'role',
    'isAdmin',
    'admin',
    'verified',
    'isEmailVerified',
    'emailVerifiedAt',
    'id',
    'userId',
    'accountId',
    'createdAt',
    'updatedAt',
    'ownerId',
    'authorId',
    'rating',
    'trust',
    'bannedUntil',
    'isBanned',
    'permissions',
    'passwordHash',
    'sessionId',
    'seq',
    'rev',
    'isDemo',
    'lastActiveAt',
    'acceptedTermsAt',
  ];
  const writes = operations.filter(isJsonWrite);

  test.each(writes)('$operationId refuses it', async ({ operationId, method, path }) => {
    const { requestBody } = (document.paths[path]?.[method] ?? {}) as {
      requestBody?: { content: { 'application/json'?: { schema: { $ref: string } } } };
    };
    const name = requestBody?.content['application/json']?.schema.$ref.split('/').at(-1) ?? '';
    const schemas = (server.app.document as { components: { schemas: Record<string, { properties?: object }> } })
      .components.schemas;
    const allowed = Object.keys(schemas[name]?.properties ?? {});
    const token = await newToken.admin();
    const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, param: string) =>
      param.endsWith('Id') ? '01900000-0000-7000-8000-00000000dead' : '1',
    );
    const body = Object.fromEntries(
      privileged.filter((field) => !allowed.includes(field)).map((field) => [field, 'admin']),
    );
    const answer = await nobody.raw(filled, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([operationId, answer.status]).toEqual([operationId, 400]);
    const faults = Object.values(answer.body.errors ?? {}).map((fault) => String(fault?.code));
    expect(faults).toContain('unknown_field');
  });
});
