export const roles = ['guest', 'user', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** The one matrix of rights: what each role may do. Every role has all that stands under the roles before it. */
const added = {
  guest: ['account.read', 'account.delete', 'session.end', 'catalogue.read', 'teammates.search', 'realtime.connect'],
  user: [
    'account.write',
    'profile.read',
    'profile.write',
    'users.read',
    'relationships.read',
    'relationships.write',
    'teammates.save-search',
    'ratings.write',
    'chats.read',
    'chats.write',
    'notifications.manage',
  ],
  moderator: ['accounts.recover'],
  admin: ['accounts.manage', 'jobs.manage'],
} as const satisfies Record<Role, readonly string[]>;

export const permissionsOf: Record<Role, ReadonlySet<string>> = accumulate();

/** The roles that have a permission. */
export const rolesOf = (permission: string): readonly Role[] =>
  roles.filter((role) => permissionsOf[role].has(permission));

function accumulate(): Record<Role, ReadonlySet<string>> {
  const guest = new Set<string>(added.guest);
  const user = new Set<string>([...guest, ...added.user]);
  const moderator = new Set<string>([...user, ...added.moderator]);
  const admin = new Set<string>([...moderator, ...added.admin]);
  return { guest, user, moderator, admin };
}

/** What an account may do now. Where staff must have a second factor, they are plain users until they do. */
export function rightsOf(
  { role, has_totp: hasTotp }: { role: Role; has_totp: boolean },
  isStaffTotpRequired: boolean,
): ReadonlySet<string> {
  const isStaff = role === 'moderator' || role === 'admin';
  return permissionsOf[isStaff && isStaffTotpRequired && !hasTotp ? 'user' : role];
}

export const isRole = (word: string): word is Role => (roles as readonly string[]).includes(word);
