{#- Score, confidence and coverage of each account, day and model, from its components. Sums of decimals do not depend on
    the order of adding, so the same rows give the same bits. Weights are nominal in confidence and coverage.
    Where nothing has a score there is no base score: missing is not zero. The bounds take off what rounding adds when
    all is at its best or its worst. The neutral score is what the account would have if all that is missing were as
    usual (the guard). -#}
{% macro summed_points(from_step) -%}
select
    account_id,
    score_date,
    model_version_id,
    model_role,
    case
        when sum(effective_weight) > 0
            then cast(least(greatest(sum(cast(points as decimal(18, 12))), 1), 100) as double)
    end as base_score,
    cast(sum(cast(nominal_weight * evidence as decimal(18, 12))) as double) as confidence,
    cast(sum(case when is_available then cast(nominal_weight as decimal(18, 12)) else 0 end) as double) as coverage,
    cast(
        sum(cast(nominal_weight * coalesce(component_score, neutral_score) as decimal(18, 12))) as double
    )
    / cast(
        sum(
            case
                when coalesce(component_score, neutral_score) is not null then cast(nominal_weight as decimal(18, 12))
            end
        ) as double
    ) as neutral_score
from {{ from_step }}
group by account_id, score_date, model_version_id, model_role
{%- endmacro %}
