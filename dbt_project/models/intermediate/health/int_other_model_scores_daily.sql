{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

components as (select * from {{ ref('int_other_model_components_daily') }} where {{ in_rebuild_window('score_date') }})

{{ summed_points('components') }}
