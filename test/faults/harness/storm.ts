import { expect } from 'vitest';
import { checkLedger } from './check-ledger.ts';
import type { History, Ledger, Stored } from './ledger.ts';
import { createPlayer, type Player } from './player.ts';

export type Storm = {
  ledger: Ledger;
  players: Player[];
  chatIds: string[];
  /** Runs once something is unanswered, so that it hits work under way; returns how much. */
  strike(blow: () => Promise<void> | void): Promise<number>;
  /** Everybody sends on until so many more messages are acknowledged. */
  waitForMessages(count: number): Promise<void>;
  /** Ends the sending, lets everybody catch up, and says what does not hold. */
  finish(): Promise<string[]>;
};

/** Six people in three chats who talk without pause, and now and then correct themselves. */
export async function startStorm(urls: readonly string[]): Promise<Storm> {
  const ledger: Ledger = { sends: [], edits: [], streams: [], removals: [] };
  const players: Player[] = [];
  for (const name of ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']) {
    players.push(await createPlayer(urls, name, ledger));
  }
  const chatIds: string[] = [];
  for (let i = 0; i < players.length; i += 2) chatIds.push(await befriend(players[i], players[i + 1]));

  const state = { isOver: false };
  const talk = async (player: Player, chatId: string) => {
    for (let i = 1; !state.isOver; i += 1) {
      const { outcome } = await player.say(chatId, `line ${i}`);
      if (i % 10 === 0 && outcome.kind === 'acknowledged')
        await player.edit(chatId, outcome.seq, `line ${i}, corrected`);
    }
  };
  const talking = Promise.all(players.map((player, i) => talk(player, chatIds[Math.floor(i / 2)] ?? '')));
  const countAcknowledged = () => ledger.sends.filter(({ outcome }) => outcome.kind === 'acknowledged').length;
  const waitForMessages = async (count: number) => {
    const wanted = countAcknowledged() + count;
    while (countAcknowledged() < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  return {
    ledger,
    players,
    chatIds,
    waitForMessages,
    async strike(blow) {
      await waitForMessages(20);
      const countUnanswered = () => players.reduce((sum, { unanswered }) => sum + unanswered, 0);
      while (countUnanswered() === 0) await new Promise((resolve) => setImmediate(resolve));
      const unanswered = countUnanswered();
      await blow();
      return unanswered;
    },
    async finish() {
      state.isOver = true;
      await talking;
      await Promise.all(players.map((player) => player.catchUp()));
      const histories = await Promise.all(chatIds.map((chatId, i) => readHistory(players[i * 2], chatId)));
      for (const player of players) player.leave();
      expect(histories.every(({ messages }) => messages.length > 0)).toBe(true);
      return checkLedger(ledger, histories);
    },
  };
}

/** Opens the direct chat of two people, who agree to it; both follow it from then on. */
export async function befriend(one: Player | undefined, other: Player | undefined): Promise<string> {
  if (!one || !other) throw new Error('it takes two');
  const { body } = await one.call('PUT', `/v1/chats/direct/${other.accountId}`);
  const chatId = String(body.chatId);
  await other.call('POST', `/v1/chats/${chatId}/request/accept`, {});
  for (const player of [one, other]) player.follow(chatId);
  await Promise.all([one.catchUp(), other.catchUp()]);
  return chatId;
}

/** The history as a fresh client reads it. */
export async function readHistory(reader: Player | undefined, chatId: string): Promise<History> {
  const messages: Stored[] = [];
  for (let hasMore = true; hasMore; ) {
    const after = messages.at(-1)?.seq ?? 0;
    const answer = await reader?.call('GET', `/v1/chats/${chatId}/messages?after=${after}&limit=100`);
    messages.push(...(answer?.body.items as Stored[]));
    hasMore = answer?.body.hasMore === true;
  }
  return { chatId, messages };
}
