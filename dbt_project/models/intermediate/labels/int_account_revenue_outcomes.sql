with

windows as (select * from {{ ref('int_account_outcome_windows') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

completed as (select * from {{ ref('int_paid_subscriptions_dated') }} where is_completed),

rates as (select * from {{ ref('int_exchange_rates_dated') }}),

dated_charges as (
    select
        charges.*,
        case when completed.subscription_id is null then charges.end_date else date '9999-12-31' end as counts_until
    from charges
    left join completed using (subscription_id, end_date)
),

points as (
    {%- for day in ['snapshot_date', 'window_end', 'matures_on'] %}
        select
            account_id,
            snapshot_date,
            {{ day }} as valued_on
        from windows
        where is_mature or {{ day }} = snapshot_date
        {% if not loop.last %}union{% endif %}
    {%- endfor %}
),

-- All at the rates of the snapshot, so that a currency that moves is no loss. A term that runs out as agreed after the
-- snapshot and cannot renew is no loss either: what it was worth on its last day counts on.
charged as (
    select
        points.account_id,
        points.snapshot_date,
        points.valued_on,
        {{ worth_of_charge('charges', 'points.valued_on', is_optional=true) }} as monthly_amount
    from points
    left join dated_charges as charges
        on
            points.account_id = charges.account_id
            and points.valued_on >= charges.first_date
            and points.snapshot_date < charges.end_date
            and points.valued_on < charges.counts_until
    left join rates
        on
            charges.currency = rates.currency
            and points.snapshot_date >= rates.first_date
            and points.snapshot_date < rates.end_date
),

summed as (
    select
        account_id,
        snapshot_date,
        valued_on,
        case when count(monthly_amount) = count(*) then sum(cast(monthly_amount as decimal(18, 6))) end as mrr
    from charged
    group by account_id, snapshot_date, valued_on
)

-- A loss must be there at the end of the window and still when the grace is over: a bill that is late is none,
-- and what is lost after the window belongs to a later one.
select
    windows.account_id,
    windows.snapshot_date,
    windows.horizon_days,
    windows.matures_on,
    cast(before_window.mrr as decimal(18, 2)) as mrr_before,
    cast(case
        when at_end.mrr is not null and after_grace.mrr is not null then greatest(at_end.mrr, after_grace.mrr)
    end as decimal(18, 2)) as mrr_afterwards,
    case
        when at_end.mrr is not null and after_grace.mrr is not null
            then
                greatest(at_end.mrr, after_grace.mrr)
                <= before_window.mrr * cast(1 - {{ var('revenue_loss_share') }} as decimal(9, 6))
    end as is_event
from windows
inner join summed as before_window
    on
        windows.account_id = before_window.account_id
        and windows.snapshot_date = before_window.snapshot_date
        and windows.snapshot_date = before_window.valued_on
left join summed as at_end
    on
        windows.account_id = at_end.account_id
        and windows.snapshot_date = at_end.snapshot_date
        and windows.window_end = at_end.valued_on
left join summed as after_grace
    on
        windows.account_id = after_grace.account_id
        and windows.snapshot_date = after_grace.snapshot_date
        and windows.matures_on = after_grace.valued_on
where before_window.mrr > 0
