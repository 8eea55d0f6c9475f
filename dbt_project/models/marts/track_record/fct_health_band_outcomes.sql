with

observations as (
    select * from {{ ref('int_backtest_observations') }}
    where predictor = 'health_score' and band is not null
),

bands as (
    select
        band,
        min(band_order) as band_order
    from {{ ref('score_bands') }}
    group by band
),

{%- set line = ['model_version_id', 'label', 'horizon_days', 'band'] %}

accounts as (
    {%- for version in ["'all'", 'model_version_id'] %}
        select
            {{ version }} as model_version_id,
            label,
            horizon_days,
            band,
            account_id,
            count(*) as row_count,
            sum(event_count) as event_count
        from observations
        group by {{ '' if loop.first else 'model_version_id, ' }}label, horizon_days, band, account_id
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

summed as (
    select
        {{ line | join(',\n        ') }},
        count(*) as account_count,
        count(*) filter (where event_count > 0) as event_account_count,
        cast(sum(row_count) as double) as row_count,
        cast(sum(event_count) as double) as event_count
    from accounts
    group by {{ line | join(', ') }}
),

varied as (
    select
        {%- for name in line %}
            accounts.{{ name }},
        {%- endfor %}
        {{ clustered_variance(ratio_influence(
            'accounts.event_count', 'accounts.row_count', 'summed.event_count', 'summed.row_count'
        )) }} as variance
    from accounts
    inner join summed using ({{ line | join(', ') }})
    group by {{ line | join(', ') }}
),

rated as (
    select
        summed.*,
        bands.band_order,
        summed.event_count / summed.row_count as outcome_rate,
        {%- for side, end in [(-1, 'low'), (1, 'high')] %}
            {{ clustered_wilson_bound('(summed.event_count / summed.row_count)', 'varied.variance', 'summed.row_count',
                'summed.account_count', side) }} as interval_{{ end }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from summed
    inner join varied using ({{ line | join(', ') }})
    inner join bands on summed.band = bands.band
),

-- Bands stand in order, so neighbours decide for all.
compared as (
    select
        *,
        lead(outcome_rate) over (partition by model_version_id, label, horizon_days order by band_order) as next_rate,
        lead(interval_high) over (partition by model_version_id, label, horizon_days order by band_order) as next_high
    from rated
)

select
    {{ line | join(',\n    ') }},
    cast(row_count as bigint) as row_count,
    account_count,
    cast(event_count as bigint) as event_count,
    event_account_count,
    outcome_rate,
    interval_low,
    interval_high,
    bool_and(outcome_rate >= next_rate) over (partition by model_version_id, label, horizon_days) as are_monotone,
    bool_and(interval_low > next_high) over (partition by model_version_id, label, horizon_days) as are_separable
from compared
