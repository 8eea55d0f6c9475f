with

snapshots as (select * from {{ ref('int_account_snapshots') }}),

churns as (select * from {{ ref('fct_churns') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

horizons as (
    {%- for days in var('outcome_horizons') %}
        select {{ days }} as horizon_days
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Only an end whose grace is over counts.
followed as (
    select
        snapshots.account_id,
        snapshots.snapshot_date,
        snapshots.mrr,
        min(churns.churn_date) as churn_date,
        min(churns.service_ended_date) as service_ended_date
    from snapshots
    left join churns
        on
            snapshots.account_id = churns.account_id
            and snapshots.snapshot_date < churns.service_ended_date
            and churns.is_final
    group by snapshots.account_id, snapshots.snapshot_date, snapshots.mrr
),

placed as (
    select
        followed.*,
        horizons.horizon_days,
        followed.snapshot_date + {{ var('outcome_lead_days') }} as blackout_end,
        followed.snapshot_date + {{ var('outcome_lead_days') }} + horizons.horizon_days as window_end,
        followed.snapshot_date + {{ var('outcome_lead_days') }} + horizons.horizon_days
        + {{ var('churn_grace_days') }} as matures_on
    from followed
    cross join horizons
)

-- Leavers within the blackout are gone before anybody could act: they are neither caught nor missed. Whose term ran out
-- by then has nothing left to leave.
-- All windows of a Monday mature together, as churns are known before stays.
select
    placed.account_id,
    placed.snapshot_date,
    cast(placed.horizon_days as integer) as horizon_days,
    placed.blackout_end,
    placed.window_end,
    placed.matures_on,
    placed.matures_on <= parameters.as_of_date as is_mature,
    case when placed.churn_date <= placed.window_end then placed.churn_date end as churn_date,
    case when placed.service_ended_date <= placed.window_end then placed.service_ended_date end as service_ended_date,
    placed.mrr
from placed
cross join parameters
where placed.service_ended_date is null or placed.service_ended_date > placed.blackout_end
