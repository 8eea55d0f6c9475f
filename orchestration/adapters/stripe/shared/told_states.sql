-- What an item cost in the past, from the periods that were invoiced: a line that credits the rest of a period says
-- nothing of a state, one that charges the rest of a period says what it was changed to.
with

-- An invoice that is exported again tells its lines again.
lines as (
    select
        *,
        coalesce(as_yes(proration), false) as is_rest,
        from_stripe(price_amount, currency) as price_said,
        from_stripe(amount, currency) as amount_said
    from each_line
    qualify row_number() over (
        partition by invoice_id, own_key(line_id, landed_file, landed_line) order by landed_file desc, landed_line desc
    ) = 1
),

charges as (
    select
        *,
        try_cast(price_said as double) as price_read,
        case when count(try_cast(amount_said as double)) over tiers = count(*) over tiers
            then sum(try_cast(amount_said as double)) over tiers end as amount_read,
        sum(try_cast(from_stripe(line_off, currency) as double)) over tiers as line_off_read,
        sum(try_cast(from_stripe(line_tax, currency) as double)) over tiers as line_tax_read,
        case when count(try_cast(quantity as double)) over tiers = count(*) over tiers
            then sum(try_cast(quantity as double)) over tiers end as quantity_read,
        max(case when try_cast(quantity as double) is null then quantity end) over tiers as quantity_unread,
        max(case when try_cast(amount_said as double) is null then amount_said end) over tiers as amount_unread
    from lines
    where
        not is_deleted
        and not is_metered
        and item_id is not null
        and subscription_id is not null
        and quantity is not null
        and coalesce(try_cast(amount as double), 0) >= 0
        and coalesce(period_end > period_start, period_start is not null)
    -- Each tier of a price is a line of its own, and so is what is paid for a tier as such.
    window tiers as (
        partition by invoice_id, item_id, period_start, plan_id, is_rest,
        case when is_rest then own_key(line_id, landed_file, landed_line) end
    )
),

amounts as (
    select
        *,
        case
            when unread is not null then null
            when is_rest then round(price_read * quantity_read)
            else amount_read
        end as full_amount
    from charges
    -- What is told and is no number says that nobody knows, which ends what was known before.
    where quantity_read is null or quantity_read > 0 or amount_read = 0
),

discounts as (
    select
        *,
        case
            when line_off_read >= amount_read and amount_read > 0 then 100
            else percent_off
        end as discount_pct,
        coalesce(amount_off, 0)
        + case
            when line_off_read >= amount_read or coalesce(line_off_read, 0) = 0 then 0
            when is_rest then round(line_off_read * full_amount / amount_read)
            else line_off_read
        end as given,
        -- Tax that a price includes is told of what is left after discounts.
        case
            when line_tax_read > 0 and amount_read > coalesce(line_off_read, 0)
                then line_tax_read / (amount_read - coalesce(line_off_read, 0))
            else 0
        end as tax_share
    from amounts
),

prices as (
    select
        item_id,
        subscription_id,
        period_start,
        period_end,
        plan_id,
        interval,
        interval_count,
        case
            when unread is not null then null
            when is_rest then ceil(price_read)
            when quantity_read = 0 then coalesce(ceil(price_read), 0)
            else coalesce(ceil(full_amount / quantity_read), ceil(price_read))
        end as unit_amount_minor,
        coalesce(
            unread,
            case when price_read is null then price_said end,
            amount_unread
        ) as unit_amount_unread,
        full_amount,
        quantity_read as quantity,
        coalesce(quantity_unread, cast(quantity_read as varchar)) as quantity_said,
        discount_pct as percent_off,
        given,
        tax_share,
        round(full_amount * (1 - coalesce(discount_pct, 0) / 100) - given) as paid,
        upper(currency) as currency,
        invoice_created,
        landed_file,
        landed_line
    from discounts
),

-- A price of one that is rounded up is too much by what is taken off the whole.
worths as (
    select
        *,
        nullif(
            given
            + coalesce(round(paid * tax_share), 0)
            + coalesce(round((unit_amount_minor * quantity - full_amount) * (1 - coalesce(percent_off, 0) / 100)), 0),
            0
        ) as amount_off,
        paid - round(paid * tax_share) as worth
    from prices
),

states as (
    select
        *,
        hash(plan_id, interval, interval_count, unit_amount_minor, quantity, percent_off, amount_off, currency) as state
    from worths
    -- Of lines of one moment the last is what it was changed to, whatever order invoices are exported in.
    qualify row_number() over (
        partition by item_id, period_start
        order by to_time(invoice_created) desc nulls last, landed_file desc, landed_line desc
    ) = 1
)

select
    *,
    max(period_start) over (partition by item_id) as told_until,
    max_by(period_end, period_start) over (partition by item_id) as paid_until
from states
qualify state is distinct from lag(state) over (partition by item_id order by period_start)
