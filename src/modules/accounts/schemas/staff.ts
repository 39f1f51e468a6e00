import { Type } from 'typebox';
import { pageOf, pageQuery } from '#platform/paging.ts';
import { enumOf, model, ref, strictObject, Timestamp, Uuid } from '#platform/schemas.ts';
import { roles } from '../permissions.ts';
import { accountLocales, accountStates, ageBands, Email, Password, Username } from './shapes.ts';

/** What the command line asks for. */
export const NewAdminInput = strictObject({ username: Username, email: Email, password: Password });

export const FirstAdminBody = model(
  'FirstAdminBody',
  strictObject({
    token: Type.String({ minLength: 1, maxLength: 100, description: 'From the link that the console shows.' }),
    username: Username,
    email: Email,
    password: Password,
  }),
);

export const AssistedRecoveryBody = model(
  'AssistedRecoveryBody',
  strictObject({
    email: Email,
    reason: Type.String({ minLength: 1, maxLength: 1_000, description: 'How the person proved who they are.' }),
  }),
);

const RoleRights = model(
  'RoleRights',
  Type.Object({ role: enumOf(roles), permissions: Type.Array(Type.String()) }, { description: 'What a role may do.' }),
);

export const RoleList = model('RoleList', pageOf(ref(RoleRights)));

const StaffRights = model(
  'StaffRights',
  Type.Object({ update: Type.Boolean() }, { description: 'What the caller may do with this account.' }),
);

export const User = model(
  'User',
  Type.Object(
    {
      userId: Uuid,
      username: Type.String(),
      email: Type.Optional(Type.String()),
      isEmailVerified: Type.Boolean(),
      role: enumOf(roles),
      state: enumOf(accountStates),
      ageBand: enumOf(ageBands),
      locale: enumOf(accountLocales),
      createdAt: Timestamp,
      lastActiveAt: Timestamp,
      can: ref(StaffRights),
    },
    { description: 'An account as administrators see it.' },
  ),
);

export const UserPage = model('UserPage', pageOf(ref(User)));

export const UsersQuery = strictObject({
  ...pageQuery,
  text: Type.Optional(
    Type.String({ minLength: 1, maxLength: 254, description: 'The beginning of the username or of the address.' }),
  ),
  role: Type.Optional(enumOf(roles)),
  state: Type.Optional(enumOf(accountStates)),
});

export const CreateUserBody = model(
  'CreateUserBody',
  strictObject({
    username: Username,
    email: Email,
    role: enumOf(['user', 'moderator', 'admin']),
    ageBand: Type.Optional(enumOf(ageBands)),
    locale: Type.Optional(enumOf(accountLocales)),
  }),
);

export const EndSessionsQuery = strictObject({
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'For the audit log.' })),
});

export const UpdateUserBody = model(
  'UpdateUserBody',
  strictObject({
    role: Type.Optional(enumOf(['user', 'moderator', 'admin'])),
    state: Type.Optional(enumOf(['active', 'suspended', 'banned'])),
    reason: Type.String({ minLength: 1, maxLength: 1_000, description: 'For the audit log.' }),
  }),
);
