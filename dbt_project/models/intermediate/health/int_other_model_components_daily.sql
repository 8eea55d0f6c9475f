{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

{{ component_points(['outgoing', 'previous', 'shadow']) }}
