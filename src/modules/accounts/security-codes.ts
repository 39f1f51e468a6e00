/** What the owner of an account is told of its security, besides the letters. The list grows. */
export const securityCodes = [
  'password_changed',
  'password_reset',
  'email_change_asked',
  'email_changed',
  'totp_on',
  'totp_off',
  'apple_linked',
  'apple_unlinked',
  'recovery_started',
  'recovery_codes_made',
  'sign_ins_locked',
  'codes_locked',
  'new_device',
] as const;
export type SecurityCode = (typeof securityCodes)[number];
