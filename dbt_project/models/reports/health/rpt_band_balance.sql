with

movement as (select * from {{ ref('rpt_band_movement') }}),

-- Every group of accounts counts twice: in the band that it left and in the band that it reached.
departures as (
    select
        movement.earlier_band as account_band,
        movement.account_count as opening_count,
        case
            when movement.band not in (movement.earlier_band, 'not_a_customer') then movement.account_count
            else 0
        end as moved_out_count,
        case when movement.band = 'not_a_customer' then movement.account_count else 0 end as left_count,
        0 as moved_in_count,
        0 as came_count,
        0 as closing_count,
        case when movement.band = 'not_a_customer' then movement.mrr end as left_mrr,
        cast(null as decimal(18, 2)) as came_mrr
    from movement
),

arrivals as (
    select
        movement.band as account_band,
        0 as opening_count,
        0 as moved_out_count,
        0 as left_count,
        case
            when movement.earlier_band not in (movement.band, 'not_a_customer') then movement.account_count
            else 0
        end as moved_in_count,
        case when movement.earlier_band = 'not_a_customer' then movement.account_count else 0 end as came_count,
        movement.account_count as closing_count,
        cast(null as decimal(18, 2)) as left_mrr,
        case when movement.earlier_band = 'not_a_customer' then movement.mrr end as came_mrr
    from movement
),

sides as (
    select * from departures
    where account_band != 'not_a_customer'

    union all

    select * from arrivals
    where account_band != 'not_a_customer'
),

-- Moves between bands cancel out in the total, where nobody moves anywhere.
balanced as (
    select * from sides

    union all

    select
        'all' as account_band,
        opening_count,
        0 as moved_out_count,
        left_count,
        0 as moved_in_count,
        came_count,
        closing_count,
        left_mrr,
        came_mrr
    from sides
)

select
    account_band as band,
    cast(sum(opening_count) as bigint) as opening_count,
    cast(sum(came_count) as bigint) as came_count,
    cast(sum(moved_in_count) as bigint) as moved_in_count,
    cast(sum(moved_out_count) as bigint) as moved_out_count,
    cast(sum(left_count) as bigint) as left_count,
    cast(sum(closing_count) as bigint) as closing_count,
    cast(sum(came_mrr) as decimal(18, 2)) as came_mrr,
    cast(sum(left_mrr) as decimal(18, 2)) as left_mrr
from balanced
group by account_band
