-- Why a component, as a ratio of sums over accounts, changed within 28 days. Accounts that joined, left or moved are cells of
-- their own, so that segments compare the same accounts with themselves. One row per component, dimension and segment.
with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

measured as (
    select
        components.component,
        components.account_id,
        segments.dimension,
        segments.segment,
        health.score_date = parameters.as_of_date as is_now,
        cast(components.numerator as decimal(38, 6)) as numerator,
        cast(components.denominator as decimal(38, 6)) as denominator
    from health
    inner join parameters on health.score_date in (parameters.as_of_date, parameters.as_of_date - 28)
    inner join components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
    inner join segments
        on
            health.account_id = segments.account_id
            and health.score_date = segments.activity_date
    where
        components.is_available
        and components.denominator > 0
        and segments.dimension != 'account'
),

accounts as (
    select
        component,
        dimension,
        account_id,
        max(segment) filter (where not is_now) as segment_before,
        max(segment) filter (where is_now) as segment_now,
        coalesce(sum(numerator) filter (where not is_now), 0) as numerator_before,
        coalesce(sum(denominator) filter (where not is_now), 0) as denominator_before,
        coalesce(sum(numerator) filter (where is_now), 0) as numerator_now,
        coalesce(sum(denominator) filter (where is_now), 0) as denominator_now
    from measured
    group by component, dimension, account_id
),

-- Who came, left or changed the segment is a cell of its own, so that the segments compare the same accounts with
-- themselves.
cells as (
    select
        component,
        dimension,
        case
            when segment_before is null then 'accounts that joined'
            when segment_now is null then 'accounts that left'
            when segment_before != segment_now then 'accounts that moved'
            else segment_now
        end as segment,
        sum(numerator_before) as numerator_before,
        sum(denominator_before) as denominator_before,
        sum(numerator_now) as numerator_now,
        sum(denominator_now) as denominator_now
    from accounts
    group by all
),

{{ mix_effects('cells', keys=['component', 'dimension'], cell='segment') }}
