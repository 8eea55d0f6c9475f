{{ config(materialized='ephemeral') }}

select as_of_date
from {{ source('run', 'last_build') }}

-- Left behind in raw: cause (what the build followed from besides raw rows, which the run compares itself).
