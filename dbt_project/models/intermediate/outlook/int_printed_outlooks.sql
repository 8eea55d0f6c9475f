with

printed as (select * from {{ ref('stg_outlook__published_outlooks') }}),

outcomes as (select * from {{ ref('fct_account_outcomes') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

due as (
    select
        *,
        prediction_date + {{ var('outcome_lead_days') }} + horizon_days + {{ var('churn_grace_days') }} as settles_on,
        place <= {{ var('care_capacity') }} as is_warning
    from printed
)

-- Void is what cannot come true any more: who asked to leave on the Monday itself, or left before anybody could act.
select
    due.account_id,
    due.prediction_date,
    due.horizon_days,
    due.model_version,
    due.label,
    due.status,
    due.probability,
    due.place,
    due.is_warning,
    due.settles_on,
    outcomes.is_event as has_happened,
    case
        when due.settles_on > parameters.as_of_date then 'open'
        when outcomes.is_event is null then 'void'
        when outcomes.is_event = due.is_warning then 'right'
        else 'wrong'
    end as settlement
from due
cross join parameters
left join outcomes
    on
        due.account_id = outcomes.account_id
        and due.prediction_date = outcomes.snapshot_date
        and due.label = outcomes.label
        and due.horizon_days = outcomes.horizon_days
where due.prediction_date <= parameters.as_of_date + 1
