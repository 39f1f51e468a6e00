import { type Static, Type } from 'typebox';
import { LocalName, NamedStep, platforms } from '#modules/games/index.ts';
import { Picture } from '#modules/media/index.ts';
import { directions, TeammateRequest } from '#modules/relationships/index.ts';
import { pageOf, pageQuery } from '#platform/paging.ts';
import {
  enumOf,
  model,
  openEnum,
  ref,
  Slug,
  strictObject,
  Timestamp,
  TimestampInput,
  Uuid,
} from '#platform/schemas.ts';
import { days } from './availability.ts';

export const regions = [
  'europe',
  'cis',
  'north_america',
  'south_america',
  'middle_east',
  'africa',
  'south_asia',
  'east_asia',
  'southeast_asia',
  'oceania',
] as const;
export const voices = ['yes', 'no', 'sometimes'] as const;
export const playStyles = ['casual', 'competitive'] as const;
export const playLevels = ['main', 'often', 'sometimes'] as const;
export const visibilities = ['everyone', 'teammates', 'nobody'] as const;
export const contactKinds = [
  'discord',
  'steam',
  'telegram',
  'vk',
  'playstation',
  'xbox',
  'nintendo',
  'riot',
  'battle_net',
  'epic',
  'twitch',
  'youtube',
  'other',
] as const;

export const MAX_GAMES = 100;

const time = (pattern: string) => Type.String({ pattern, description: 'HH:MM in steps of half an hour.' });

export const AvailabilitySlot = model(
  'AvailabilitySlot',
  Type.Object(
    {
      day: enumOf(days),
      from: time('^([01][0-9]|2[0-3]):(00|30)$'),
      to: time('^(([01][0-9]|2[0-3]):(00|30)|24:00)$'),
    },
    {
      description:
        "Free time each week, by the clocks of the profile's time zone. As input, a slot that ends at or before its " +
        'beginning goes on past midnight; answers are sorted, joined where they touch, and cut at midnight.',
    },
  ),
);

export const Contact = model(
  'Contact',
  Type.Object({ kind: openEnum(contactKinds), value: Type.String(), visibility: enumOf(visibilities) }),
);
export type Contact = Static<typeof Contact>;

export const PlayedGame = model(
  'PlayedGame',
  Type.Object({
    gameId: Slug,
    name: ref(LocalName),
    level: enumOf(playLevels),
    rank: Type.Optional(ref(NamedStep)),
    roles: Type.Array(ref(NamedStep)),
    hoursPlayed: Type.Optional(Type.Integer()),
    inGameName: Type.Optional(Type.String()),
    platform: openEnum(platforms),
  }),
);

/** What anybody who may see a person at all may read. */
const publicFields = {
  userId: Uuid,
  username: Type.String(),
  displayName: Type.String({ description: 'The username until the person chose another.' }),
  avatar: Type.Optional(ref(Picture)),
  bio: Type.Optional(Type.String()),
  country: Type.Optional(Type.String({ description: 'ISO 3166-1, two letters.' })),
  region: Type.Optional(openEnum(regions, { description: 'Of the game servers that the person plays on.' })),
  timeZone: Type.Optional(Type.String({ description: 'IANA name.' })),
  languages: Type.Array(Type.String({ description: 'BCP 47.' })),
  platforms: Type.Array(openEnum(platforms)),
  acceptsCrossplay: Type.Boolean({ description: 'Plays with people on another platform.' }),
  voice: Type.Optional(enumOf(voices)),
  playStyle: Type.Optional(openEnum(playStyles)),
  genres: Type.Array(Slug),
  availability: Type.Array(ref(AvailabilitySlot)),
  lookingFor: Type.Optional(Type.String()),
  games: Type.Array(ref(PlayedGame), { description: "In the owner's order." }),
  contacts: Type.Array(ref(Contact)),
};

export const nextStepFields = [
  'games',
  'languages',
  'availability',
  'platforms',
  'region',
  'voice',
  'ranks',
  'playStyle',
  'avatar',
  'bio',
] as const;
export const nextStepReasons = [
  'search_starts_from_games',
  'people_understand_each_other',
  'common_hours_count',
  'same_platform_or_crossplay',
  'near_servers',
  'talking_or_typing',
  'equal_skill',
  'same_attitude',
  'first_impression',
] as const;

const NextStep = model('NextStep', Type.Object({ field: openEnum(nextStepFields), why: openEnum(nextStepReasons) }));

const wishFields = {
  languages: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), {
      maxItems: 10,
      uniqueItems: true,
      description: 'Base subtags, such as `ru`: speaks one of these. Who named no languages is refused nobody.',
    }),
  ),
  platforms: Type.Optional(
    Type.Array(enumOf(platforms), { maxItems: platforms.length, uniqueItems: true, description: 'Has one of these.' }),
  ),
  voice: Type.Optional(
    enumOf(['yes', 'no'], { description: '`yes`: not somebody who never speaks; `no`: not somebody who always does.' }),
  ),
  minRating: Type.Optional(
    Type.Number({
      minimum: 1,
      maximum: 5,
      multipleOf: 0.5,
      description: 'The mean that others gave; who has fewer than three ratings counts as 3.5.',
    }),
  ),
};
const WISHES = 'What another player must be. Whoever is not, and the person, are in each other’s lists neither way.';

export const ProfileWishes = model('ProfileWishes', Type.Object(wishFields, { description: WISHES }));
export type ProfileWishes = Static<typeof ProfileWishes>;
const ProfileWishesInput = model(
  'ProfileWishesInput',
  strictObject(wishFields, {
    description: `${WISHES} It takes the place of what was wished before; \`{}\` asks nothing.`,
  }),
);

export const MyProfile = model(
  'MyProfile',
  Type.Object(
    {
      ...publicFields,
      discoverable: Type.Boolean({ description: 'False: in nobody’s search.' }),
      vacationUntil: Type.Optional(Timestamp),
      presenceVisibility: enumOf(visibilities, { description: 'Who may know whether the person is online.' }),
      wishes: ref(ProfileWishes),
      nextSteps: Type.Array(ref(NextStep), {
        description:
          'What to fill in next, what helps the search most first; `why` is a code for the app to put in words.',
      }),
    },
    { description: 'A profile as its owner sees it.' },
  ),
);

const RatingSummary = model(
  'RatingSummary',
  Type.Object(
    { mean: Type.Number({ description: '1..5' }), count: Type.Integer() },
    { description: 'Absent below three ratings.' },
  ),
);

const Presence = model(
  'Presence',
  Type.Object(
    {
      isOnline: Type.Boolean(),
      lastSeenAt: Type.Optional(Type.Unsafe<Date>({ ...Timestamp, description: 'When offline; to a few minutes.' })),
    },
    { description: 'Absent when its owner does not let the caller know.' },
  ),
);

export const Card = model(
  'Card',
  Type.Object(
    {
      ...publicFields,
      rating: Type.Optional(ref(RatingSummary)),
      memberSince: Timestamp,
      presence: Type.Optional(ref(Presence)),
    },
    { description: 'A person as the caller may see them.' },
  ),
);

/** Code units; the exact bounds, in characters that people count, are the action's. */
const words = (characters: number, description: string) =>
  Type.String({ maxLength: characters * 8, description: `${description} At most ${characters} characters.` });

const clearable = [
  'displayName',
  'bio',
  'country',
  'region',
  'timeZone',
  'voice',
  'playStyle',
  'lookingFor',
  'vacationUntil',
] as const;

export const textLengths = { displayName: 32, bio: 1_000, lookingFor: 300, contact: 100, inGameName: 40 } as const;

const ContactInput = model(
  'ContactInput',
  strictObject({
    kind: enumOf(contactKinds),
    value: words(textLengths.contact, 'One line.'),
    visibility: enumOf(visibilities),
  }),
);

export const ProfilePatch = model(
  'ProfilePatch',
  strictObject(
    {
      displayName: Type.Optional(words(textLengths.displayName, 'One line.')),
      bio: Type.Optional(words(textLengths.bio, '')),
      country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, two letters.' })),
      region: Type.Optional(enumOf(regions)),
      timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'IANA name: `Europe/Moscow`.' })),
      languages: Type.Optional(
        Type.Array(Type.String({ minLength: 2, maxLength: 35 }), {
          maxItems: 10,
          description: 'BCP 47, the best first.',
        }),
      ),
      platforms: Type.Optional(Type.Array(enumOf(platforms), { maxItems: platforms.length })),
      acceptsCrossplay: Type.Optional(Type.Boolean()),
      voice: Type.Optional(enumOf(voices)),
      playStyle: Type.Optional(enumOf(playStyles)),
      genres: Type.Optional(Type.Array(Slug, { maxItems: 20 })),
      availability: Type.Optional(
        Type.Array(ref(AvailabilitySlot), { maxItems: 100, description: 'The whole week at once.' }),
      ),
      lookingFor: Type.Optional(words(textLengths.lookingFor, 'Whom the person looks for.')),
      discoverable: Type.Optional(Type.Boolean()),
      vacationUntil: Type.Optional(TimestampInput),
      presenceVisibility: Type.Optional(enumOf(visibilities)),
      contacts: Type.Optional(Type.Array(ref(ContactInput), { maxItems: 20 })),
      wishes: Type.Optional(ref(ProfileWishesInput)),
      clear: Type.Optional(
        Type.Array(enumOf(clearable), {
          maxItems: clearable.length,
          description: 'Fields to empty; lists are emptied by `[]`.',
        }),
      ),
    },
    { description: 'What to change; fields that are absent stay as they are.' },
  ),
);
export type ProfilePatch = Static<typeof ProfilePatch>;

export const PlayedGameBody = model(
  'PlayedGameBody',
  strictObject({
    level: enumOf(playLevels),
    rank: Type.Optional({ ...Slug, description: "A step of the game's ladder." }),
    roles: Type.Optional(Type.Array(Slug, { maxItems: 20, description: "Of the game's roles." })),
    hoursPlayed: Type.Optional(Type.Integer({ minimum: 0, maximum: 200_000 })),
    inGameName: Type.Optional(words(textLengths.inGameName, 'One line.')),
    platform: enumOf(platforms),
  }),
);
export type PlayedGameBody = Static<typeof PlayedGameBody>;

export const GameOrderBody = model(
  'GameOrderBody',
  strictObject({
    gameIds: Type.Array(Slug, { maxItems: MAX_GAMES, description: 'Every game of the profile, each once.' }),
  }),
);

const MyTeammate = model('MyTeammate', Type.Object({ user: ref(Card), since: Timestamp }));
export const MyTeammatePage = model('MyTeammatePage', pageOf(ref(MyTeammate)));

const ListedTeammateRequest = model(
  'ListedTeammateRequest',
  Type.Object({ request: ref(TeammateRequest), user: ref(Card) }),
);
export const TeammateRequestPage = model('TeammateRequestPage', pageOf(ref(ListedTeammateRequest)));

export const TeammatesQuery = strictObject(pageQuery);
export const TeammateRequestsQuery = strictObject({ direction: enumOf(directions), ...pageQuery });
export const GameParams = strictObject({ gameId: Slug });
export const UserParams = strictObject({ userId: Uuid });
export const UsernameParams = strictObject({ username: Type.String({ minLength: 1, maxLength: 24 }) });
