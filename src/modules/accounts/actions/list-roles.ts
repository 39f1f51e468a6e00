import type { Static } from 'typebox';
import { permissionsOf, roles } from '../permissions.ts';
import type { RoleList } from '../schemas/staff.ts';

/** The matrix of rights as it is in force. */
export const listRoles = (): Static<typeof RoleList> => ({
  items: roles.map((role) => ({ role, permissions: [...permissionsOf[role]].toSorted() })),
});
