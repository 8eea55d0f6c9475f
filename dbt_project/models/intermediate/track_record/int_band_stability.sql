with

health as (select * from {{ ref('fct_account_health_daily') }} where band is not null),

warnings as (select * from {{ ref('int_churn_warnings') }}),

pairs as (select * from {{ ref('int_health_score_pairs_daily') }} where horizon_days = 7),

followed as (
    select
        account_id,
        model_version_id,
        score_date,
        band,
        lag(band) over (partition by account_id order by score_date) as earlier_band,
        lag(score_date) over (partition by account_id order by score_date) as earlier_date
    from health
),

{%- set versions = {'all': "'all'", 'own': 'model_version_id'} %}

moves as (
    {%- for version in versions.values() %}
        select
            {{ version }} as model_version_id,
            count(*) as account_days,
            count(*) filter (where band != earlier_band) as band_change_count
        from followed
        where earlier_date = score_date - 1
        group by 1
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

leavers as (
    {%- for version in versions.values() %}
        select
            {{ version }} as model_version_id,
            count(*) as churn_count,
            count(warned_on) as warned_count,
            {{ percentile('warning_days', 0.5) }} as warning_days_median,
            {{ percentile('days_to_decision', 0.5) }} as days_to_decision_median
        from warnings
        group by 1
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- By the version that scored the earlier day. Sums of decimals do not depend on the order of adding.
weekly as (
    {%- for version in versions.values() %}
        select
            {{ version }} as model_version_id,
            cast(sum(cast(
                abs(coalesce(score_now, score_then) - score_then + model_effect + override_effect) as decimal(18, 12)
            )) as double) / count(*) as mean_weekly_change
        from pairs
        group by 1
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

-- A quarter has 91.3 days.
select
    moves.model_version_id,
    moves.account_days,
    moves.band_change_count,
    cast(moves.band_change_count * 91.3125 / moves.account_days as double) as band_changes_per_quarter,
    weekly.mean_weekly_change,
    coalesce(leavers.churn_count, 0) as churn_count,
    coalesce(leavers.warned_count, 0) as warned_count,
    cast(leavers.warning_days_median as double) as warning_days_median,
    cast(leavers.days_to_decision_median as double) as days_to_decision_median
from moves
left join weekly using (model_version_id)
left join leavers using (model_version_id)
