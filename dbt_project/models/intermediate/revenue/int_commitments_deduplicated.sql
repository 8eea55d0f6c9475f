{{ config(materialized='ephemeral') }}

with

commitments as (select * from {{ with_known_names('stg_billing__commitments') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

latest as (
    select * from commitments
    where rejection_reason is null
    qualify {{ is_latest(['commitment_id'], [happened_by_as_of('updated_at'), 'updated_at']) }}
)

select
    latest.commitment_id,
    latest.account_id,
    latest.meter,
    coalesce(latest.commitment_kind, 'unknown') as commitment_kind,
    latest.quantity,
    latest.starts_on,
    coalesce(latest.ends_on, date '9999-12-31') as ends_on
from latest
inner join parameters
    on
        latest.starts_on <= parameters.as_of_date
        and coalesce(latest.ends_on, date '9999-12-31') > parameters.as_of_date
