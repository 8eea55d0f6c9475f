{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{%- set days_to_sleep = var('asleep_after_days') | int %}
{%- set days_it_stands = 6 %}
{%- set columns = [
    'account_id', 'score_date', 'model', 'model_version_id', 'lifecycle_stage', 'scoring_stage', 'size_band', 'tenure_days',
    'last_active_date', 'tenure_days_when_last_active',
] %}
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

-- The days before those that are built stand in the table.
account_days as (
    select {{ columns | join(', ') }}
    from {{ ref('int_account_days_assigned') }}
    where {{ in_rebuild_window('score_date') }}
    {%- if is_incremental() %}
        union all
        select {{ columns | join(', ') }}
        from {{ this }}
        where
            score_date < {{ rebuild_from() }}
            and {{ in_rebuild_window('score_date', look_back=days_to_sleep - 1 + days_it_stands) }}
    {%- endif %}
),

-- A source that falls silent or speaks again can move everybody, and so can other references.
turns as (
    select valid_from as date_day
    from {{ ref('int_score_references_dated') }}
    union
    select date_day
    from {{ ref('fct_source_freshness_daily') }}
    qualify is_stale != lag(is_stale) over (partition by source order by date_day)
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
        turns.date_day is not null
        or cast(date_trunc('week', account_days.score_date) as date) = account_days.score_date as is_always_measured,
        account_days.model_version_id != lag(account_days.model_version_id) over account_history
        or account_days.size_band != lag(account_days.size_band) over account_history as is_switch
    from account_days
    left join heard using (account_id, score_date)
    left join turns on account_days.score_date = turns.date_day
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
),

-- Asleep, an account is measured once a week, and when it could change: what was found stands until the next time.
measured as (
    select
        *,
        max(case when not is_asleep or is_switch_compared or is_always_measured then score_date end) over (
            partition by account_id
            order by score_date
            range between interval {{ days_it_stands }} days preceding and current row
        ) as components_date
    from judged
)

select
    {{ columns | join(',\n    ') }},
    components_date
from measured
where {{ in_rebuild_window('score_date') }}
