{{ config(materialized='ephemeral') }}

with

accounts as (select * from {{ with_known_names('stg_crm__accounts') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The newest statement counts for the day that it names, whenever it was made.
told as (
    select
        account_id,
        go_live_at
    from accounts
    where rejection_reason is null and go_live_at is not null
    qualify {{ is_latest(['account_id'], ['coalesce(valid_from, updated_at)', 'updated_at']) }}
)

-- What is still to come has begun nothing.
select
    told.account_id,
    told.go_live_at,
    {{ local_day('told.go_live_at') }} as went_live_on
from told
inner join parameters on {{ local_day('told.go_live_at') }} <= parameters.as_of_date
