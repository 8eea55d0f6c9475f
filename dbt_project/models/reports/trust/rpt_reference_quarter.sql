with

health as (select * from {{ ref('fct_account_health_daily') }}),

reference_values as (select * from {{ ref('int_score_references_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- What holds on the last complete day, and when the company's own references began.
in_force as (
    select
        min(reference_values.valid_from) as first_valid_from,
        max(case when reference_values.valid_from <= parameters.as_of_date then reference_values.valid_from end)
            as valid_from
    from reference_values
    cross join parameters
    where reference_values.is_drawn
),

daily as (
    select
        health.score_date,
        count(*) as account_count
    from health
    inner join parameters on health.score_date <= parameters.as_of_date
    where health.health_score is not null
    group by health.score_date
),

scored as (
    select
        min(score_date) as first_scored_date,
        max(account_count) as most_account_count
    from daily
),

-- Days in a row with enough scored accounts.
runs as (
    select
        min(score_date) as first_date,
        max(score_date) as last_date,
        count(*) as day_count
    from (
        select
            score_date,
            score_date - cast(row_number() over (order by score_date) as integer) as run_id
        from daily
        where account_count >= {{ var('benchmark_minimum_accounts') }}
    ) as numbered
    group by run_id
),

-- The first references come from the first such quarter, later ones from the newest.
found as (
    select
        min(runs.first_date) filter (where runs.day_count >= {{ var('reference_days') }}) as first_quarter_from,
        max(runs.last_date) filter (
            where runs.day_count >= {{ var('reference_days') }} and runs.last_date = parameters.as_of_date
        ) as last_quarter_to,
        max(runs.day_count) as longest_day_count
    from runs
    cross join parameters
),

chosen as (
    select
        case
            when in_force.first_valid_from is null then found.first_quarter_from
            else found.last_quarter_to - ({{ var('reference_days') }} - 1)
        end as first_date,
        found.longest_day_count
    from found
    cross join in_force
)

select
    in_force.first_valid_from is null as is_first,
    in_force.first_valid_from,
    in_force.valid_from,
    scored.first_scored_date,
    chosen.first_date,
    chosen.first_date + ({{ var('reference_days') }} - 1) as last_date,
    cast({{ var('reference_days') }} as bigint) as needed_day_count,
    cast({{ var('benchmark_minimum_accounts') }} as bigint) as needed_account_count,
    cast(coalesce(chosen.longest_day_count, 0) as bigint) as longest_day_count,
    cast(coalesce(scored.most_account_count, 0) as bigint) as most_account_count,
    parameters.as_of_date
from parameters
cross join in_force
cross join chosen
cross join scored
