/**
 * Runs the work of one chat one piece after another, so that the hints about it leave this node in the order of `rev`.
 * Other chats do not wait. The order itself is PostgreSQL's; this only keeps answers of two connections from overtaking.
 */
export type ChatLines = <T>(chatId: string, work: () => Promise<T>) => Promise<T>;

export function createChatLines(): ChatLines {
  const lines = new Map<string, Promise<unknown>>();
  return (chatId, work) => {
    const turn = (lines.get(chatId) ?? Promise.resolve()).then(work, work);
    lines.set(chatId, turn);
    const leave = () => {
      if (lines.get(chatId) === turn) lines.delete(chatId);
    };
    turn.then(leave, leave);
    return turn;
  };
}
