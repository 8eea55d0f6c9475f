{{ config(tags=['formula'], meta={'dagster': {'ref': {'name': 'int_segment_gaps'}}}) }}

with

gaps as (select * from {{ ref('int_segment_gaps') }}),

summed as (
    select
        dimension,
        segment,
        compared_segment,
        by_dimension,
        max(whole_change) as whole_change,
        sum(mix_effect + rate_effect) as effects
    from gaps
    group by dimension, segment, compared_segment, by_dimension
)

select * from summed
where abs(whole_change - effects) > 0.000000001 * greatest(1, abs(whole_change))
