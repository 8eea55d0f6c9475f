{{ config(meta={'dagster': {'ref': {'name': 'int_metric_mix_effects'}}}) }}

with

metric_effects as (select * from {{ ref('int_metric_mix_effects') }}),

account_effects as (select * from {{ ref('int_account_mix_effects') }}),

summed as (
    select
        metric as measured,
        dimension,
        max(whole_change) as whole_change,
        sum(mix_effect + rate_effect) as effects
    from metric_effects
    group by metric, dimension

    union all

    select
        component,
        dimension,
        max(whole_change),
        sum(mix_effect + rate_effect)
    from account_effects
    group by component, dimension
)

select * from summed
where abs(whole_change - effects) > 0.000000001 * greatest(1, abs(whole_change))
