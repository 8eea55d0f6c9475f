with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

user_activity as (select * from {{ ref('fct_user_activity_daily') }}),

active_days as (
    select
        segments.dimension,
        segments.segment,
        user_activity.account_id,
        user_activity.user_id,
        user_activity.activity_date
    from user_activity
    inner join segments using (account_id, activity_date)
    where user_activity.is_in_population and segments.dimension != 'account'
)

{% for entity in ['user', 'account'] %}
    {% for period in ['week', 'month'] %}
        select distinct
            '{{ entity }}' as entity,
            '{{ period }}' as period,
            dimension,
            segment,
            {{ entity }}_id as entity_id,
            cast(date_trunc('{{ period }}', activity_date) as date) as period_start
        from active_days
        {% if not (entity == 'account' and loop.last) %}union all{% endif %}
    {% endfor %}
{% endfor %}
