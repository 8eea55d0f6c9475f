-- A subscription is its own and only item. Of how many intervals its period is, the days tell, unless it is a trial.
with

periods as (
    select
        *,
        date_diff(
            'day', read_time("Current Period Start (UTC)"), read_time("Current Period End (UTC)")
        ) / case lower(trim("Interval"))
            when 'day' then 1
            when 'week' then 7
            when 'month' then 30.44
            when 'year' then 365.25
        end as intervals
    from subscriptions
)

select
    id as subscription_item_id,
    id as subscription_id,
    as_utc(coalesce("Start Date (UTC)", "Created (UTC)", "Start (UTC)")) as valid_from,
    as_utc("Ended At (UTC)") as valid_to,
    Plan as plan_id,
    "Interval" as interval,
    case
        when lower(Status) <> 'trialing' and intervals >= 1.5 then cast(cast(round(intervals) as bigint) as varchar)
    end as interval_count,
    -- What a coupon takes off is not told.
    case
        when Coupon is null then in_minor(Amount, Currency)
        else concat(Amount, ' less ', Coupon)
    end as unit_amount_minor,
    Quantity as quantity,
    upper(trim(Currency)) as currency,
    landed_file,
    landed_line
from periods
where Plan is not null or Amount is not null
