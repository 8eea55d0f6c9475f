{{ config(materialized='ephemeral') }}

select
    play,
    account_id,
    arm,
    assigned_on
from {{ source('run', 'play_assignments') }}
where assigned_on <= (select parameters.as_of_date from {{ ref('stg_run__parameters') }} as parameters)

-- Left behind in raw: holdout_share and salt (by which it was drawn), run_id.
