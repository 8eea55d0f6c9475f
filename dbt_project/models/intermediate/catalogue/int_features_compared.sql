{{ config(materialized='ephemeral') }}

with

features as (select * from {{ ref('int_features_catalogued') }}),

events as (select * from {{ ref('int_event_names_counted') }}),

platforms as (select * from {{ ref('int_feature_platforms_counted') }}),

run as (select * from {{ ref('stg_run__parameters') }}),

used as (
    select
        feature_id,
        cast(sum(event_count) as bigint) as event_count
    from events
    where feature_id is not null
    group by feature_id
),

-- What is gone, or still to come, needs no events.
expected as (
    select features.*
    from features
    cross join run
    where
        (features.released_on is null or features.released_on <= run.as_of_date)
        and (features.retired_on is null or features.retired_on > run.as_of_date)
),

catalogue as (select count(*) as feature_count from features),

known_platforms as (
    select distinct platform
    from platforms
    where platform != 'unknown'
)

select
    'product.events' as subject,
    'feature in use that the catalogue does not have' as finding,
    used.feature_id as entry,
    used.event_count as row_count
from used
left join features using (feature_id)
cross join catalogue
where features.feature_id is null and catalogue.feature_count > 0

union all

-- Said once, where there is no catalogue at all.
select
    'catalogue.feature_catalog' as subject,
    'not landed: every feature that events name is one of every plan, from its first use on' as finding,
    'all' as entry,
    cast(sum(used.event_count) as bigint) as row_count
from used
cross join catalogue
where catalogue.feature_count = 0
having count(*) > 0

union all

select
    'catalogue.feature_catalog' as subject,
    'feature without any event' as finding,
    expected.feature_id as entry,
    0 as row_count
from expected
left join used using (feature_id)
where used.feature_id is null

union all

-- Events that tell no platform contradict nobody.
select
    'catalogue.feature_catalog' as subject,
    'feature of a platform that no event has' as finding,
    expected.feature_id as entry,
    0 as row_count
from expected
cross join known_platforms
where expected.platforms is not null
group by expected.feature_id, expected.platforms
having
    sum(case when '|' || expected.platforms || '|' like '%|' || known_platforms.platform || '|%' then 1 else 0 end)
    <= length(expected.platforms) - length(replace(expected.platforms, '|', ''))

union all

select
    'product.events' as subject,
    'feature in use on a platform that the catalogue does not give it' as finding,
    features.feature_id as entry,
    cast(sum(platforms.event_count) as bigint) as row_count
from features
inner join platforms on features.feature_id = platforms.feature_id
where
    platforms.platform != 'unknown'
    and '|' || features.platforms || '|' not like '%|' || platforms.platform || '|%'
group by features.feature_id
