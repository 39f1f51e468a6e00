import { Type } from 'typebox';
import { defineEvent } from '#platform/events.ts';
import { enumOf } from '#platform/schemas.ts';
import { securityCodes } from './security-codes.ts';

const payload = Type.Object({ accountId: Type.String() });

/** A new account exists. */
export const accountRegistered = defineEvent('accounts.account_registered', payload);
/** The account was active again after a while: told at most once in ten minutes. */
export const accountSeen = defineEvent('accounts.account_seen', payload);
/** The role or state of an account has changed. */
export const accountChanged = defineEvent('accounts.account_changed', payload);
/** These sessions have ended: whatever was bound to them goes. Those that expire by time end in silence. */
export const sessionsEnded = defineEvent(
  'accounts.sessions_ended',
  Type.Object({ sessionIds: Type.Array(Type.String()) }),
);
/** The account is gone: whoever keeps something personal of it erases that now. */
export const accountErased = defineEvent('accounts.account_erased', payload);
/** The owner should know that this happened, in case it was somebody else. */
export const securityNoted = defineEvent(
  'accounts.security_noted',
  Type.Object({ accountId: Type.String(), code: enumOf(securityCodes) }),
);
