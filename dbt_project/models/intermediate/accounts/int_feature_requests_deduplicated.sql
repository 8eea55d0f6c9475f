{{ config(materialized='ephemeral') }}

with

requests as (select * from {{ with_known_names('stg_crm__feature_requests') }}),

latest as (
    select * from requests
    where
        rejection_reason is null
        and {{ happened_by_as_of('requested_at') }}
    qualify {{ is_latest(['request_id'], [happened_by_as_of('updated_at'), 'updated_at']) }}
)

-- A wish whose state nobody knows is still one.
select
    latest.request_id,
    latest.account_id,
    latest.idea_id,
    latest.idea_title,
    coalesce(
        {{ local_day('latest.closed_at') }} > parameters.as_of_date,
        coalesce(latest.status, 'open') in ('open', 'planned') and latest.closed_at is null
    ) as is_open,
    coalesce(latest.status = 'planned', false) as is_planned,
    {{ local_day('latest.requested_at') }} as requested_on
from latest
cross join {{ ref('stg_run__parameters') }} as parameters
