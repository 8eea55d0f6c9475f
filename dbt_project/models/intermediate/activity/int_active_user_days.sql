{{ config(materialized='ephemeral') }}

with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

user_activity as (
    select
        *,
        count(*) over (partition by user_id, activity_date) as account_count
    from {{ ref('fct_user_activity_daily') }}
    where is_in_population
)

-- Only who was active in several accounts on a day can be twice in a segment.
{% for distinct, accounts in [('', '= 1'), ('distinct', '> 1')] %}
    select {{ distinct }}
        segments.dimension,
        segments.segment,
        user_activity.user_id,
        user_activity.activity_date
    from user_activity
    inner join segments using (account_id, activity_date)
    where user_activity.account_count {{ accounts }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
