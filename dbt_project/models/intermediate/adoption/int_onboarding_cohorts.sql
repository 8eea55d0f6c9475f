with

starts as (select * from {{ ref('int_account_starts') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

activations as (select * from {{ ref('int_account_activations') }}),

rules as (select * from {{ ref('activation_rules') }}),

milestones as (select * from {{ ref('fct_account_milestones') }}),

month_ends as (select * from {{ ref('int_month_ends') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

chosen as (
    select
        rule_id,
        min(within_days) as within_days
    from rules
    where is_chosen
    group by rule_id
),

steps as (
    select
        account_id,
        count(*) as required_count,
        count(*) filter (where days_to_complete < 30) as completed_30d_count,
        max(coalesce(days_to_complete, 99999)) as slowest_days
    from milestones
    where is_required
    group by account_id
),

cohorts as (
    select
        segments.dimension,
        segments.segment,
        month_ends.month_end,
        chosen.within_days,
        count(*) as started_count,
        count(*) filter (where activations.is_applicable) as applicable_count,
        count(*) filter (where activations.is_activated) as activated_count,
        sum(steps.required_count) as required_count,
        sum(steps.completed_30d_count) as completed_30d_count,
        count(*) filter (where steps.slowest_days < 30) as complete_30d_count,
        count(*) filter (where steps.slowest_days < 60) as complete_60d_count,
        count(*) filter (where steps.slowest_days < 90) as complete_90d_count
    from starts
    cross join chosen
    inner join segments on starts.account_id = segments.account_id and starts.started_on = segments.activity_date
    inner join month_ends on date_trunc('month', starts.started_on) = date_trunc('month', month_ends.month_end)
    inner join activations on starts.account_id = activations.account_id and chosen.rule_id = activations.rule_id
    left join steps on starts.account_id = steps.account_id
    where segments.dimension != 'account'
    group by segments.dimension, segments.segment, month_ends.month_end, chosen.within_days
)

-- A count whose last account is not old enough yet would still change, so it is not shown.
select
    cohorts.dimension,
    cohorts.segment,
    cohorts.month_end,
    cast(cohorts.within_days as integer) as within_days,
    cohorts.started_count,
    cohorts.applicable_count,
    {% for count, days in [
        ('activated_count', 'cohorts.within_days'), ('completed_30d_count', 30),
        ('complete_30d_count', 30), ('complete_60d_count', 60), ('complete_90d_count', 90)
    ] %}
        case
            when cohorts.month_end + {{ days }} - 1 <= parameters.as_of_date then cast(cohorts.{{ count }} as bigint)
        end as {{ count }},
    {% endfor %}
    cast(cohorts.required_count as bigint) as required_count
from cohorts
cross join parameters
