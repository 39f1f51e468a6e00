/** What a push tells of: pushes of one subject to one device are one, and one takes the other's place on the screen. */
export type Subject =
  | { of: 'chat'; chatId: string }
  | { of: 'notification'; notificationId: string }
  | { of: 'badge' }
  | { of: 'test' };

export const chatSubject = (chatId: string): string => `chat:${chatId}`;
export const notificationSubject = (notificationId: string): string => `notification:${notificationId}`;
export const BADGE_SUBJECT = 'badge';
export const TEST_SUBJECT = 'test';

export function readSubject(subject: string): Subject {
  const [of, id = ''] = subject.split(':');
  if (of === 'chat') return { of, chatId: id };
  if (of === 'notification') return { of, notificationId: id };
  return { of: of === BADGE_SUBJECT ? 'badge' : 'test' };
}
