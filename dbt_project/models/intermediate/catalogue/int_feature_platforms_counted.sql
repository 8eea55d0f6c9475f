with

events as (select * from {{ ref('int_events_identified') }})

select
    platform,
    feature_id,
    count(*) as event_count
from events
group by
    platform,
    feature_id
