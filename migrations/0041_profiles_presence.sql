-- Up Migration

-- Who may know whether the person is online: on the card, in the search, on the socket.
alter table profiles
  add column presence_visibility text not null default 'everyone'
    check (presence_visibility in ('everyone', 'teammates', 'nobody'));
