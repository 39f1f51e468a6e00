import type pg from 'pg';

/**
 * Makes `from` players into `to`: each copy has the traits of one of them and the games of another. Their ids rise as those
 * of people who sign up do, so that neighbours by id are neighbours on the disk.
 */
export async function copyPlayers(client: pg.Client, from: number, to: number): Promise<void> {
  // The copies point at each other by construction; checking that again would take most of the time.
  await client.query(`
    begin;
    set local work_mem = '256MB';
    select set_config('session_replication_role', 'replica', true) from pg_roles where rolname = current_user and rolsuper;
    create temp table sources on commit drop as
      select row_number() over (order by account_id) - 1 as place, account_id from profiles;
    create temp table copies on commit drop as
      select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint + n), 12, '0') || '7' || substr(md5(n::text), 1, 3)
          || '8' || substr(md5(n::text), 4, 15))::uuid as account_id, n, n % size as place, (n * 7919 + n / size) % size as games_place
      from (select count(*) as size from sources) as sizes, generate_series(${from}::bigint, ${to - 1}::bigint) as n;
    insert into accounts (account_id, username, username_key, role, age_band, locale, accepted_terms, created_at, last_active_at)
      select copies.account_id, 'copy' || n, 'copy' || n, 'user', age_band, locale, accepted_terms, created_at, last_active_at
      from copies join sources using (place) join accounts on accounts.account_id = sources.account_id
      order by n;
    insert into profiles (account_id, display_name, bio, country, region, time_zone, languages, platforms,
        accepts_crossplay, voice, play_style, genres, availability, rating_mean, rating_count, created_at, updated_at)
      select copies.account_id, display_name, bio, country, region, time_zone, languages, platforms,
        accepts_crossplay, voice, play_style, genres, availability, rating_mean, rating_count, created_at, updated_at
      from copies join sources using (place) join profiles on profiles.account_id = sources.account_id
      order by n;
    insert into profile_games (account_id, game_id, level, rank, roles, hours_played, platform, place)
      select copies.account_id, game_id, level, rank, roles, hours_played, platform, profile_games.place
      from copies join sources on sources.place = copies.games_place
        join profile_games on profile_games.account_id = sources.account_id
      order by n, profile_games.place;
    commit;`);
  await client.query('analyze accounts, profiles, profile_games');
}
