{{ config(materialized='ephemeral') }}

with

usage as (select * from {{ ref('int_user_usage_summed_to_days') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

features as (select * from {{ ref('dim_features') }}),

core_use as (
    select
        usage.account_id,
        usage.user_id,
        usage.feature_id,
        usage.activity_date
    from usage
    inner join user_days using (account_id, user_id, activity_date)
    inner join features using (feature_id)
    where user_days.is_in_population and features.is_core and usage.core_event_count > 0
)

-- One row for each thing that must recur: every feature (which stays for 28 days after its last use) and every day.
{% for entity in ['user', 'account'] %}
    {% for kind, recurring in [('feature', 'feature_id'), ('day', 'cast(activity_date as string)')] %}
        select distinct
            '{{ entity }}' as entity,
            account_id,
            {{ entity }}_id as entity_id,
            '{{ kind }}' as kind,
            {{ recurring }} as recurring,
            activity_date
        from core_use
        {% if not (entity == 'account' and loop.last) %}union all{% endif %}
    {% endfor %}
{% endfor %}
