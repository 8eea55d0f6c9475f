{{ config(materialized='ephemeral') }}

with

requests as (select * from {{ with_known_names('stg_privacy__erasure_requests') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    requests.request_id,
    requests.account_id,
    requests.is_fulfilled,
    not requests.is_fulfilled and coalesce(requests.due_at < parameters.as_of_date, false) as is_overdue,
    requests.requested_at,
    requests.due_at
from requests
cross join parameters
where
    requests.rejection_reason is null
    and {{ happened_by_as_of('requests.requested_at') }}
qualify {{ is_latest(['requests.request_id'], []) }}
