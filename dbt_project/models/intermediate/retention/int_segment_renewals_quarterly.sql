with

renewals as (select * from {{ ref('fct_contract_renewals') }}),

months as (select * from {{ ref('int_churn_months_completed') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

covered as (select min(opening_date) as first_opening_date from months),

-- Three months that end with the month, once all three are covered: a single month has too few contracts.
quarters as (
    select
        months.month_end,
        {{ months_later('months.month_start', -2) }} as quarter_start,
        months.matures_on,
        months.is_mature
    from months
    cross join covered
    where {{ months_later('months.month_start', -2) }} > covered.first_opening_date
),

due as (
    select
        quarters.month_end,
        quarters.matures_on,
        quarters.is_mature,
        renewals.account_id,
        renewals.grouped_on,
        renewals.expiring_mrr,
        renewals.renewed_mrr,
        renewals.is_renewed,
        renewals.is_on_time,
        renewals.expiring_mrr > 0 and renewals.renewed_mrr is not null as is_priced
    from renewals
    inner join quarters
        on
            renewals.scheduled_end >= quarters.quarter_start
            and renewals.scheduled_end <= quarters.month_end
)

select
    segments.dimension,
    segments.segment,
    due.month_end,
    count(*) as due_count,
    case when due.is_mature then count(*) filter (where due.is_renewed) end as renewed_count,
    case when due.is_mature then count(*) filter (where due.is_on_time) end as on_time_count,
    case when due.is_mature then count(*) filter (where due.is_priced) end as priced_count,
    cast(case
        when due.is_mature
            then sum(due.expiring_mrr) filter (where due.is_priced)
    end as decimal(18, 2)) as expiring_mrr,
    cast(case
        when due.is_mature
            then sum(least(due.renewed_mrr, due.expiring_mrr)) filter (where due.is_priced)
    end as decimal(18, 2)) as kept_mrr,
    cast(case
        when due.is_mature
            then sum(due.renewed_mrr) filter (where due.is_priced)
    end as decimal(18, 2)) as renewed_mrr,
    cast(case
        when due.is_mature and count(*) filter (where due.is_priced) > 0
            then coalesce(sum(due.expiring_mrr) filter (where due.is_priced and due.is_renewed), 0)
    end as decimal(18, 2)) as renewing_mrr,
    due.matures_on
from due
inner join segments
    on
        due.account_id = segments.account_id
        and due.grouped_on = segments.activity_date
where segments.dimension != 'account'
group by segments.dimension, segments.segment, due.month_end, due.matures_on, due.is_mature
