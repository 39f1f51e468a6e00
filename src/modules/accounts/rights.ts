import type { Withheld } from '#platform/actor.ts';
import { muted, termsNotAccepted } from '#platform/errors.ts';
import { appealing, permissionsOf, type Role, speech } from './permissions.ts';
import type { SessionActorRow } from './queries/sessions.ts';
import type { AccountsTools } from './tools.ts';

export type Rights = { role: Role; permissions: ReadonlySet<string>; withheld: Withheld | undefined };

type Standing = Pick<SessionActorRow, 'role' | 'has_totp' | 'muted_until' | 'accepted_terms' | 'is_for_appeal'>;
type Rules = Pick<AccountsTools, 'isStaffTotpRequired' | 'termsVersion'>;

/** What a session may do at a moment. Where staff must have a second factor, they are plain users until they do. */
export function rightsAt({ isStaffTotpRequired, termsVersion }: Rules, standing: Standing, now: Date): Rights {
  const { role, has_totp: hasTotp, is_for_appeal: isForAppeal } = standing;
  if (isForAppeal) return { role, permissions: appealing, withheld: undefined };
  const isStaff = role === 'moderator' || role === 'admin';
  const permissions = permissionsOf[isStaff && isStaffTotpRequired && !hasTotp ? 'user' : role];
  const problem = findWhySilent(standing, termsVersion, now);
  // Guests have nothing of it; they register, which accepts the terms.
  if (!problem || role === 'guest') return { role, permissions, withheld: undefined };
  const withheld: Withheld = { permissions: speech, problem };
  return { role, permissions: new Set([...permissions].filter((one) => !speech.has(one))), withheld };
}

/** A mute comes first: to accept the terms would not end it. */
function findWhySilent(
  { muted_until: mutedUntil, accepted_terms: acceptedTerms }: Standing,
  termsVersion: string,
  now: Date,
): Withheld['problem'] | undefined {
  if (mutedUntil !== null && mutedUntil > now) return () => describeMute(mutedUntil);
  return acceptedTerms === termsVersion ? undefined : termsNotAccepted;
}

const describeMute = (until: Date) =>
  muted({
    detail: {
      en: `Until ${until.toISOString()}. Why stands in your sanctions.`,
      ru: `До ${until.toISOString()}. Причина указана в ваших санкциях.`,
    },
  });
