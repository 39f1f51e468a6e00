import type { Locale } from '#platform/errors.ts';

type LinkText = { title: string; lead: string };
type LinkTexts = { invitation: LinkText; person: LinkText; hint: string; store: string };

export const linkTexts: Record<Locale, LinkTexts> = {
  en: {
    invitation: {
      title: 'You are invited to a group chat',
      lead: 'Open this link on a phone with the app to see the group and to join it.',
    },
    person: {
      title: 'A player in Soyamate',
      lead: 'Open this link on a phone with the app to see their games and to play together.',
    },
    hint: 'The app is there, but this page has opened? Hold your finger on the link and choose to open it in the app.',
    store: 'Get the app',
  },
  ru: {
    invitation: {
      title: 'Вас зовут в групповой чат',
      lead: 'Откройте эту ссылку на телефоне с приложением: вы увидите группу и сможете вступить в неё.',
    },
    person: {
      title: 'Игрок в Soyamate',
      lead: 'Откройте эту ссылку на телефоне с приложением: вы увидите, во что играет этот человек, и сможете позвать его в игру.',
    },
    hint: 'Приложение установлено, а открылась эта страница? Задержите палец на ссылке и выберите «Открыть в приложении».',
    store: 'Установить приложение',
  },
};
