{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

account_days as (
    select * from {{ ref('int_scored_account_days') }}
    where {{ in_rebuild_window('score_date', look_back=var('change_horizons') | max) }}
),

versions as (select * from {{ ref('score_model_versions') }}),

lineage as (select * from {{ ref('int_score_version_lineage') }}),

days as (
    select * from account_days
    where components_date = score_date and {{ in_rebuild_window('score_date') }}
),

-- Who is scored by another model than before is scored by the old one too, as long as the change is looked back on:
-- the difference on one day between two models is the model's doing, not the customer's.
outgoing as (
    {%- for horizon in var('change_horizons') %}
        select
            days.account_id,
            days.score_date,
            earlier.model_version_id
        from days
        inner join account_days as earlier
            on
                days.account_id = earlier.account_id
                and days.score_date = earlier.score_date + {{ horizon }}
        where days.model_version_id != earlier.model_version_id
        {% if not loop.last %}union{% endif %}
    {%- endfor %}
),

-- The version before goes on beside its successor, which has to do better. Where it is outgoing it is there already.
previous as (
    select
        days.account_id,
        days.score_date,
        lineage.previous_version_id as model_version_id
    from days
    inner join lineage using (model_version_id)
    left join outgoing
        on
            days.account_id = outgoing.account_id
            and days.score_date = outgoing.score_date
            and lineage.previous_version_id = outgoing.model_version_id
    where outgoing.account_id is null
),

-- A draft is tried on the accounts of its own model, on every day that is there: valid_from is when it would go live.
shadow as (
    select
        days.account_id,
        days.score_date,
        versions.model_version_id
    from days
    inner join versions
        on
            days.model = versions.model
            and versions.status = 'shadow'
            and (versions.valid_to is null or days.score_date < versions.valid_to)
),

played as (
    select
        account_id,
        score_date,
        model_version_id,
        'live' as model_role
    from days
    {%- for role in ['outgoing', 'previous', 'shadow'] %}
        union all
        select
            account_id,
            score_date,
            model_version_id,
            '{{ role }}' as model_role
        from {{ role }}
    {%- endfor %}
)

select
    played.account_id,
    played.score_date,
    played.model_version_id,
    played.model_role,
    days.size_band
from played
inner join days using (account_id, score_date)
