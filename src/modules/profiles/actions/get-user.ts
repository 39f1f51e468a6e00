import type { Static } from 'typebox';
import { userNotFound } from '#modules/accounts/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Card } from '../schemas.ts';
import type { ProfilesTools } from '../tools.ts';
import { findCards } from './find-cards.ts';

/** A person's card; unknown, deleted and blocked people are equally not found. */
export async function getUser(tools: ProfilesTools, actor: Actor, userId: string): Promise<Static<typeof Card>> {
  const [card] = await findCards(tools, tools.db.read, actor, [userId]);
  if (!card) throw userNotFound();
  return card;
}
