{#- Ends a model that says why a ratio of sums differs between two sides: other weights of the cells (mix) or other ratios
    within them (rate), with midpoints, so that both add up exactly: w2 r2 - w1 r1 = mean(w) (r2 - r1) + mean(r) (w2 - w1).
    A cell that is on one side only has no second ratio to compare: all of it is mix. The step holds the keys, the cell, and
    numerator and denominator of both sides as decimals, zero where the cell is not there. -#}
{% macro mix_effects(from_step, keys, cell) -%}
weighed as (
    select
        {{ keys | join(', ') }},
        {{ cell }},
        cast(numerator_before as double) as numerator_before,
        cast(denominator_before as double) as denominator_before,
        cast(numerator_now as double) as numerator_now,
        cast(denominator_now as double) as denominator_now,
        cast(denominator_before as double) / nullif(cast(sum(denominator_before) over whole as double), 0) as share_before,
        cast(denominator_now as double) / nullif(cast(sum(denominator_now) over whole as double), 0) as share_now,
        coalesce(
            cast(numerator_before as double) / nullif(cast(denominator_before as double), 0),
            cast(numerator_now as double) / nullif(cast(denominator_now as double), 0)
        ) as rate_before,
        coalesce(
            cast(numerator_now as double) / nullif(cast(denominator_now as double), 0),
            cast(numerator_before as double) / nullif(cast(denominator_before as double), 0)
        ) as rate_now,
        cast(sum(numerator_before) over whole as double)
        / nullif(cast(sum(denominator_before) over whole as double), 0) as whole_before,
        cast(sum(numerator_now) over whole as double)
        / nullif(cast(sum(denominator_now) over whole as double), 0) as whole_now
    from {{ from_step }}
    where denominator_before > 0 or denominator_now > 0
    window whole as (partition by {{ keys | join(', ') }})
)

select
    {{ keys | join(', ') }},
    {{ cell }},
    case
        when denominator_before = 0 then 'joined'
        when denominator_now = 0 then 'left'
        else 'stayed'
    end as presence,
    numerator_before,
    denominator_before,
    numerator_now,
    denominator_now,
    share_before,
    share_now,
    case when denominator_before > 0 then rate_before end as rate_before,
    case when denominator_now > 0 then rate_now end as rate_now,
    whole_before,
    whole_now,
    whole_now - whole_before as whole_change,
    -- Adding zero turns a negative zero into one without a sign.
    ((rate_before + rate_now) / 2 - (whole_before + whole_now) / 2) * (share_now - share_before) + 0 as mix_effect,
    (share_before + share_now) / 2 * (rate_now - rate_before) + 0 as rate_effect
from weighed
where whole_before is not null and whole_now is not null
{%- endmacro %}
