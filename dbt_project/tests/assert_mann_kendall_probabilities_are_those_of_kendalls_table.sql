{{ config(tags=['formula'], meta={'dagster': {'ref': {'name': 'fct_metric_trends'}}}) }}

{#- One-sided values of Kendall's table, to its three digits, and the ends, which are 2 of n! orders. -#}
with

probabilities as (select * from {{ ref('int_mann_kendall') }}),

published as (
    select 4 as point_count, 6 as score, 1 / 24.0 as one_sided, 0.000001 as tolerance
    union all select 5, 8, 0.042, 0.0005
    union all select 6, 11, 0.028, 0.0005
    union all select 8, 16, 0.031, 0.0005
    union all select 8, 28, 1 / 40320.0, 0.000000001
    union all select 7, 13, 0.035, 0.0005
    union all select 8, 0, 0.5, 0.000000001
)

select
    published.point_count,
    published.score,
    published.one_sided,
    probabilities.p_value
from published
left join probabilities
    on
        published.point_count = probabilities.point_count
        and published.score = probabilities.score
where coalesce(abs(probabilities.p_value / 2 - published.one_sided) > published.tolerance, true)
