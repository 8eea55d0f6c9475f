with

segments as (select * from {{ ref('fct_account_segments_daily') }} where dimension != 'account'),

account_days as (select * from {{ ref('fct_account_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

days as (
    select
        parameters.as_of_date - 28 * numbered.number as segment_date,
        4 * numbered.number as weeks_before
    from parameters
    cross join {{ number_series('0', '1') }} as numbered
),

members as (
    select
        days.segment_date,
        days.weeks_before,
        segments.account_id,
        segments.dimension,
        segments.segment
    from segments
    inner join days on segments.activity_date = days.segment_date
),

-- Each pair of dimensions once. Dimension all stands beside every other one, so a segment by itself is a cell too.
cells as (
    select
        segment_date,
        members.weeks_before,
        account_id,
        members.dimension,
        members.segment,
        others.dimension as second_dimension,
        others.segment as second_segment
    from members
    inner join members as others using (account_id, segment_date)
    where members.dimension < others.dimension or (members.dimension = 'all' and others.dimension = 'all')
),

counted as (
    select
        cells.dimension,
        cells.segment,
        cells.second_dimension,
        cells.second_segment,
        cells.weeks_before,
        cells.segment_date,
        count(*) as account_count,
        count(account_days.health_score) as scored_account_count,
        count(*) filter (where account_days.band = 'at_risk') as at_risk_account_count,
        count(*) filter (where account_days.band = 'watch') as watch_account_count,
        count(*) filter (where account_days.band = 'healthy') as healthy_account_count,
        count(account_days.mrr) as known_mrr_count,
        sum(account_days.mrr) as mrr,
        case
            when count(account_days.health_score) > 0
                then {{ known_sum('account_days.mrr', "account_days.band = 'at_risk'") }}
        end as mrr_at_risk,
        cast(avg(cast(account_days.health_score as decimal(18, 9))) as double) as mean_health_score,
        sum(account_days.active_user_count_28d) as active_user_count,
        sum(account_days.open_ticket_count) as open_ticket_count
    from cells
    inner join account_days
        on
            cells.account_id = account_days.account_id
            and cells.segment_date = account_days.activity_date
    group by
        cells.dimension,
        cells.segment,
        cells.second_dimension,
        cells.second_segment,
        cells.weeks_before,
        cells.segment_date
)

-- Figures of few customers would say more about each of them than about the group.
{% set is_enough = 'account_count >= ' ~ var('cube_minimum_accounts') -%}
select
    dimension,
    segment,
    second_dimension,
    second_segment,
    weeks_before,
    case when {{ is_enough }} then 'ok' else 'insufficient_n' end as status,
    segment_date,
    account_count,
    case when {{ is_enough }} then scored_account_count end as scored_account_count,
    case when {{ is_enough }} then at_risk_account_count end as at_risk_account_count,
    case when {{ is_enough }} then watch_account_count end as watch_account_count,
    case when {{ is_enough }} then healthy_account_count end as healthy_account_count,
    case when {{ is_enough }} then known_mrr_count end as known_mrr_count,
    case when {{ is_enough }} then cast(mrr as decimal(18, 2)) end as mrr,
    case when {{ is_enough }} then cast(mrr_at_risk as decimal(18, 2)) end as mrr_at_risk,
    case when {{ is_enough }} then round(mean_health_score, 1) end as mean_health_score,
    case when {{ is_enough }} then cast(active_user_count as bigint) end as active_user_count,
    case when {{ is_enough }} then cast(open_ticket_count as bigint) end as open_ticket_count
from counted
