with

-- A line is discounted by what was in force when its period began.
discounts as (
    select
        line.landed_file,
        line.landed_line,
        nullif(
            round(100 * (1 - product(1 - coalesce(try_cast(discount.percent_off as double), 0) / 100)), 9), 0
        ) as percent_off,
        sum(try_cast(from_stripe(discount.amount_off, line.currency) as double)) as amount_off,
        case
            when bool_or(try_cast(coalesce(discount.percent_off, discount.amount_off) as double) is null)
                then concat(line.amount, ' less discount ', max(discount.discount_id))
            when count(discount.percent_off) > 0 and count(discount.amount_off) > 0
                then concat(line.amount, ' less percent_off and amount_off')
        end as unread
    from invoice_line_item as line
    inner join each_discount as discount on discount.owner = line.subscription_id
    where
        lower(coalesce(discount.duration, '')) <> 'once'
        and to_time(discount.starts_at) <= to_time(line.period_start)
        and (discount.ends_at is null or to_time(discount.ends_at) > to_time(line.period_start))
    group by line.landed_file, line.landed_line, line.amount
),

-- What the price of one is without tax is told in whole cents, so what is less than half a cent is no tax.
taxes as (
    select landed_file, landed_line, cast(amount - seats * without_tax as varchar) as line_tax
    from (
        select
            landed_file,
            landed_line,
            try_cast(amount as double) as amount,
            greatest(try_cast(quantity as double), 1) as seats,
            try_cast(unit_amount_excluding_tax as double) as without_tax
        from invoice_line_item
    )
    where amount / seats - without_tax > 0.5
),

items as (
    select subscription_id, plan_id, max(as_key(id)) as item_id
    from subscription_item
    group by subscription_id, plan_id
),

invoices as (
    select id, max(created) as created from invoice group by id
),

lines as (
    select
        coalesce(line.unique_id, line.id) as line_id,
        line.invoice_id,
        invoices.created as invoice_created,
        coalesce(as_key(line.subscription_item_id), items.item_id) as item_id,
        line.subscription_id,
        to_time(line.period_start) as period_start,
        to_time(line.period_end) as period_end,
        line.period_start as period_start_said,
        coalesce(price.product_id, line.plan_id, line.price_id) as plan_id,
        price.interval,
        price.interval_count,
        price.unit_amount as price_amount,
        coalesce(price.usage_type, '') = 'metered' as is_metered,
        line.amount,
        cast(null as varchar) as line_off,
        taxes.line_tax,
        line.quantity,
        discounts.percent_off,
        discounts.amount_off,
        discounts.unread,
        coalesce(line.currency, price.currency) as currency,
        line.proration,
        line.is_deleted,
        line.landed_file,
        line.landed_line
    from invoice_line_item as line
    left join each_price as price on price.id = coalesce(line.price_id, line.plan_id)
    left join items
        on
            line.subscription_item_id is null
            and items.subscription_id = line.subscription_id
            and items.plan_id = line.plan_id
    left join invoices on invoices.id = line.invoice_id
    left join discounts on discounts.landed_file = line.landed_file and discounts.landed_line = line.landed_line
    left join taxes on taxes.landed_file = line.landed_file and taxes.landed_line = line.landed_line
),

-- An amount off is taken off an invoice, so each line has the share of it that it is of the whole.
amounts as (
    select
        *,
        greatest(try_cast(amount as double), 0) as charged,
        sum(greatest(try_cast(amount as double), 0)) over of_invoice as charged_in_all,
        sum(greatest(try_cast(amount as double), 0)) over so_far as charged_so_far
    from lines
    window
        of_invoice as (partition by invoice_id, subscription_id, landed_file, as_yes(proration)),
        so_far as (
            partition by invoice_id, subscription_id, landed_file, as_yes(proration)
            order by landed_line rows unbounded preceding
        )
)

select
    * exclude (charged, charged_in_all, charged_so_far) replace (
        case
            when charged_in_all > 0
                then round(amount_off * charged_so_far / charged_in_all)
                    - round(amount_off * (charged_so_far - charged) / charged_in_all)
            else amount_off
        end as amount_off
    )
from amounts
