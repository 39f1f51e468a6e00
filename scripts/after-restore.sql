-- Run once after a dump was restored into another cluster, before the server starts.
--
-- The log of events is ordered by the numbers of transactions, and a new cluster counts them from the beginning: new
-- events would stand before the places that the listeners have reached, and nobody would ever hear of them. So all kept
-- events take one old number, in the order of their ids, and each listener goes back to the first that it has not heard.
-- It may hear some twice, which it must bear anyway.
begin;
update outbox_cursors set
  transaction_id = '1',
  event_id = coalesce(
    (select min(events.event_id) - 1 from outbox_events as events
     where (events.transaction_id, events.event_id) > (outbox_cursors.transaction_id, outbox_cursors.event_id)),
    (select max(event_id) from outbox_events),
    0);
update outbox_events set transaction_id = '1';
-- What a sync of the messenger asks for begins at a number, too.
update chat_members set own_xid = pg_current_xact_id(), marks_xid = pg_current_xact_id();
update hidden_messages set xid = pg_current_xact_id();
commit;
