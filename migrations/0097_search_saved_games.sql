-- Up Migration

-- Whom a changed player may concern: the searches that name one of the games, and those that name none, in a chance order.
create index saved_searches_games on saved_searches using gin (games);
create index saved_searches_any_game on saved_searches (lot) where games = '{}';
drop index saved_searches_lot;
