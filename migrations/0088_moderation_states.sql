-- Up Migration

-- Only sanctions make a state: what administrators set by hand before becomes one. The id of the act has its time, so the
-- sanction stands in its place in the history.
insert into sanctions (sanction_id, account_id, kind, reason, imposed_by, imposed_at)
select act.act_id, accounts.account_id, case accounts.state when 'banned' then 'ban' else 'suspension' end, 'other',
  act.actor_id, act.occurred_at
from accounts
cross join lateral (
  select act_id, act, actor_id, occurred_at from staff_acts
  where subject_id = accounts.account_id and act in ('account.suspended', 'account.banned', 'account.restored')
  order by act_id desc limit 1
) as act
where (
    (accounts.state = 'banned' and act.act = 'account.banned')
    or (accounts.state = 'suspended' and accounts.suspended_until is null and act.act = 'account.suspended')
  )
  and not exists (
    select 1 from sanctions
    where sanctions.account_id = accounts.account_id and sanctions.lifted_at is null and sanctions.ends_at is null
      and sanctions.kind = case accounts.state when 'banned' then 'ban' else 'suspension' end
  );

-- Who was restored by hand is not to be locked out again by what is still written down.
update sanctions set lifted_at = now()
from accounts
where accounts.account_id = sanctions.account_id and accounts.state = 'active'
  and sanctions.kind in ('suspension', 'ban') and sanctions.lifted_at is null and sanctions.expired_at is null
  and (sanctions.ends_at is null or sanctions.ends_at > now());
