with

offs as (
    select _dlt_parent_id, cast(sum(try_cast(amount as double)) as varchar) as line_off
    from invoice__lines__data__discount_amounts
    group by _dlt_parent_id
),

taxes as (
    select _dlt_parent_id, cast(sum(try_cast(amount as double)) as varchar) as line_tax
    from invoice__lines__data__tax_amounts
    where as_yes(inclusive) or tax_behavior = 'inclusive'
    group by _dlt_parent_id
),

invoices as (
    select _dlt_id, max(id) as id, max(created) as created from invoice group by _dlt_id
),

items as (
    select
        item_id,
        plan_id,
        max(interval) as interval,
        max(interval_count) as interval_count,
        bool_or(is_metered) as is_metered
    from each_item
    group by item_id, plan_id
),

-- Since the API of 2025-03-31 a line names its subscription below parent and its price below pricing, without the interval.
lines as (
    select
        line.id as line_id,
        invoices.id as invoice_id,
        invoices.created as invoice_created,
        coalesce(subscription_item, parent__subscription_item_details__subscription_item) as item_id,
        coalesce(subscription, parent__subscription_item_details__subscription) as subscription_id,
        to_time(period__start) as period_start,
        to_time(period__end) as period_end,
        period__start as period_start_said,
        coalesce(
            price__product, pricing__price_details__product, price__id, pricing__price_details__price
        ) as plan_id,
        price__recurring__interval as interval,
        price__recurring__interval_count as interval_count,
        coalesce(price__unit_amount, price__unit_amount_decimal, pricing__unit_amount_decimal) as price_amount,
        price__recurring__usage_type as usage_type,
        amount,
        offs.line_off,
        taxes.line_tax,
        quantity,
        currency,
        coalesce(proration, parent__subscription_item_details__proration) as proration,
        line.is_deleted,
        line.landed_file,
        line.landed_line
    from invoice__lines__data as line
    left join offs on offs._dlt_parent_id = line._dlt_id
    left join taxes on taxes._dlt_parent_id = line._dlt_id
    left join invoices on invoices._dlt_id = line._dlt_parent_id
)

select
    lines.* exclude (usage_type) replace (
        coalesce(lines.interval, items.interval) as interval,
        coalesce(lines.interval_count, case when lines.interval is null then items.interval_count end) as interval_count
    ),
    coalesce(lines.usage_type = 'metered', items.is_metered, false) as is_metered,
    cast(null as double) as percent_off,
    cast(null as double) as amount_off,
    cast(null as varchar) as unread
from lines
left join items on items.item_id = lines.item_id and items.plan_id = lines.plan_id
