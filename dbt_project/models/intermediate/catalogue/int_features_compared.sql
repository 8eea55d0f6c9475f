with

features as (select * from {{ ref('int_features_catalogued') }}),

events as (select * from {{ ref('int_event_names_counted') }}),

run as (select * from {{ ref('stg_run__parameters') }}),

used as (
    select
        feature_id,
        cast(sum(event_count) as bigint) as event_count
    from events
    where feature_id is not null
    group by feature_id
)

select
    'product.events' as subject,
    'feature in use that the catalogue does not have' as finding,
    used.feature_id as entry,
    used.event_count as row_count
from used
left join features using (feature_id)
where features.feature_id is null

union all

-- What is gone, or still to come, needs no events.
select
    'catalogue.feature_catalog' as subject,
    'feature without any event' as finding,
    features.feature_id as entry,
    0 as row_count
from features
left join used using (feature_id)
cross join run
where
    used.feature_id is null
    and (features.released_on is null or features.released_on <= run.as_of_date)
    and (features.retired_on is null or features.retired_on > run.as_of_date)
