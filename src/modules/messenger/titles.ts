import { inputFault } from '#platform/validation.ts';

/** A title as it is stored: one line without spaces around it. */
export function cleanTitle(text: string): string {
  const title = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (title === '') throw inputFault('/body/title', 'length', EMPTY);
  return title;
}

const EMPTY = { en: 'is empty', ru: 'пусто' };
