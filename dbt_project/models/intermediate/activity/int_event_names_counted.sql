with

events as (select * from {{ ref('int_events_identified') }})

select
    event_name,
    feature_id,
    is_catalogued,
    count(*) as event_count
from events
group by
    event_name,
    feature_id,
    is_catalogued
