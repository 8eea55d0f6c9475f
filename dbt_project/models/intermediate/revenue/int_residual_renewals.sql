{{ config(materialized='ephemeral') }}

with

drawn as (select * from {{ ref('int_residual_renewals_drawn') }})

-- Draw 0 is the best fit; the others say how sure it is.
select
    dimension,
    segment,
    term_months,
    renewed_count,
    max(periods_ahead) as periods_ahead,
    max(case when draw = 0 then residual_periods end) as periods,
    {{ percentile('case when draw > 0 then residual_periods end', 0.025) }} as periods_low,
    {{ percentile('case when draw > 0 then residual_periods end', 0.975) }} as periods_high
from drawn
group by dimension, segment, term_months, renewed_count
