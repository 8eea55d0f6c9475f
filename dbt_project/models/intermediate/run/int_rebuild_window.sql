with

affected as (select * from {{ ref('int_first_affected_days') }}),

last_build as (select * from {{ ref('stg_run__last_build') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

loads as (select load_id from {{ ref('stg_run__loads') }} where refusal is null),

replays as (select * from {{ ref('stg_run__replays') }}),

-- Days that have passed since the last build are new even where nothing landed for them.
changed as (
    select
        parameters.as_of_date,
        least(
            coalesce(min(last_build.as_of_date) + 1, date '0001-01-01'),
            coalesce(min(affected.affected_from), date '9999-12-31')
        ) as changed_from
    from parameters
    cross join affected
    left join last_build on parameters.as_of_date >= last_build.as_of_date
    group by parameters.as_of_date
)

select
    changed_from,
    least(changed_from, coalesce({{ open_sessions_from('changed_from') }}, changed_from)) as rebuild_from,
    as_of_date,
    (select count(*) from loads) + (select count(*) from replays) as load_count
from changed
