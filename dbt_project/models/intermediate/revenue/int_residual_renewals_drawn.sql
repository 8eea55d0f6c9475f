with

fits as (
    select * from {{ ref('stg_run__lifetime_value_parameters') }}
    where method = 'shifted_beta_geometric' and status = 'ok'
),

-- As far beyond what was seen as was seen, and no farther than the horizon.
reaching as (
    select
        *,
        power(1 + {{ var('value_discount_rate') }}, -term_months / 12.0) as discount,
        cast(least(observed_periods, floor({{ var('value_horizon_months') }} / term_months)) as integer)
            as periods_ahead
    from fits
),

numbers as (
    select number
    from {{ number_series('0', "(select coalesce(max(observed_periods + periods_ahead), 0) from reaching)") }}
),

-- Of those who came to their last renewal, beta to alpha renew at the first, and more at each later one.
chances as (
    select
        reaching.*,
        numbers.number as renewed_count,
        case
            when numbers.number = 0 then 0
            else ln(
                (reaching.beta + numbers.number - 1) / (reaching.alpha + reaching.beta + numbers.number - 1)
            )
        end as log_chance
    from reaching
    inner join numbers on reaching.observed_periods + reaching.periods_ahead >= numbers.number
),

surviving as (
    select
        *,
        sum(cast(log_chance as decimal(24, 18))) over so_far as log_survival
    from chances
    window so_far as (
        partition by dimension, segment, term_months, draw
        order by renewed_count
        rows between unbounded preceding and current row
    )
),

discounted as (
    select
        *,
        exp(cast(log_survival as double)) as survival,
        sum(cast(
            case when renewed_count > 0 then exp(cast(log_survival as double)) else 0 end
            * power(discount, renewed_count) as decimal(24, 18)
        )) over so_far as sum_so_far
    from surviving
    window so_far as (
        partition by dimension, segment, term_months, draw
        order by renewed_count
        rows between unbounded preceding and current row
    )
)

-- The next renewal counts in full, those after it less and less.
select
    befores.dimension,
    befores.segment,
    befores.term_months,
    befores.renewed_count,
    befores.draw,
    befores.periods_ahead,
    cast(ends.sum_so_far - befores.sum_so_far as double)
    / (befores.survival * power(befores.discount, befores.renewed_count + 1)) as residual_periods
from discounted as befores
inner join discounted as ends
    on
        befores.dimension = ends.dimension
        and befores.segment = ends.segment
        and befores.term_months = ends.term_months
        and befores.draw = ends.draw
        and befores.renewed_count + befores.periods_ahead = ends.renewed_count
where befores.renewed_count <= befores.observed_periods
