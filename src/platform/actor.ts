import { forbidden, type ProblemError } from './errors.ts';

/** Permissions that the role has and that are taken away for now, and what to answer instead of `forbidden`. */
export type Withheld = { readonly permissions: ReadonlySet<string>; problem(): ProblemError };

/** Who is calling: made by accounts from a valid token of a live session. */
export type Actor = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly role: string;
  readonly permissions: ReadonlySet<string>;
  readonly withheld?: Withheld | undefined;
  /** When the access token ends; a socket may live no longer without a new one. */
  readonly tokenEndsAt: Date;
};

/** Turns an access token into its Actor; throws `unauthenticated` when the token or its session is not valid now. */
export type Authenticate = (token: string) => Promise<Actor>;

/** Throws unless the actor has the permission now. */
export function checkPermission({ permissions, withheld }: Actor, permission: string): void {
  if (permissions.has(permission)) return;
  throw withheld?.permissions.has(permission) ? withheld.problem() : forbidden();
}
