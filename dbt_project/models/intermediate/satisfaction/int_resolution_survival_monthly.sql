with

tickets as (
    select
        *,
        coalesce(deleted_date, date '9999-12-31') as last_date
    from {{ ref('fct_tickets') }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

{{ first_segment_days() }},

months as (
    select date_day as month_end
    from {{ ref('int_days_spined') }}
    where date_day = {{ "cast(date_trunc('month', month_start + 31) as date) - 1" }}
),

-- A ticket that was not solved by the end of the month has lasted at least until then.
observed as (
    select
        segments.dimension,
        segments.segment,
        months.month_end,
        tickets.first_solved_date <= months.month_end as is_solved,
        case
            when tickets.first_solved_date <= months.month_end then tickets.first_resolution_seconds
            else {{ seconds_between('tickets.created_at', end_of_day('least(months.month_end, tickets.last_date)')) }}
        end as lasted_seconds
    from tickets
    inner join first_days on tickets.account_id = first_days.account_id
    inner join segments
        on
            tickets.account_id = segments.account_id
            and {{ segment_day('tickets.created_date') }} = segments.activity_date
    inner join months
        on
            {{ segment_day('tickets.created_date') }} <= months.month_end
            and tickets.created_date > months.month_end - 90
    -- Of what has ended nobody knows when, and of what nobody knows whether, there is no time.
    where tickets.is_open or tickets.first_solved_date is not null or tickets.deleted_date is not null
),

steps as (
    select
        dimension,
        segment,
        month_end,
        lasted_seconds,
        count(*) as left_count,
        count(*) filter (where is_solved) as solved_count,
        cast(sum(count(*)) over (partition by dimension, segment, month_end order by lasted_seconds desc) as double)
            as risk_count
    from observed
    group by dimension, segment, month_end, lasted_seconds
),

-- Kaplan and Meier 1958: the share still unsolved is the product of the shares that each moment leaves unsolved.
survival as (
    select
        dimension,
        segment,
        month_end,
        lasted_seconds,
        left_count,
        solved_count,
        min(case when solved_count < risk_count then 1 else 0 end) over history
        * exp(
            sum(case when solved_count < risk_count then ln(1 - solved_count / risk_count) else 0 end)
                over history
        ) as unsolved_share,
        sum(coalesce(solved_count / nullif(risk_count * (risk_count - solved_count), 0), 0)) over history
            as greenwood_sum
    from steps
    window history as (
        partition by dimension, segment, month_end
        order by lasted_seconds
    )
)

-- Half is reached within rounding; the interval ends where that of the curve (Greenwood) crosses the half.
select
    dimension,
    segment,
    month_end,
    cast(sum(left_count) as bigint) as ticket_count,
    cast(sum(solved_count) as bigint) as solved_ticket_count,
    min(lasted_seconds) filter (where unsolved_share <= 0.5 + 1e-9) as median_seconds,
    min(lasted_seconds) filter (where unsolved_share * (1 - {{ half_width_95() }} * sqrt(greenwood_sum)) <= 0.5 + 1e-9)
        as median_seconds_low,
    min(lasted_seconds) filter (where unsolved_share * (1 + {{ half_width_95() }} * sqrt(greenwood_sum)) <= 0.5 + 1e-9)
        as median_seconds_high
from survival
group by dimension, segment, month_end
