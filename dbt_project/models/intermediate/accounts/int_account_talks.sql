{{ config(materialized='ephemeral') }}

with

touchpoints as (select * from {{ ref('int_touchpoints_deduplicated') }}),

-- Only what was between people is a talk; a campaign has one side.
talks as (
    select
        account_id,
        touch_date,
        coalesce(is_answered, kind in ('meeting', 'call') or direction = 'inbound', false) as is_two_way
    from touchpoints
    where
        account_id is not null
        and (kind in ('email', 'meeting', 'call') or direction is not null or is_answered is not null)
)

select
    account_id,
    min(touch_date) as first_told_date,
    max(case when is_two_way then touch_date end) as last_two_way_date
from talks
group by account_id
