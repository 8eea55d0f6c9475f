{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

components as (
    select * from {{ ref('fct_account_health_components_daily') }}
    where {{ in_rebuild_window('score_date', look_back=6) }}
),

account_days as (
    select * from {{ ref('int_scored_account_days') }}
    where {{ in_rebuild_window('score_date', look_back=6) }}
),

measured_days as (
    select
        account_id,
        score_date
    from {{ ref('int_measured_account_days') }}
    where {{ in_rebuild_window('score_date', look_back=6) }}
),

overrides as (
    select * from {{ ref('fct_account_health_overrides_daily') }}
    where {{ in_rebuild_window('score_date') }}
),

summed as (
    {{ summed_points('components') | indent }}
),

-- The lowest cap counts; of equal ones the first by name.
capped as (
    select * from overrides
    qualify row_number() over (partition by account_id, score_date order by cap asc, override_rule asc) = 1
),

-- Asleep, an account is measured once a week: what was found then stands until the next time.
explained as (
    select
        account_days.*,
        max(measured_days.score_date) over (
            partition by account_days.account_id
            order by account_days.score_date
            range between interval 6 days preceding and current row
        ) as components_date
    from account_days
    left join measured_days using (account_id, score_date)
),

judged as (
    select
        explained.account_id,
        explained.score_date,
        explained.model_version_id,
        explained.lifecycle_stage,
        explained.scoring_stage,
        explained.tenure_days,
        explained.components_date,
        summed.base_score,
        summed.neutral_score,
        summed.confidence,
        summed.coverage,
        capped.cap,
        capped.override_rule,
        case
            when explained.tenure_days < {{ var('minimum_tenure_days') }} then 'too_new'
            when summed.coverage < {{ var('minimum_coverage') }} then 'not_measured'
            when summed.confidence < {{ var('minimum_confidence') }} then 'low_confidence'
            when summed.base_score - summed.neutral_score > {{ var('inflated_by_points') }} then 'inflated_by_missing'
            else 'ok'
        end as status
    from explained
    inner join summed
        on
            explained.account_id = summed.account_id
            and explained.components_date = summed.score_date
    left join capped
        on
            explained.account_id = capped.account_id
            and explained.score_date = capped.score_date
    where {{ in_rebuild_window('explained.score_date') }}
)

select
    account_id,
    score_date,
    model_version_id,
    lifecycle_stage,
    scoring_stage,
    status,
    case when status not in ('too_new', 'not_measured') and cap < base_score then override_rule end as override_rule,
    base_score,
    case
        when status not in ('too_new', 'not_measured') then least(cast(0 as double), coalesce(cap, 100) - base_score)
    end as override_effect,
    case when status not in ('too_new', 'not_measured') then least(base_score, coalesce(cap, 100)) end as health_score,
    neutral_score,
    confidence,
    coverage,
    case
        when status = 'too_new' then score_date + ({{ var('minimum_tenure_days') }} - tenure_days)
    end as scorable_on,
    components_date
from judged
