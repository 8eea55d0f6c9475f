{{ config(meta={'dagster': {'ref': {'name': 'int_scored_account_days'}}}) }}

-- Every customer has a model on every day; that it is only one, the grain says.
with

attributes as (
    select * from {{ ref('int_account_attributes_daily') }}
    where is_in_population
),

scored as (select * from {{ ref('int_scored_account_days') }})

select
    attributes.account_id,
    attributes.activity_date
from attributes
left join scored
    on
        attributes.account_id = scored.account_id
        and attributes.activity_date = scored.score_date
where scored.account_id is null
