{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{%- set mondays -%}
    select date_day as score_date
    from {{ ref('int_days_spined') }}
    where
        cast(date_trunc('week', date_day) as date) = date_day
        and {{ in_rebuild_window('date_day') }}
{%- endset %}

{{ segment_health_changes(mondays) }}
