with

runs as (
    select
        *,
        cast(extract(year from run_start) as string) as cohort
    from {{ ref('int_contract_runs') }}
    where not is_mixed
),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

observations as (select * from {{ ref('int_churn_observations_started') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

grouped as (
    {% for dimension in var('value_dimensions') %}
        select
            '{{ dimension }}' as dimension,
            {{ {'all': "'all'", 'cohort': 'runs.cohort'}.get(dimension, 'lifetimes.' ~ dimension) }} as segment,
            runs.term_months,
            runs.run_start,
            runs.spell_end,
            runs.is_completed
        from runs
        inner join lifetimes using (account_id)
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

numbers as (
    select number
    from
        {{ number_series('1', "(
            select coalesce(max(" ~ months_completed('runs.run_start', 'parameters.as_of_date') ~ "), 0) + 1
            from runs
            cross join parameters
        )") }}
),

-- A renewal came up of whoever was a customer at the beginning of the period before it, and was watched from there
-- until the grace after it was over; in a term of more than a month nobody can leave on most days, so to be watched
-- at its end is enough. Who began before anything was watched enters late; whose term ran out leaves early.
at_risk as (
    select
        grouped.dimension,
        grouped.segment,
        grouped.term_months,
        numbers.number as renewal_number,
        not grouped.is_completed
        and grouped.spell_end
        <= {{ months_later('grouped.run_start', 'numbers.number * grouped.term_months') }} as has_left
    from grouped
    cross join observations
    cross join parameters
    inner join numbers
        on
            (
                {{ months_later('grouped.run_start', '(numbers.number - 1) * grouped.term_months') }}
                >= observations.observed_from
                or (
                    grouped.term_months > 1
                    and grouped.spell_end > observations.observed_from
                    and {{ months_later('grouped.run_start', 'numbers.number * grouped.term_months') }}
                    > observations.observed_from
                )
            )
            and {{ months_later('grouped.run_start', 'numbers.number * grouped.term_months') }}
            <= parameters.as_of_date - {{ var('churn_grace_days') }}
            and {{ months_later('grouped.run_start', '(numbers.number - 1) * grouped.term_months') }}
            < grouped.spell_end
            and (
                not grouped.is_completed
                or {{ months_later('grouped.run_start', 'numbers.number * grouped.term_months') }}
                <= grouped.spell_end
            )
)

select
    dimension,
    segment,
    term_months,
    cast(renewal_number as integer) as renewal_number,
    count(*) as at_risk_count,
    count(*) filter (where has_left) as left_count
from at_risk
where segment is not null
group by dimension, segment, term_months, renewal_number
