with

snapshots as (select * from {{ ref('fct_account_snapshots') }}),

health as (select * from {{ ref('fct_account_health_daily') }} where health_score is not null),

engagement as (select * from {{ ref('fct_account_engagement_daily') }}),

judgements as (select * from {{ ref('int_csm_sentiments_dated') }}),

-- A comparison is fair on the same rows only, so nobody is asked about an account without a score. An account too
-- young for a trend, or not watched for long enough, has none up or down.
known as (
    select
        snapshots.account_id,
        snapshots.snapshot_date,
        snapshots.mrr,
        health.model_version_id,
        health.band,
        health.health_score,
        cast(-engagement.days_since_last_activity as double) as recency,
        case
            when engagement.tenure_days < 56 or engagement.core_events_previous_28d is null then cast(0 as double)
            else ln(
                cast(engagement.core_events_28d + 1 as double) / cast(engagement.core_events_previous_28d + 1 as double)
            )
        end as usage_trend,
        cast(judgements.sentiment as double) as csm_sentiment
    from snapshots
    inner join health
        on
            snapshots.account_id = health.account_id
            and snapshots.snapshot_date = health.score_date
    inner join engagement
        on
            snapshots.account_id = engagement.account_id
            and snapshots.snapshot_date = engagement.activity_date
    left join judgements
        on
            snapshots.account_id = judgements.account_id
            and snapshots.snapshot_date >= judgements.first_date
            and snapshots.snapshot_date < judgements.end_date
)

{%- set columns = {
    'health_score': 'health_score',
    'recency': 'recency',
    'usage_trend': 'usage_trend',
    'csm_sentiment': 'csm_sentiment',
    'health_score_where_judged': 'health_score',
} %}
{% for predictor, column in columns.items() %}
    select
        account_id,
        snapshot_date,
        '{{ predictor }}' as predictor,
        model_version_id,
        band,
        {{ column }} as predictor_value,
        mrr
    from known
    {%- if predictor in ('csm_sentiment', 'health_score_where_judged') %}
        where csm_sentiment is not null
    {%- endif %}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
