/** What happened, as the clients saw it: the only thing, beside the final history, that the checker looks at. */
export type Ledger = {
  sends: Send[];
  edits: Edit[];
  /** What each person has of each chat in the end: from the socket, and from catching up. */
  streams: Stream[];
  /** Who was taken out of which chat, and where in the line of changes. */
  removals: { chatId: string; accountId: string; rev: number }[];
};

export type Send = {
  chatId: string;
  authorId: string;
  clientId: string;
  text: string;
  /** The last answer: `acknowledged` with its numbers, `refused` for good, or none. */
  outcome: { kind: 'acknowledged'; seq: number; rev: number } | { kind: 'refused' } | { kind: 'unanswered' };
};

export type Edit = { chatId: string; seq: number; text: string; rev: number };

export type Stream = {
  accountId: string;
  chatId: string;
  /** In the order in which the client came to know them. */
  changes: Seen[];
};

export type Seen = { seq: number; rev: number; clientId: string; text: string };

/** The messages of a chat as a fresh fetch gives them to somebody who may see all. */
export type History = { chatId: string; messages: Stored[] };

export type Stored = { seq: number; rev: number; authorId: string; clientId: string; text: string };
