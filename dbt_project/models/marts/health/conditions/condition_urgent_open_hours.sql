with

account_days as (select * from {{ ref('int_account_days_spined') }}),

support as (select * from {{ ref('fct_support_28d') }}),

stale_days as (
    select * from {{ ref('fct_source_freshness_daily') }}
    where source = 'support_tickets' and is_stale
)

-- While the source is silent nobody knows what has been solved: what was so when it last spoke stands.
select
    account_days.account_id,
    account_days.activity_date as score_date,
    support.urgent_open_hours as condition_value
from account_days
left join stale_days on account_days.activity_date = stale_days.date_day
inner join support
    on
        account_days.account_id = support.account_id
        and coalesce(stale_days.fresh_on, account_days.activity_date) = support.activity_date
where support.urgent_open_hours > 0
