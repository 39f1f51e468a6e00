import type { Door } from '#platform/door.ts';
import { catchUpRoutes } from './routes/catch-up.ts';
import { chatsRoutes } from './routes/chats.ts';
import { invitesRoutes } from './routes/invites.ts';
import { membersRoutes } from './routes/members.ts';
import { messagesRoutes } from './routes/messages.ts';
import type { MessengerTools } from './tools.ts';

export const messengerRoutes = (tools: MessengerTools): Door[] => [
  ...chatsRoutes(tools),
  ...membersRoutes(tools),
  ...invitesRoutes(tools),
  ...messagesRoutes(tools),
  ...catchUpRoutes(tools),
];
