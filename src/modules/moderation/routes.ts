import type { Door } from '#platform/door.ts';
import { caseRoutes } from './routes/cases.ts';
import { reportRoutes } from './routes/reports.ts';
import { sanctionRoutes } from './routes/sanctions.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { textRuleRoutes } from './routes/text-rules.ts';
import type { ModerationTools } from './tools.ts';

export const moderationRoutes = (tools: ModerationTools): Door[] => [
  ...reportRoutes(tools),
  ...caseRoutes(tools),
  ...sanctionRoutes(tools),
  ...textRuleRoutes(tools),
  ...statisticsRoutes(tools),
];
