{#- How far apart the active days of an account usually are in this company: the median of the accounts that came in a
    quarter, each as it was on its last active day there. It stands in the quarter that follows, so that nothing is known
    before its time; of fewer than benchmark_minimum_accounts nothing is. -#}
{% macro company_rhythms(from_step) -%}
select
    cast(date_trunc('quarter', quarter_start + 92) as date) as quarter_start,
    round({{ percentile('usual_gap_days', 0.5) }}, 6) as usual_gap_days
from (
    select
        account_id,
        cast(date_trunc('quarter', activity_date) as date) as quarter_start,
        max_by(usual_gap_days, activity_date) as usual_gap_days
    from {{ from_step }}
    where gap_count >= {{ var('rhythm_minimum_gaps') }}
    group by account_id, cast(date_trunc('quarter', activity_date) as date)
) as usual_in_quarters
group by quarter_start
having count(*) >= {{ var('benchmark_minimum_accounts') }}
{%- endmacro %}
