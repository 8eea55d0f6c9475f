{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{%- set days_to_sleep = var('asleep_after_days') | int %}
{%- set signs_of_life = [
    ('fct_account_activity_daily', 'activity_date', 'is_active'),
    ('int_errors_daily', 'activity_date', 'true'),
    ('int_performance_daily', 'activity_date', 'true'),
    ('fct_tickets', 'created_date', 'true'),
    ('fct_open_tickets_daily', 'activity_date', 'true'),
    ('fct_surveys', 'response_date', 'true'),
    ('int_payments_overdue_daily', 'activity_date', 'true'),
    ('int_subscription_items_dated', 'first_date', 'true'),
    ('int_subscription_items_dated', 'end_date', 'true'),
] %}

with

account_days as (
    select * from {{ ref('int_scored_account_days') }}
    where {{ in_rebuild_window('score_date', look_back=days_to_sleep - 1) }}
),

-- A source that falls silent or speaks again can move everybody, and so can other references.
turns as (
    select valid_from as date_day
    from {{ ref('int_score_references_dated') }}
    union
    select date_day
    from (
        select
            date_day,
            is_stale != lag(is_stale) over (partition by source order by date_day) as is_turn
        from {{ ref('fct_source_freshness_daily') }}
    ) as days_of_sources
    where is_turn
),

heard as (
    {%- for model, day, condition in signs_of_life %}
        select
            account_id,
            {{ day }} as score_date
        from {{ ref(model) }}
        where {{ condition }}
        {% if not loop.last %}union{% endif %}
    {%- endfor %}
),

watched as (
    select
        account_days.*,
        heard.account_id is not null as is_heard,
        account_days.model_version_id != lag(account_days.model_version_id) over account_history
        or account_days.size_band != lag(account_days.size_band) over account_history as is_switch
    from account_days
    left join heard using (account_id, score_date)
    window account_history as (partition by account_days.account_id order by account_days.score_date)
),

-- A missing day was none of a customer: who comes back is awake. So rows are days.
judged as (
    select
        *,
        count(*) over longest_window = {{ days_to_sleep }} and not bool_or(is_heard) over longest_window as is_asleep,
        is_switch
        {%- for horizon in var('change_horizons') %}
            or lag(is_switch, {{ horizon }}) over account_history
        {%- endfor %} as is_switch_compared
    from watched
    window
        account_history as (partition by account_id order by score_date),
        longest_window as (
            partition by account_id
            order by score_date
            range between interval {{ days_to_sleep - 1 }} days preceding and current row
        )
)

-- Asleep, an account is measured once a week, and when it could change.
select
    judged.account_id,
    judged.score_date,
    judged.model,
    judged.model_version_id,
    judged.lifecycle_stage,
    judged.scoring_stage,
    judged.size_band,
    judged.tenure_days,
    judged.last_active_date,
    judged.tenure_days_when_last_active
from judged
left join turns on judged.score_date = turns.date_day
where
    {{ in_rebuild_window('judged.score_date') }}
    and (
        not judged.is_asleep
        or judged.is_switch_compared
        or turns.date_day is not null
        or cast(date_trunc('week', judged.score_date) as date) = judged.score_date
    )
