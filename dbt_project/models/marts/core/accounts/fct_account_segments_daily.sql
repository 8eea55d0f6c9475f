with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

-- metrics.md 2.0.6: customers on the day, without our own and without test accounts.
population as (
    select
        subscription_days.account_id,
        subscription_days.activity_date,
        coalesce(subscription_days.plan_id, 'unknown') as plan,
        coalesce(accounts.country, 'unknown') as country,
        coalesce(accounts.industry, 'unknown') as industry,
        coalesce(accounts.size_band, 'unknown') as size_band
    from subscription_days
    inner join accounts using (account_id)
    where subscription_days.is_customer and not accounts.is_internal
)

select
    account_id,
    activity_date,
    'all' as dimension,
    'all' as segment
from population
{% for dimension in ['plan', 'country', 'industry', 'size_band'] %}
    union all
    select
        account_id,
        activity_date,
        '{{ dimension }}' as dimension,
        {{ dimension }} as segment
    from population
{% endfor %}
union all
select
    account_id,
    activity_date,
    'account' as dimension,
    account_id as segment
from population
