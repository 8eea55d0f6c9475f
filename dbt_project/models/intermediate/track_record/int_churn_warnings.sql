with

churns as (select * from {{ ref('fct_churns') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

-- After the request to cancel a warning tells nobody anything.
decided as (
    select
        account_id,
        spell_number,
        churn_date,
        least(coalesce(cancel_requested_date, churn_date), churn_date) as decided_on,
        coalesce(
            lag(service_ended_date) over (partition by account_id order by spell_number), date '0001-01-01'
        ) as left_before_on
    from churns
),

days as (
    select
        decided.account_id,
        decided.spell_number,
        decided.churn_date,
        decided.decided_on,
        health.score_date,
        health.model_version_id,
        health.band
    from decided
    inner join health
        on
            decided.account_id = health.account_id
            and decided.left_before_on <= health.score_date
            and decided.decided_on > health.score_date
    where decided.churn_date is not null
),

summed as (
    select
        account_id,
        spell_number,
        churn_date,
        decided_on,
        max_by(model_version_id, score_date) as model_version_id,
        max_by(coalesce(band, 'not_scored'), score_date) as last_band,
        min(score_date) as first_scored_date,
        max(case when band is null or band != 'at_risk' then score_date end) as last_calm_date
    from days
    group by account_id, spell_number, churn_date, decided_on
),

-- A warning is what lasted until the decision; an alarm that was called off before it warned of nothing.
warned as (
    select
        *,
        case
            when last_band = 'at_risk' then coalesce(last_calm_date + 1, first_scored_date)
        end as warned_on
    from summed
)

select
    account_id,
    spell_number,
    churn_date,
    decided_on,
    model_version_id,
    last_band,
    warned_on,
    cast({{ days_between('warned_on', 'churn_date') }} as integer) as warning_days,
    cast({{ days_between('warned_on', 'decided_on') }} as integer) as days_to_decision
from warned
