export const roles = ['guest', 'user', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** The one matrix of rights: what each role may do. Every role has all that stands under the roles before it. */
const added = {
  guest: [
    'account.read',
    'account.delete',
    'session.end',
    'sanctions.appeal',
    'catalogue.read',
    'teammates.search',
    'parties.read',
    'realtime.connect',
  ],
  user: [
    'account.write',
    'profile.read',
    'profile.write',
    'users.read',
    'relationships.read',
    'relationships.guard',
    'relationships.write',
    'teammates.save-search',
    'ratings.write',
    'parties.own',
    'parties.write',
    'chats.read',
    'chats.tidy',
    'chats.write',
    'media.read',
    'media.write',
    'reports.write',
    'catalogue.suggest',
    'notifications.manage',
  ],
  moderator: ['accounts.recover', 'moderation.read', 'moderation.act', 'text-rules.manage', 'catalogue.manage'],
  admin: ['accounts.manage', 'jobs.manage', 'audit.read', 'statistics.read'],
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

/**
 * What is withheld from the muted, and from whoever has not accepted the terms: whatever puts words or marks before others.
 * Reading, leaving, blocking, reporting and the own profile, by which people hide themselves, stay.
 */
export const speech: ReadonlySet<string> = new Set([
  'chats.write',
  'relationships.write',
  'parties.write',
  'ratings.write',
]);

/** All that a session for an appeal is good for: why, the appeal, and one's own data. */
export const appealing: ReadonlySet<string> = new Set([
  'account.read',
  'account.delete',
  'session.end',
  'sanctions.appeal',
]);

export const isRole = (word: string): word is Role => (roles as readonly string[]).includes(word);
