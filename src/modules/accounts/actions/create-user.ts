import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { isUniqueViolation } from '#platform/database.ts';
import { once } from '#platform/idempotency.ts';
import { passText } from '#platform/text-rules.ts';
import { inputFault } from '#platform/validation.ts';
import { groupCode, issueCode, makeCode } from '../codes.ts';
import { usernameTaken } from '../errors.ts';
import { accountRegistered } from '../events.ts';
import { resetLink } from '../links.ts';
import { queueMail } from '../mails.ts';
import { foldName, isReservedName } from '../names.ts';
import { presentUser } from '../present.ts';
import { insertAccount } from '../queries/accounts.ts';
import type { CreateUserBody, User } from '../schemas/staff.ts';
import { checkMayGrant } from '../staff-access.ts';
import type { AccountsTools } from '../tools.ts';
import { RESERVED_WORD } from './register.ts';

const INVITATION_HOURS = 72;

/**
 * Makes an account with any role up to the caller's own. It has no password until its owner chooses one by the mail; once
 * that has ended recovery sends another code.
 */
export async function createUser(
  tools: AccountsTools,
  actor: Actor,
  body: Static<typeof CreateUserBody>,
  key: string | undefined,
): Promise<Static<typeof User>> {
  const { username, email, role, ageBand = '18_plus', locale = 'en' } = body;
  checkMayGrant(actor, role);
  const usernameKey = foldName(username);
  if (isReservedName(usernameKey)) throw inputFault('/body/username', 'format', RESERVED_WORD);
  passText(tools.textRules, 'username', username, '/body/username');
  const newCode = await makeCode(tools);
  const accountId = tools.ids.next();
  const now = tools.clock.now();
  try {
    return await tools.db.transaction((tx) =>
      once(tx, { scope: `createUser:${actor.accountId}`, key, request: body }, async () => {
        const account = await insertAccount(tx, {
          account_id: accountId,
          username,
          username_key: usernameKey,
          email,
          email_key: foldName(email),
          role,
          age_band: ageBand,
          locale,
          // The owner accepts them, not the administrator, and writes to nobody before.
          accepted_terms: '',
          created_at: now,
          last_active_at: now,
        });
        await tools.announce(tx, accountRegistered, { accountId });
        await tools.audit(tx, { actor, act: 'account.created', subjectId: accountId, details: { role } });
        await issueCode(tools, tx, newCode, { accountId, purpose: 'recovery', email, minutes: INVITATION_HOURS * 60 });
        const code = groupCode(newCode.code);
        const url = resetLink(tools, username, newCode.code);
        const values = { usernames: [username], role, hours: INVITATION_HOURS, code, url };
        await queueMail(tools, tx, { name: 'invitation', to: email, locale, values });
        return presentUser(account, actor);
      }),
    );
  } catch (error) {
    if (isUniqueViolation(error, 'accounts_username_key_key')) throw usernameTaken();
    throw error;
  }
}
