with

snapshots as (select * from {{ ref('int_account_snapshots') }}),

health as (select * from {{ ref('fct_account_health_daily') }} where health_score is not null),

engagement as (select * from {{ ref('fct_account_engagement_daily') }}),

judgements as (select * from {{ ref('int_csm_sentiments_dated') }}),

lineage as (select * from {{ ref('int_score_version_lineage') }}),

other_scores as (select * from {{ ref('int_other_model_scores_daily') }} where base_score is not null),

caps as (
    {{ lowest_caps() }}
),

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
        cast(engagement.active_days_28d as double) as active_days_28d,
        cast(engagement.active_days_90d as double) as active_days_90d,
        case
            when engagement.tenure_days < 56 or engagement.core_events_previous_28d is null then cast(0 as double)
            else ln(
                cast(engagement.core_events_28d + 1 as double) / cast(engagement.core_events_previous_28d + 1 as double)
            )
        end as usage_trend,
        cast(judgements.sentiment as double) as csm_sentiment,
        -- A cap holds for every version; alone it is no score.
        case
            when other_scores.base_score is not null then least(other_scores.base_score, coalesce(caps.cap, 100))
        end as previous_version
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
    left join lineage on health.model_version_id = lineage.model_version_id
    left join other_scores
        on
            health.account_id = other_scores.account_id
            and health.components_date = other_scores.score_date
            and lineage.previous_version_id = other_scores.model_version_id
    left join caps
        on
            snapshots.account_id = caps.account_id
            and snapshots.snapshot_date = caps.score_date
)

{%- set predictors = [
    ('health_score', 'health_score', 'true'),
    ('recency', 'recency', 'true'),
    ('active_days_28d', 'active_days_28d', 'true'),
    ('active_days_90d', 'active_days_90d', 'true'),
    ('usage_trend', 'usage_trend', 'true'),
    ('csm_sentiment', 'csm_sentiment', 'csm_sentiment is not null'),
    ('health_score_where_judged', 'health_score', 'csm_sentiment is not null'),
    ('previous_version', 'previous_version', 'previous_version is not null'),
    ('health_score_where_replaced', 'health_score', 'previous_version is not null'),
] %}
{% for predictor, column, condition in predictors %}
    select
        account_id,
        snapshot_date,
        '{{ predictor }}' as predictor,
        model_version_id,
        band,
        {{ column }} as predictor_value,
        mrr
    from known
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
