with

landed as (select * from {{ ref('stg_catalogue__score_references') }}),

components as (select distinct component from {{ ref('score_components') }}),

latest as (
    select * from landed
    where rejection_reason is null
    qualify {{ is_latest(['component', 'segment', 'valid_from'], []) }}
),

-- Before the first references of a company there is a time without any.
starts as (
    select
        component,
        valid_from
    from latest
    union
    select
        component,
        date '0001-01-01' as valid_from
    from components
),

periods as (
    select
        component,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (partition by component order by valid_from) as valid_to
    from starts
),

segments as (
    select
        component,
        segment
    from latest
    union
    select
        component,
        'all' as segment
    from starts
)

-- What is not told of accounts of a size is what is usual of all.
select
    periods.component,
    segments.segment,
    {%- for column in ['p10', 'p25', 'p50', 'p75', 'p90', 'prior_value'] %}
        coalesce(own.{{ column }}, everybody.{{ column }}) as {{ column }},
    {%- endfor %}
    coalesce(own.drawn_from, everybody.drawn_from) as drawn_from,
    coalesce(own.valid_from, everybody.valid_from) is not null as is_drawn,
    periods.valid_from,
    periods.valid_to
from periods
inner join segments on periods.component = segments.component
left join latest as own
    on
        periods.component = own.component
        and segments.segment = own.segment
        and periods.valid_from = own.valid_from
left join latest as everybody
    on
        periods.component = everybody.component
        and everybody.segment = 'all'
        and periods.valid_from = everybody.valid_from
