with

active_days as (select * from {{ ref('fct_account_activity_daily') }} where is_active),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where source = 'product_events'),

spells as (select * from {{ ref('int_paid_spells_merged') }}),

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

last_days as (select max(fresh_day_count) as fresh_day_count from freshness),

counted as (
    select
        active_days.account_id,
        active_days.activity_date as last_active_date,
        freshness.fresh_day_count as began_after,
        lead(active_days.activity_date) over account_days as returned_date,
        lead(freshness.fresh_day_count) over account_days as returned_on_count
    from active_days
    inner join freshness on active_days.activity_date = freshness.date_day
    window account_days as (partition by active_days.account_id order by active_days.activity_date)
),

long as (
    select
        counted.*,
        coalesce(counted.returned_on_count - 1, last_days.fresh_day_count) - counted.began_after as silent_days
    from counted
    cross join last_days
    where
        coalesce(counted.returned_on_count - 1, last_days.fresh_day_count) - counted.began_after
        >= {{ var('silence_weeks_at_least') }} * 7
),

-- Who is no customer any more says nothing by being silent: a silence counts until paid service ends.
served as (
    select
        long.account_id,
        long.last_active_date,
        long.began_after,
        long.returned_date,
        long.returned_on_count,
        long.silent_days,
        min(spells.spell_end) as service_ended_date
    from long
    inner join spells
        on
            long.account_id = spells.account_id
            and long.last_active_date < spells.spell_end
    group by
        long.account_id, long.last_active_date, long.began_after, long.returned_date, long.returned_on_count,
        long.silent_days
)

select
    served.account_id,
    served.last_active_date,
    served.returned_date,
    served.service_ended_date,
    served.began_after,
    served.returned_on_count,
    least(served.silent_days, coalesce(freshness.fresh_day_count - served.began_after, served.silent_days))
        as silent_days,
    coalesce(attributes.plan, 'unknown') as plan
from served
left join freshness on served.service_ended_date - 1 = freshness.date_day
left join attributes
    on
        served.account_id = attributes.account_id
        and served.last_active_date = attributes.activity_date
