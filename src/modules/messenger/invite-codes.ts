import { randomBytes } from 'node:crypto';

/** 128 random bits, 22 characters that need no escaping in a link. */
export const makeInviteCode = (): string => randomBytes(16).toString('base64url');
