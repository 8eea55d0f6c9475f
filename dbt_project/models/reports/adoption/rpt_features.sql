with

features as (select * from {{ ref('dim_features') }}),

adoption as (select * from {{ ref('fct_feature_adoption_daily') }}),

times as (select * from {{ ref('int_feature_time_to_adopt') }}),

account_features as (select * from {{ ref('fct_account_features') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Ratios of windows that reach before the records would be too low, so they are left out.
measured as (
    select
        adoption.feature_id,
        adoption.activity_date,
        adoption.eligible_active_user_count,
        adoption.adopting_user_count,
        adoption.eligible_account_count,
        adoption.adopting_account_count,
        adoption.adopting_user_count
        / nullif(cast(adoption.eligible_active_user_count as double), 0) as user_adoption_rate,
        adoption.adopting_account_count
        / nullif(cast(adoption.eligible_account_count as double), 0) as account_adoption_rate,
        adoption.core_events_28d / nullif(cast(adoption.core_user_days_28d as double), 0) as depth_28d
    from adoption
    inner join coverage
        on coverage.source = 'product_events' and coverage.first_date <= adoption.activity_date - 27
    where adoption.dimension = 'all'
),

unused as (
    select
        feature_id,
        count(*) filter (where use_status = 'unused') as unused_account_count,
        count(*) filter (where use_status != 'too_new') as judged_account_count
    from account_features
    group by feature_id
)

select
    features.feature_id,
    features.feature_name,
    features.area,
    features.plans,
    case
        when features.first_used_date is null then 'never_used'
        when features.retired_on <= parameters.as_of_date then 'retired'
        when today.feature_id is not null then 'ok'
        else 'immature'
    end as status,
    today.eligible_active_user_count,
    today.adopting_user_count,
    today.user_adoption_rate,
    {{ wilson_bound('today.user_adoption_rate', 'nullif(today.eligible_active_user_count, 0)', -1) }}
        as user_adoption_rate_low,
    {{ wilson_bound('today.user_adoption_rate', 'nullif(today.eligible_active_user_count, 0)', 1) }}
        as user_adoption_rate_high,
    today.user_adoption_rate - earlier.user_adoption_rate as user_adoption_rate_change,
    today.eligible_account_count,
    today.adopting_account_count,
    today.account_adoption_rate,
    today.depth_28d,
    cast(coalesce(times.spell_count, 0) as bigint) as watched_account_count,
    times.adopted_count,
    times.median_days,
    times.median_days_low,
    times.median_days_high,
    unused.unused_account_count,
    unused.judged_account_count
from features
cross join parameters
left join measured as today on features.feature_id = today.feature_id and parameters.as_of_date = today.activity_date
left join measured as earlier
    on features.feature_id = earlier.feature_id and parameters.as_of_date - 28 = earlier.activity_date
left join times on features.feature_id = times.feature_id
left join unused on features.feature_id = unused.feature_id
where features.is_core
