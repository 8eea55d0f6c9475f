{{ config(materialized='ephemeral') }}

with

integrations as (select * from {{ with_known_names('stg_product__integrations') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

latest as (
    select * from integrations
    where
        rejection_reason is null
        and {{ happened_by_as_of('connected_at') }}
    qualify {{ is_latest(['integration_id'], [happened_by_as_of('updated_at'), 'updated_at']) }}
)

-- What a time says goes before what a word says; what is to come has not happened.
select
    latest.integration_id,
    latest.account_id,
    coalesce(latest.integration_kind, 'a system') as integration_kind,
    case
        when {{ local_day('latest.disconnected_at') }} <= parameters.as_of_date then 'disconnected'
        when latest.disconnected_at is not null and latest.status = 'disconnected' then 'connected'
        when latest.status = 'failing' and {{ local_day('latest.failing_since') }} > parameters.as_of_date
            then 'connected'
        else latest.status
    end as status,
    {{ local_day('latest.failing_since') }} as failing_since,
    {{ local_day('latest.disconnected_at') }} as disconnected_on
from latest
cross join parameters
