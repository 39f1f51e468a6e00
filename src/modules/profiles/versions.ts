import { namesEtag } from '#platform/etags.ts';
import { profileChanged } from './errors.ts';
import type { ProfileRow } from './tables.ts';

export const profileEtag = ({ version }: Pick<ProfileRow, 'version'>): string => `"${version}"`;

/** Throws `profile_changed` when the client names, by `If-Match`, a version that is not the present one. */
export function checkVersion(profile: ProfileRow, ifMatch: string | undefined): void {
  if (ifMatch !== undefined && !namesEtag(ifMatch, profileEtag(profile))) throw profileChanged();
}
