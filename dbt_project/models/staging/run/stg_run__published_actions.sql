{{ config(materialized='ephemeral') }}

select
    account_id,
    action_date,
    play,
    status,
    owner,
    due_date
from {{ source('run', 'published_actions') }}
where action_date <= (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)

-- Left behind in raw: run_id.
