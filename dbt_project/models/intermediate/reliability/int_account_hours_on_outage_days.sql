with

hours as (select * from {{ ref('business_hours') }} where schedule_id = '{{ var("customer_schedule") }}'),

holidays as (select * from {{ ref('holidays') }} where schedule_id = '{{ var("customer_schedule") }}'),

accounts as (select * from {{ ref('int_accounts_dated') }}),

outage_days as (
    select distinct
        account_id,
        activity_date
    from {{ ref('int_account_outages_split_to_days') }}
    where {{ in_rebuild_window('activity_date') }}
),

-- A day of the reporting zone touches two days of a zone that lies before or behind it.
local_days as (
    {%- for distance in [-1, 0, 1] %}
        select
            outage_days.account_id,
            outage_days.activity_date,
            outage_days.activity_date + {{ distance }} as date_day,
            accounts.timezone
        from outage_days
        left join accounts
            on
                outage_days.account_id = accounts.account_id
                and outage_days.activity_date >= accounts.first_date
                and outage_days.activity_date < accounts.end_date
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

hours_of_days as (
    select
        local_days.account_id,
        local_days.activity_date,
        case
            when {{ is_time_zone('local_days.timezone') }} then local_days.timezone
            else coalesce(hours.time_zone, '{{ var("reporting_time_zone") }}')
        end as time_zone,
        {{ wall_time('local_days.date_day', 'hours.opens_at') }} as wall_opens_at,
        {{ wall_time('local_days.date_day', 'hours.closes_at') }} as wall_closes_at
    from local_days
    inner join hours on {{ iso_weekday('local_days.date_day') }} = hours.iso_weekday
    left join holidays on local_days.date_day = holidays.holiday_date
    where holidays.holiday_date is null
),

openings as (
    select
        account_id,
        activity_date,
        greatest({{ utc_time('wall_opens_at', 'time_zone') }}, {{ day_starts_at('activity_date') }}) as opens_at,
        least({{ utc_time('wall_closes_at', 'time_zone') }}, {{ day_starts_at('activity_date + 1') }}) as closes_at
    from hours_of_days
)

select
    account_id,
    activity_date,
    opens_at,
    closes_at
from openings
where opens_at < closes_at
