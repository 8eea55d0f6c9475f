with

rhythms as (select * from {{ ref('source_rhythms') }}),

dates as (select * from {{ ref('int_days_spined') }}),

user_activity as (select * from {{ ref('fct_user_activity_daily') }}),

errors as (select * from {{ ref('int_errors_daily') }}),

performance as (select * from {{ ref('int_performance_daily') }}),

tickets as (select * from {{ ref('fct_tickets') }}),

heard as (
    select distinct
        'product_events' as source,
        activity_date as date_day
    from user_activity
    union all
    select distinct
        'product_error_logs' as source,
        activity_date as date_day
    from errors
    union all
    select distinct
        'product_performance_logs' as source,
        activity_date as date_day
    from performance
    union all
    select distinct
        'support_tickets' as source,
        created_date as date_day
    from tickets
),

-- A source without a rhythm of its own is never stale: nobody can tell silence from nothing to say.
latest as (
    select
        rhythms.source,
        dates.date_day,
        max(heard.date_day) over (partition by rhythms.source order by dates.date_day) as heard_on,
        rhythms.stale_after_days
    from rhythms
    cross join dates
    left join heard
        on
            rhythms.source = heard.source
            and dates.date_day = heard.date_day
),

judged as (
    select
        source,
        date_day,
        heard_on as fresh_on,
        coalesce({{ days_between('heard_on', 'date_day') }} > stale_after_days, false) as is_stale
    from latest
)

select
    source,
    date_day,
    fresh_on,
    is_stale,
    count(case when not is_stale then 1 end) over (
        partition by source
        order by date_day
        rows between unbounded preceding and current row
    ) as fresh_day_count
from judged
