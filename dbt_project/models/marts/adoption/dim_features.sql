with

catalogued as (select * from {{ ref('int_features_catalogued') }}),

event_kinds as (select * from {{ ref('int_event_kinds_catalogued') }}),

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

used as (
    select
        feature_id,
        min(activity_date) as first_used_date,
        max(activity_date) as last_used_date
    from usage
    group by feature_id
),

-- A feature whose every action is catalogued as something else than core cannot be adopted.
actions as (
    select
        feature_id,
        bool_or(is_core) as has_core_action
    from event_kinds
    where feature_id is not null
    group by feature_id
),

catalogue as (
    select
        count(*) as feature_count,
        count(importance) as weighed_count
    from catalogued
)

-- What is used but not catalogued is kept and marked; it cannot be asked of anybody, so it is not core. Where there is
-- no catalogue at all, what events name are the features. Where none is weighed each is as important as the others.
select
    feature_id,
    coalesce(catalogued.feature_name, feature_id) as feature_name,
    catalogued.area,
    catalogued.plans,
    catalogued.roles,
    catalogued.platforms,
    coalesce(
        catalogued.importance,
        case
            when catalogue.feature_count = 0 then 1
            when catalogue.weighed_count = 0 and catalogued.feature_id is not null then 1
            else 0
        end
    ) as importance,
    coalesce(catalogued.core_min_count, 1) as core_min_count,
    catalogued.feature_id is not null as is_catalogued,
    coalesce(catalogued.is_core, catalogue.feature_count = 0) and coalesce(actions.has_core_action, true) as is_core,
    catalogued.released_on is not null as is_release_known,
    coalesce(catalogued.released_on, used.first_used_date) as released_on,
    catalogued.retired_on,
    used.first_used_date,
    used.last_used_date
from catalogued
full outer join used using (feature_id)
left join actions using (feature_id)
cross join catalogue
