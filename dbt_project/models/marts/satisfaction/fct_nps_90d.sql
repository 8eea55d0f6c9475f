{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

{{ standing_nps_days(90) }}
