{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{%- set dimensions = [
    'plan', 'size_band', 'industry', 'country', 'region', 'tenure_band', 'lifecycle_stage', 'platform', 'usage_decile'
] %}

with

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

-- Before a company has cut points everybody's decile is unknown: rows by it would repeat the total.
first_cut_points as (
    select min(valid_from) as first_date
    from {{ ref('int_cut_points_dated') }}
    where measure = 'core_events_28d'
),

-- Customers on the day, without our own and without test accounts.
population as (
    select * from attributes
    where
        is_in_population
        and {{ in_rebuild_window('activity_date') }}
),

group_sizes as (
    {%- for dimension in dimensions %}
        select
            '{{ dimension }}' as dimension,
            {{ dimension }} as segment,
            activity_date,
            case when count(*) < {{ var('minimum_segment_accounts') }} then 'other' else {{ dimension }} end
                as shown_segment
        from population
        {% if dimension == 'usage_decile' -%}
            where activity_date >= (select first_cut_points.first_date from first_cut_points)
        {% endif -%}
        group by {{ dimension }}, activity_date
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    account_id,
    activity_date,
    'all' as dimension,
    'all' as segment
from population
{% for dimension in dimensions %}
    union all
    select
        population.account_id,
        population.activity_date,
        '{{ dimension }}' as dimension,
        group_sizes.shown_segment as segment
    from population
    inner join group_sizes
        on
            group_sizes.dimension = '{{ dimension }}'
            and population.{{ dimension }} = group_sizes.segment
            and population.activity_date = group_sizes.activity_date
{% endfor %}
union all
select
    account_id,
    activity_date,
    'account' as dimension,
    account_id as segment
from population
