{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='period_end') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=31) }}
),

user_activity as (
    select * from {{ ref('fct_user_activity_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=31) }}
),

active_days as (
    select
        segments.dimension,
        segments.segment,
        user_activity.account_id,
        user_activity.user_id,
        user_activity.activity_date
    from user_activity
    inner join segments using (account_id, activity_date)
    where user_activity.is_in_population and segments.dimension != 'account'
),

active_periods as (
    {%- for entity in ['user', 'account'] %}
        {%- for period in ['week', 'month'] %}
            select distinct
                '{{ entity }}' as entity,
                '{{ period }}' as period,
                dimension,
                segment,
                {{ entity }}_id as entity_id,
                cast(date_trunc('{{ period }}', activity_date) as date) as period_start
            from active_days
            {% if not (entity == 'account' and loop.last) %}union all{% endif %}
        {%- endfor %}
    {%- endfor %}
)

select
    entity,
    period,
    dimension,
    segment,
    entity_id,
    period_start,
    {{ next_period('period', 'period_start') }} - 1 as period_end
from active_periods
where {{ in_rebuild_window(next_period('period', 'period_start') ~ ' - 1') }}
