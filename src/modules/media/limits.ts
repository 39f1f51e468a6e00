/** What one upload may be; the documents name these. */
export const MAX_UPLOAD_BYTES = 10_485_760;
/** Ten minutes of good speech. */
export const MAX_VOICE_BYTES = 5_242_880;
export const MAX_DURATION_SECONDS = 600;
export const MAX_NAME_LENGTH = 200;

/** What one person may upload within a day, tickets and avatars counted. */
export const DAILY_UPLOADS = 100;
export const DAILY_BYTES = 314_572_800;

/** A phone may find a network only later, and then needs its time. */
export const TICKET_SECONDS = 3_600;

export const DAY_MS = 86_400_000;
