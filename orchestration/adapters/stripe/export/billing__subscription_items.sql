-- A subscription is its own and only item.
select
    id as subscription_item_id,
    id as subscription_id,
    as_utc(coalesce("Start Date (UTC)", "Created (UTC)", "Start (UTC)")) as valid_from,
    as_utc("Ended At (UTC)") as valid_to,
    Plan as plan_id,
    "Interval" as interval,
    in_minor(Amount, Currency) as unit_amount_minor,
    Quantity as quantity,
    upper(trim(Currency)) as currency,
    landed_file,
    landed_line
from subscriptions
where Plan is not null or Amount is not null
