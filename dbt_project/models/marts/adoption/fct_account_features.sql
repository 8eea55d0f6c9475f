with

adoptions as (select * from {{ ref('int_account_feature_adoptions') }}),

account_spans as (select * from {{ ref('int_account_adoption_spans') }}),

reach_spans as (select * from {{ ref('int_account_reach_spans') }}),

features as (select * from {{ ref('dim_features') }}),

core_use as (select * from {{ ref('int_account_feature_core_use') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Offered on the last complete day, and within reach on one of the days that the list looks back on.
offered as (
    select
        adoptions.account_id,
        adoptions.feature_id,
        adoptions.eligible_date,
        adoptions.adopted_date,
        core_use.last_used_date,
        core_use.used_week_count,
        core_use.used_week_count >= {{ var('cliff_used_weeks') }}
        and core_use.last_used_date + {{ var('cliff_silent_days') }} <= least(parameters.as_of_date, coverage.last_date)
            as is_cliff,
        coalesce(account_spans.adopting_user_count, 0) as adopting_user_count,
        coalesce(core_use.core_events_28d, 0) as core_events_28d,
        core_use.core_events_28d / nullif(cast(core_use.core_user_days_28d as double), 0) as depth_28d,
        greatest(adoptions.eligible_date, coverage.first_date) as watched_from,
        parameters.as_of_date - {{ var('unused_after_days') }} + 1 as window_start
    from adoptions
    inner join parameters on adoptions.eligible_until > parameters.as_of_date
    inner join coverage on coverage.source = 'product_events'
    left join core_use on adoptions.account_id = core_use.account_id and adoptions.feature_id = core_use.feature_id
    left join account_spans
        on
            adoptions.account_id = account_spans.account_id
            and adoptions.feature_id = account_spans.feature_id
            and parameters.as_of_date >= account_spans.first_date
            and parameters.as_of_date < account_spans.end_date
    inner join features on adoptions.feature_id = features.feature_id
    where
        features.platforms is null
        or exists (
            select 1
            from reach_spans
            where
                adoptions.account_id = reach_spans.account_id
                and features.platforms = reach_spans.platforms
                and reach_spans.first_date <= parameters.as_of_date
                and reach_spans.end_date > parameters.as_of_date - {{ var('unused_after_days') }} + 1
        )
),

ranked as (
    select
        account_id,
        feature_id,
        percent_rank() over (partition by feature_id order by depth_28d) as depth_percentile,
        count(*) over (partition by feature_id) as user_account_count
    from offered
    where depth_28d is not null
)

-- A percentile among fewer than 20 says nothing.
select
    offered.account_id,
    offered.feature_id,
    offered.eligible_date,
    offered.adopted_date,
    offered.last_used_date,
    cast(offered.adopting_user_count as bigint) as adopting_user_count,
    cast(offered.core_events_28d as bigint) as core_events_28d,
    offered.depth_28d,
    case when ranked.user_account_count >= 20 then ranked.depth_percentile end as depth_percentile,
    case
        when offered.last_used_date >= offered.window_start then 'used'
        when offered.watched_from > offered.window_start then 'too_new'
        else 'unused'
    end as use_status,
    case when offered.is_cliff then cast(offered.used_week_count as integer) end as used_week_count,
    case when offered.is_cliff then offered.last_used_date + 1 end as silent_since
from offered
left join ranked using (account_id, feature_id)
