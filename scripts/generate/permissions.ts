import { roles, rolesOf } from '#modules/accounts/index.ts';
import { type ApiDocument, listOperations, pageHead, pageTable } from './api-document.ts';

/** The matrix of rights: which role has which permission, and what opens with it. */
export function writePermissions(document: object, permissions: Iterable<string>): string {
  const operations = listOperations(document as ApiDocument);
  const open = (access: string) =>
    operations
      .filter((operation) => operation['x-access'] === access)
      .map(({ operationId }) => `\`${operationId}\``)
      .join(', ');
  return `${pageHead('Permissions', 'src/modules/accounts/permissions.ts and the doors')}
A door names one permission; a role has a set of them, and every role has what the roles before it have. Whether a person
may see or change a certain row is decided behind the door, by \`accessX\`.

${pageTable(
  ['Permission', ...roles, 'Operations'],
  [...permissions].map((permission) => [
    `\`${permission}\``,
    ...roles.map((role) => (rolesOf(permission).includes(role) ? 'yes' : '')),
    open(permission),
  ]),
)}
Open to everyone: ${open('public')}.
`;
}
