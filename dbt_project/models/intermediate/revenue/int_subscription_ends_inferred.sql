with

states as (
    select * from {{ ref('stg_billing__subscriptions') }}
    where rejection_reason is null and {{ happened_by_as_of('started_at') }}
),

items as (select * from {{ ref('int_subscription_items_deduplicated') }}),

endless as (
    select
        subscription_id,
        {{ local_day('started_at') }} as start_date,
        case when cancel_at >= started_at then cancel_at end as cancel_at,
        renewal_date,
        case when term_months > 0 then term_months end as term_months,
        status = 'canceled' and ended_at is null as is_endless
    from states
    qualify {{ is_latest(['subscription_id'], []) }}
),

-- The period of the first price, where it is one of whole months.
periods as (
    select
        subscription_id,
        cast(min_by(
            interval_count * case billing_interval when 'month' then 1 when 'quarter' then 3 when 'year' then 12 end,
            valid_from
        ) as integer) as period_months
    from items
    where billing_interval in ('month', 'quarter', 'year') and interval_count between 1 and 1200
    group by subscription_id
),

first_told as (
    select
        subscription_id,
        min(loaded_at) as canceled_by
    from states
    where status = 'canceled'
    group by subscription_id
),

-- The last that is known of it: its start, a request, or an earlier load in which it still lived.
last_signs as (
    select
        states.subscription_id,
        first_told.canceled_by,
        max({{ local_day('greatest(
            states.started_at,
            coalesce(states.cancel_requested_at, states.started_at),
            case
                when states.status in (\'trialing\', \'active\', \'past_due\', \'paused\')
                    and states.loaded_at < first_told.canceled_by then states.loaded_at
                else states.started_at
            end
        )') }}) as last_sign_date
    from states
    inner join first_told using (subscription_id)
    group by states.subscription_id, first_told.canceled_by
),

candidates as (
    select
        endless.subscription_id,
        endless.cancel_at,
        case when endless.renewal_date >= last_signs.last_sign_date then endless.renewal_date end as renewal_date,
        coalesce(endless.term_months, periods.period_months) as paid_months,
        endless.term_months is not null as is_term_told,
        endless.start_date,
        last_signs.last_sign_date,
        last_signs.canceled_by
    from endless
    inner join last_signs using (subscription_id)
    left join periods using (subscription_id)
    where endless.is_endless
)

-- What is canceled without an end ends when that was set; else with the paid term in which the last that is known of it
-- happened; else when it was first said.
select
    subscription_id,
    case
        when cancel_at is not null then 'at cancel_at'
        when renewal_date is not null then 'on renewal_date'
        when paid_months is null then 'at the load that first said so'
        when is_term_told then 'with the paid term, by term_months'
        else 'with the paid period, by interval of its item'
    end as ends,
    coalesce(
        cancel_at,
        {{ day_starts_at('renewal_date') }},
        {{ day_starts_at(months_later(
            'start_date',
            '(floor(' ~ months_completed('start_date', 'last_sign_date') ~ ' / paid_months) + 1) * paid_months'
        )) }},
        canceled_by
    ) as ended_at
from candidates
