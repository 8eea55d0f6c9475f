{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

-- Asleep, an account is measured once a week: what was found then stands until the next time.
components as (
    select * from {{ ref('fct_account_health_components_daily') }}
    where {{ in_rebuild_window('score_date', look_back=6) }}
),

account_days as (select * from {{ ref('int_scored_account_days') }} where {{ in_rebuild_window('score_date') }}),

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

-- The first day that is scored by what is usual among the company's own customers.
first_references as (
    select min(valid_from) as valid_from
    from {{ ref('int_score_references_dated') }}
    where is_drawn
),

judged as (
    select
        account_days.account_id,
        account_days.score_date,
        account_days.model_version_id,
        account_days.lifecycle_stage,
        account_days.scoring_stage,
        account_days.tenure_days,
        account_days.components_date,
        summed.base_score,
        summed.neutral_score,
        summed.confidence,
        summed.coverage,
        capped.cap,
        capped.override_rule,
        coalesce(account_days.score_date < first_references.valid_from, true) as is_provisional,
        case
            when account_days.tenure_days < {{ var('minimum_tenure_days') }} then 'too_new'
            when summed.coverage < {{ var('minimum_coverage') }} then 'not_measured'
            when summed.confidence < {{ var('minimum_confidence') }} then 'low_confidence'
            when summed.base_score - summed.neutral_score > {{ var('inflated_by_points') }} then 'inflated_by_missing'
            else 'ok'
        end as status
    from account_days
    cross join first_references
    inner join summed
        on
            account_days.account_id = summed.account_id
            and account_days.components_date = summed.score_date
    left join capped
        on
            account_days.account_id = capped.account_id
            and account_days.score_date = capped.score_date
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
    is_provisional,
    case
        when status = 'too_new' then score_date + ({{ var('minimum_tenure_days') }} - tenure_days)
    end as scorable_on,
    components_date
from judged
