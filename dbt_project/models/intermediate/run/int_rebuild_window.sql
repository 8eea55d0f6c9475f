with

touched as (select * from {{ ref('int_days_touched') }}),

last_build as (select * from {{ ref('stg_run__last_build') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Days that have passed since the last build are new even where nothing landed for them.
changed as (
    select
        parameters.as_of_date,
        least(
            coalesce(min(last_build.as_of_date) + 1, date '0001-01-01'),
            coalesce(min(touched.touched_from), date '9999-12-31')
        ) as changed_from
    from parameters
    cross join touched
    left join last_build on parameters.as_of_date >= last_build.as_of_date
    group by parameters.as_of_date
)

select
    changed_from,
    least(changed_from, coalesce({{ open_sessions_from('changed_from') }}, changed_from)) as rebuild_from,
    as_of_date
from changed
