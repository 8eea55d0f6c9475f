{#- Levels of a group of companies after which somebody who still stands above somebody stands in a circle. -#}
{%- set doublings = 5 -%}

with

accounts as (select * from {{ with_known_names('stg_crm__accounts') }}),

-- A state from after the last complete day is taken only where no earlier one was exported.
latest as (
    select * from accounts
    where
        rejection_reason is null
        and {{ happened_by_as_of('created_at') }}
    qualify
        {{ is_latest(
            ['account_id'],
            [happened_by_as_of('coalesce(valid_from, updated_at)'), 'valid_from', 'updated_at']
        ) }}
),

-- Some exports name every account without a parent as its own.
above_1 as (
    select
        account_id as lower_id,
        parent_account_id as upper_id
    from latest
    where parent_account_id != account_id
),

{% for doubling in range(1, doublings + 1) %}
    above_{{ 2 ** doubling }} as (
        select
            lower_part.lower_id,
            upper_part.upper_id
        from above_{{ 2 ** (doubling - 1) }} as lower_part
        inner join above_{{ 2 ** (doubling - 1) }} as upper_part on lower_part.upper_id = upper_part.lower_id
    ),

{% endfor %}
-- Where what is above leads back, everybody in the circle stands that high above somebody, however long it is.
circled as (select distinct upper_id as account_id from above_{{ 2 ** doublings }})

select
    latest.account_id,
    case
        when circled.account_id is null and latest.parent_account_id != latest.account_id
            then latest.parent_account_id
    end as parent_account_id,
    latest.owner_id,
    latest.csm_id,
    latest.account_name,
    latest.domain,
    latest.account_type,
    latest.industry,
    latest.country,
    latest.region,
    latest.size_band,
    latest.age_band,
    latest.plan_override,
    latest.lifecycle_override,
    latest.timezone,
    latest.account_type in ('internal', 'test') as is_internal,
    latest.created_at,
    case
        when circled.account_id is not null
            then 'parent_account_id leads back to the account itself over others: it has no parent'
    end as contradiction,
    latest.landed_file,
    latest.landed_line
from latest
left join circled using (account_id)
