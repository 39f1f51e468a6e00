import type { Withheld } from '#platform/actor.ts';
import { muted } from '#platform/errors.ts';
import { appealing, permissionsOf, type Role, speech } from './permissions.ts';
import type { SessionActorRow } from './queries/sessions.ts';

export type Rights = { role: Role; permissions: ReadonlySet<string>; withheld: Withheld | undefined };

type Standing = Pick<SessionActorRow, 'role' | 'has_totp' | 'muted_until' | 'is_for_appeal'>;

/** What a session may do at a moment. Where staff must have a second factor, they are plain users until they do. */
export function rightsAt(standing: Standing, isStaffTotpRequired: boolean, now: Date): Rights {
  const { role, has_totp: hasTotp, muted_until: mutedUntil, is_for_appeal: isForAppeal } = standing;
  if (isForAppeal) return { role, permissions: appealing, withheld: undefined };
  const isStaff = role === 'moderator' || role === 'admin';
  const permissions = permissionsOf[isStaff && isStaffTotpRequired && !hasTotp ? 'user' : role];
  if (mutedUntil === null || mutedUntil <= now) return { role, permissions, withheld: undefined };
  const withheld: Withheld = { permissions: speech, problem: () => describeMute(mutedUntil) };
  return { role, permissions: new Set([...permissions].filter((one) => !speech.has(one))), withheld };
}

const describeMute = (until: Date) =>
  muted({
    detail: {
      en: `Until ${until.toISOString()}. Why stands in your sanctions.`,
      ru: `До ${until.toISOString()}. Причина указана в ваших санкциях.`,
    },
  });
