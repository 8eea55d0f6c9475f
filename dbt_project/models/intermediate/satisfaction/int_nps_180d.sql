{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{{ standing_nps_days(180) }}
