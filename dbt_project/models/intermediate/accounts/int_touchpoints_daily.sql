{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_deduplicated') }}
    where {{ in_rebuild_window('touch_date', look_back=27) }}
),

summed as (
    select
        account_id,
        touch_date as activity_date,
        count(*) filter (where kind = 'webinar_invited') as webinar_invited,
        count(*) filter (where kind = 'webinar_attended') as webinar_attended,
        count(*) filter (where kind = 'email_sent') as email_sent,
        count(*) filter (where kind = 'email_click') as email_clicked,
        count(*) filter (where kind = 'email_open') as email_opened
    from touchpoints
    group by account_id, touch_date
),

daily as (
    select
        segments.dimension,
        segments.segment,
        segments.activity_date,
        sum(coalesce(summed.webinar_invited, 0)) as webinar_invited,
        sum(coalesce(summed.webinar_attended, 0)) as webinar_attended,
        sum(coalesce(summed.email_sent, 0)) as email_sent,
        sum(coalesce(summed.email_clicked, 0)) as email_clicked,
        sum(coalesce(summed.email_opened, 0)) as email_opened
    from segments
    left join summed using (account_id, activity_date)
    where segments.dimension != 'account'
    group by
        segments.dimension,
        segments.segment,
        segments.activity_date
),

windowed as (
    select
        dimension,
        segment,
        activity_date,
        cast(sum(webinar_invited) over last_28_days as bigint) as webinar_invited_28d,
        cast(sum(webinar_attended) over last_28_days as bigint) as webinar_attended_28d,
        cast(sum(email_sent) over last_28_days as bigint) as email_sent_28d,
        cast(sum(email_clicked) over last_28_days as bigint) as email_clicked_28d,
        cast(sum(email_opened) over last_28_days as bigint) as email_opened_28d
    from daily
    window last_28_days as (
        partition by dimension, segment
        order by activity_date
        range between interval 27 days preceding and current row
    )
)

select
    dimension,
    segment,
    activity_date,
    webinar_invited_28d,
    webinar_attended_28d,
    email_sent_28d,
    email_clicked_28d,
    email_opened_28d
from windowed
where {{ in_rebuild_window('activity_date') }}
