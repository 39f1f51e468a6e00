import type { Words } from '#platform/errors.ts';

export const reasons = [
  'spam',
  'scam',
  'harassment',
  'hate',
  'threats',
  'violence',
  'sexual',
  'minor_safety',
  'self_harm',
  'personal_data',
  'impersonation',
  'cheating',
  'underage',
  'offensive_name',
  'other',
] as const;
export type Reason = (typeof reasons)[number];

type ReasonRule = {
  /** How urgent one report of this kind is beside others, 1 the least. */
  severity: number;
  words: Words;
};

export const reasonRules: Record<Reason, ReasonRule> = {
  spam: { severity: 1, words: { en: 'spam', ru: 'спам' } },
  scam: { severity: 3, words: { en: 'fraud', ru: 'мошенничество' } },
  harassment: { severity: 3, words: { en: 'insults or harassment', ru: 'оскорбления или травля' } },
  hate: { severity: 4, words: { en: 'hatred of a group of people', ru: 'вражда к группе людей' } },
  threats: { severity: 6, words: { en: 'threats', ru: 'угрозы' } },
  violence: { severity: 4, words: { en: 'violence', ru: 'насилие' } },
  sexual: { severity: 4, words: { en: 'sexual content', ru: 'сексуальные материалы' } },
  minor_safety: { severity: 10, words: { en: 'danger to a minor', ru: 'опасность для несовершеннолетнего' } },
  self_harm: { severity: 8, words: { en: 'self-harm', ru: 'причинение вреда себе' } },
  personal_data: { severity: 4, words: { en: "someone's personal data", ru: 'чужие личные данные' } },
  impersonation: { severity: 2, words: { en: 'passing for somebody else', ru: 'выдача себя за другого' } },
  cheating: { severity: 2, words: { en: 'cheating in games', ru: 'нечестная игра' } },
  underage: { severity: 3, words: { en: 'too young for the service', ru: 'возраст меньше допустимого' } },
  offensive_name: { severity: 1, words: { en: 'an offensive name', ru: 'оскорбительное имя' } },
  other: { severity: 1, words: { en: 'another breach of the rules', ru: 'другое нарушение правил' } },
};

export const isReason = (word: string): word is Reason => (reasons as readonly string[]).includes(word);
