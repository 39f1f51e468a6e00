import type { Static } from 'typebox';
import type { Actor } from '#platform/actor.ts';
import { pageListedPeople } from '../listed-people.ts';
import type { ListedPersonPage, PeopleQuery } from '../schemas.ts';
import type { RelationshipsTools } from '../tools.ts';

export const listBlocks = (
  tools: RelationshipsTools,
  actor: Actor,
  query: Static<typeof PeopleQuery>,
): Promise<Static<typeof ListedPersonPage>> => pageListedPeople(tools, 'blocks', actor.accountId, query);
