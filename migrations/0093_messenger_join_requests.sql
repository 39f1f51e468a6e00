-- Up Migration

-- Who came in another way asks no more.
delete from join_requests using chat_members as members
where members.chat_id = join_requests.chat_id and members.account_id = join_requests.account_id
  and members.state = 'active';
