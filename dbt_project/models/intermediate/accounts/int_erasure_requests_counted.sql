{{ config(materialized='ephemeral') }}

with

requests as (select * from {{ ref('int_erasure_requests_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

-- Where no request has ever landed nobody can tell that there is none.
select
    parameters.as_of_date,
    case
        when count(requests.request_id) > 0
            then count(*) filter (where not requests.is_fulfilled)
    end as erasure_requests_open,
    case
        when count(requests.request_id) > 0
            then count(*) filter (where requests.is_overdue)
    end as erasure_requests_overdue
from parameters
left join requests on true
group by parameters.as_of_date
