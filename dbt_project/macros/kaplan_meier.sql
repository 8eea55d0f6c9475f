{#- Median time until something happens, by Kaplan and Meier 1958, with those counted to whom it has not happened yet:
    a plain mean of the others would be too low. Adds the steps `durations`, `survival`, `bounds` and `medians`.
    The step holds the columns of `by`, duration and is_reached (false: watched for so long, in vain).
    `medians` has the columns of `by`, spell_count, reached_count, median_duration and its 95 % interval by the
    log-log transform, as SAS prints it; each is null where the curve (or its bound) never falls to one half.
    The sums are of decimals, so the result does not depend on the order of rows. -#}
{% macro kaplan_meier(from_step, by) -%}
{%- set keys = by | join(', ') -%}
durations as (
    select
        {{ keys }},
        duration,
        count(*) as ended_count,
        count(*) filter (where is_reached) as reached_count,
        sum(count(*)) over (partition by {{ keys }} order by duration desc) as at_risk_count
    from {{ from_step }}
    group by {{ keys }}, duration
),

survival as (
    select
        {{ keys }},
        duration,
        ended_count,
        reached_count,
        at_risk_count,
        max(case when reached_count = at_risk_count then 1 else 0 end) over curve = 1 as is_exhausted,
        sum(cast(
            case when reached_count < at_risk_count then ln(1 - reached_count / cast(at_risk_count as double)) else 0 end
            as decimal(18, 12)
        )) over curve as log_survival,
        sum(cast(
            case
                when reached_count < at_risk_count
                    then reached_count / (cast(at_risk_count as double) * (at_risk_count - reached_count))
                else 0
            end
            as decimal(18, 12)
        )) over curve as greenwood_sum
    from durations
    window curve as (
        partition by {{ keys }}
        order by duration
        rows between unbounded preceding and current row
    )
),

bounds as (
    select
        {{ keys }},
        duration,
        ended_count,
        reached_count,
        case when is_exhausted then 0 else exp(cast(log_survival as double)) end as share_left,
        case
            when is_exhausted then 0
            when log_survival = 0 then 1
            else exp(log_survival * exp({{ half_width_95() }} * sqrt(cast(greenwood_sum as double)) / abs(log_survival)))
        end as share_left_low,
        case
            when is_exhausted then 0
            when log_survival = 0 then 1
            else exp(log_survival * exp(-{{ half_width_95() }} * sqrt(cast(greenwood_sum as double)) / abs(log_survival)))
        end as share_left_high
    from survival
),

-- The last places of exp() do not decide whether one half is reached.
medians as (
    select
        {{ keys }},
        sum(ended_count) as spell_count,
        sum(reached_count) as reached_count,
        min(case when share_left <= 0.5 + 1e-9 then duration end) as median_duration,
        min(case when share_left_low <= 0.5 + 1e-9 then duration end) as median_low,
        min(case when share_left_high <= 0.5 + 1e-9 then duration end) as median_high
    from bounds
    group by {{ keys }}
)
{%- endmacro %}
