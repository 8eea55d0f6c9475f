{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

components as (select * from {{ ref('int_other_model_components_daily') }} where {{ is_rebuilt('score_date') }})

{{ summed_points('components') }}
