import { passText } from '#platform/text-rules.ts';
import { inputFault } from '#platform/validation.ts';
import type { MessengerTools } from './tools.ts';

/** A title as it is stored: one line without spaces around it, with no words that do not belong there. */
export function readTitle({ textRules }: Pick<MessengerTools, 'textRules'>, text: string): string {
  const title = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (title === '') throw inputFault('/body/title', 'length', EMPTY);
  return passText(textRules, 'title', title, '/body/title').text;
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
