import { type Door, door } from '#platform/door.ts';
import { getStatistics } from '../actions/get-statistics.ts';
import { Statistics } from '../schemas/statistics.ts';
import type { ModerationTools } from '../tools.ts';

export const statisticsRoutes = (tools: ModerationTools): Door[] => [
  door({
    operationId: 'getStatistics',
    method: 'GET',
    path: '/v1/admin/stats',
    tag: 'administration',
    summary: 'Growth, activity, the queue, mail and pushes',
    description: 'Days are in UTC, today first. Guests are not counted.',
    access: 'statistics.read',
    status: 200,
    answer: Statistics,
    handle: () => getStatistics(tools),
  }),
];
