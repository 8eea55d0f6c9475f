{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

attributes as (select * from {{ ref('fct_account_attributes_daily') }} where {{ is_rebuilt('activity_date') }}),

versions as (select * from {{ ref('score_model_versions') }})

select
    attributes.account_id,
    attributes.activity_date as score_date,
    versions.model_version_id,
    attributes.lifecycle_stage,
    attributes.tenure_days
from attributes
inner join versions
    on
        versions.status = 'live'
        and attributes.activity_date >= versions.valid_from
        and (versions.valid_to is null or attributes.activity_date < versions.valid_to)
where attributes.is_in_population
