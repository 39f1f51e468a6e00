import type { Edit, History, Ledger, Send, Stored, Stream } from './ledger.ts';

/** What must hold of every run, whatever died in it: each breach in words, nothing when all is well. A pure function. */
export function checkLedger(ledger: Ledger, histories: readonly History[]): string[] {
  const byChat = new Map(histories.map((history) => [history.chatId, history.messages]));
  return [
    ...histories.flatMap(checkNumbers),
    ...checkDoubles(histories),
    ...ledger.sends.flatMap((send) => checkSend(send, histories)),
    ...checkOrder(ledger.sends),
    ...ledger.edits.flatMap((edit) => checkEdit(edit, byChat)),
    ...ledger.streams.flatMap((stream) => checkStream(stream, byChat.get(stream.chatId) ?? [], ledger)),
  ];
}

/** No gap, and one order for everyone. */
const checkNumbers = ({ chatId, messages }: History): string[] =>
  messages.flatMap(({ seq }, index) => (seq === index + 1 ? [] : [`gap: ${chatId} has ${seq} at place ${index + 1}`]));

function checkDoubles(histories: readonly History[]): string[] {
  const seen = new Set<string>();
  return histories.flatMap(({ chatId, messages }) =>
    messages.flatMap(({ authorId, clientId }) => {
      const key = `${chatId} ${authorId} ${clientId}`;
      if (seen.has(key)) return [`double: ${clientId} is in ${chatId} more than once`];
      seen.add(key);
      return [];
    }),
  );
}

/** What was acknowledged is there under the numbers of the acknowledgement; what was refused is nowhere. */
function checkSend({ chatId, authorId, clientId, text, outcome }: Send, histories: readonly History[]): string[] {
  const isIt = (message: Stored) => message.clientId === clientId && message.authorId === authorId;
  const strayed = histories.find((history) => history.chatId !== chatId && history.messages.some(isIt));
  if (strayed) return [`wrong chat: ${clientId} was sent to ${chatId} and is in ${strayed.chatId}`];
  const stored = histories.find((history) => history.chatId === chatId)?.messages.find(isIt);
  if (outcome.kind === 'refused') return stored ? [`accepted: ${clientId} was refused and is there`] : [];
  if (outcome.kind === 'unanswered') return [];
  if (!stored) return [`lost: ${clientId} was acknowledged as ${outcome.seq} and is not there`];
  if (stored.seq !== outcome.seq)
    return [`swapped: ${clientId} was acknowledged as ${outcome.seq} and is ${stored.seq}`];
  return stored.rev === outcome.rev && stored.text !== text ? [`changed: ${clientId} has another text`] : [];
}

/** Whoever waits for an answer before the next message finds the two in this order. */
function checkOrder(sends: readonly Send[]): string[] {
  const last = new Map<string, number>();
  return sends.flatMap(({ chatId, authorId, clientId, outcome }) => {
    if (outcome.kind !== 'acknowledged') return [];
    const key = `${chatId} ${authorId}`;
    const before = last.get(key) ?? 0;
    last.set(key, outcome.seq);
    return outcome.seq > before ? [] : [`order: ${clientId} has ${outcome.seq}, the one before it ${before}`];
  });
}

function checkEdit({ chatId, seq, text, rev }: Edit, byChat: ReadonlyMap<string, readonly Stored[]>): string[] {
  const stored = byChat.get(chatId)?.find((message) => message.seq === seq);
  const isThere = stored !== undefined && (stored.rev > rev || (stored.rev === rev && stored.text === text));
  return isThere ? [] : [`lost edit: ${seq} of ${chatId} was edited at ${rev} and is ${stored?.text ?? 'gone'}`];
}

/** Live events plus catch-up are the history, less what came after the removal. */
function checkStream(stream: Stream, messages: readonly Stored[], { removals }: Ledger): string[] {
  const { accountId, chatId, changes } = stream;
  const who = `${accountId} in ${chatId}`;
  const end = removals.find((one) => one.accountId === accountId && one.chatId === chatId)?.rev ?? Infinity;
  const known = new Map<number, Stored | { rev: number; text: string }>();
  const faults: string[] = [];
  let lastRev = 0;
  for (const change of changes) {
    if (change.rev > end) faults.push(`after removal: ${who} got ${change.seq} at ${change.rev}, removed at ${end}`);
    if (change.rev <= lastRev) faults.push(`stream out of order: ${who} got ${change.rev} after ${lastRev}`);
    lastRev = change.rev;
    known.set(change.seq, change);
  }
  for (const message of messages) {
    const seen = known.get(message.seq);
    known.delete(message.seq);
    if (seen?.rev === message.rev && seen.text !== message.text)
      faults.push(`changed: ${who} has another ${message.seq}`);
    if (message.rev < end && seen?.rev !== message.rev)
      faults.push(`dropped: ${who} does not have ${message.seq} as it is`);
  }
  for (const seq of known.keys()) faults.push(`invented: ${who} has ${seq}, which is not in the history`);
  return faults;
}
