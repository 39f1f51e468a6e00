import { passText } from '#platform/text-rules.ts';
import { cleanLine } from '#platform/texts.ts';
import { inputFault } from '#platform/validation.ts';
import type { MessengerTools } from './tools.ts';

/** A title as it is stored: one line of visible characters, with no words that do not belong there. */
export function readTitle({ textRules }: Pick<MessengerTools, 'textRules'>, text: string): string {
  const title = cleanLine(text);
  if (title === '') throw inputFault('/body/title', 'length', EMPTY);
  return passText(textRules, 'title', title, '/body/title').text;
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
