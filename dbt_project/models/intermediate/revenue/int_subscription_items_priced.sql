with

items as (select * from {{ ref('int_subscription_items_deduplicated') }}),

minor_digits as (select * from {{ ref('currency_minor_digits') }}),

-- A full discount is free whatever the price; without a price or a number of seats the amount is not known.
charged as (
    select
        items.*,
        items.discount_rate >= 1 as is_comped,
        case
            when items.discount_rate >= 1 then 0
            else items.unit_amount_minor * items.quantity * (1 - items.discount_rate) - items.discount_amount_minor
        end / power(10, coalesce(minor_digits.minor_digits, 2)) as period_amount
    from items
    left join minor_digits using (currency)
)

-- A price is brought to a month by the length of the period that it covers. A fee that is paid
-- once is no recurring revenue; a period that nobody has told us leaves the amount unknown.
select
    subscription_item_id,
    subscription_id,
    plan_id,
    currency,
    quantity,
    is_comped,
    case
        when period_amount < 0 then 0
        when period_amount < 1e12 / case lower(billing_interval) when 'day' then 31 when 'week' then 5 else 1 end
            then period_amount
    end
    * case lower(billing_interval)
        when 'day' then 365.25e0 / 12
        when 'week' then 52e0 / 12
        when 'month' then 1e0
        when 'quarter' then 1e0 / 3
        when 'year' then 1e0 / 12
        when 'one_time' then 0e0
    end
    / case when interval_count between 1 and 1200 then interval_count end as monthly_amount,
    valid_from,
    valid_to
from charged
