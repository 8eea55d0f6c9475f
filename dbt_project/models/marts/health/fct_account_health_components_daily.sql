{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{{ component_points(['live']) }}
