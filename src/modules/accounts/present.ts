import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import type { ExportRow } from './queries/exports.ts';
import type { SessionRow } from './queries/sessions.ts';
import type { DataExport } from './schemas/own-data.ts';
import type { Account, Session } from './schemas/sign-in.ts';
import type { User } from './schemas/staff.ts';
import { mayActOn } from './staff-access.ts';
import type { AccountRow } from './tables.ts';
import type { AccountsTools } from './tools.ts';

export function presentAccount(
  { termsVersion }: Pick<AccountsTools, 'termsVersion'>,
  row: AccountRow,
  recovery?: { due_at: Date },
): Static<typeof Account> {
  return {
    userId: row.account_id,
    username: row.username,
    ...(row.email !== null && { email: row.email }),
    isEmailVerified: row.email_verified_at !== null,
    ...(row.pending_email !== null && { pendingEmail: row.pending_email }),
    ...(row.deletion_due_at !== null && { deletionAt: row.deletion_due_at }),
    ...(recovery && { assistedRecoveryAt: recovery.due_at }),
    role: row.role,
    ageBand: row.age_band,
    locale: row.locale,
    ...(row.accepted_terms !== '' && { acceptedTerms: row.accepted_terms }),
    hasAcceptedTerms: row.accepted_terms === termsVersion,
    createdAt: row.created_at,
  };
}

export function presentSession(row: SessionRow, currentSessionId: string): Static<typeof Session> {
  return {
    sessionId: row.session_id,
    ...(row.device_name !== null && { deviceName: row.device_name }),
    isCurrent: row.session_id === currentSessionId,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}

export function presentUser(row: AccountRow, actor: Actor): Static<typeof User> {
  return {
    userId: row.account_id,
    username: row.username,
    ...(row.email !== null && { email: row.email }),
    isEmailVerified: row.email_verified_at !== null,
    role: row.role,
    state: row.state,
    ageBand: row.age_band,
    locale: row.locale,
    createdAt: row.created_at,
    lastActiveAt: row.last_active_at,
    can: { update: row.state !== 'deleted' && mayActOn(actor, row.role) },
  };
}

export function presentExport(row: ExportRow, now: Date): Static<typeof DataExport> {
  const { state, requested_at: requestedAt, size_bytes: sizeBytes, expires_at: expiresAt } = row;
  if (state === 'preparing') return { state, requestedAt };
  if (sizeBytes === null || expiresAt === null || expiresAt <= now) return { state: 'none' };
  return { state, requestedAt, sizeBytes, expiresAt };
}
