/** Who is calling: made by accounts from a valid token of a live session. */
export type Actor = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly role: string;
  readonly permissions: ReadonlySet<string>;
  /** When the access token ends; a socket may live no longer without a new one. */
  readonly tokenEndsAt: Date;
};

/** Turns an access token into its Actor; throws `unauthenticated` when the token or its session is not valid now. */
export type Authenticate = (token: string) => Promise<Actor>;
