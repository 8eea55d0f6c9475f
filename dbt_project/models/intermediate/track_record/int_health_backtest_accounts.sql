with

groups as (select * from {{ ref('int_health_backtest_groups') }}),

observations as (select * from {{ ref('int_backtest_observations') }}),

series as (select * from {{ ref('int_health_backtest_series') }}),

-- Whole numbers as doubles: up to 9e15 they add exactly, in any order, and several times faster than decimals.
grouped as (
    select
        series.series_number,
        observations.account_id,
        observations.snapshot_date,
        observations.predictor_value,
        observations.band,
        observations.cared_for,
        cast(1 as double) as one_count,
        cast(observations.event_count as double) as event_count,
        cast(observations.mrr_cents as double) as mrr_cents,
        observations.event_count * cast(observations.mrr_cents as double) as event_cents
    from observations
    inner join groups using (account_id, snapshot_date)
    inner join series
        on
            groups.group_number = series.group_number
            and observations.predictor = series.predictor
            and observations.label = series.label
            and observations.horizon_days = series.horizon_days
),

{{ ranked_values('grouped', by=['series_number'], value='predictor_value', sums={
    'count': 'one_count', 'events': 'event_count', 'cents': 'mrr_cents', 'event_cents': 'event_cents'
}) }},

-- The share of the other outcome that stands on the right side: better than an event, worse than a stay; equals half.
placed as (
    select
        *,
        1 - (up_to_count - up_to_events - (equal_count - equal_events) / 2) / nullif(all_count - all_events, 0)
            as stays_above,
        (up_to_events - equal_events / 2) / nullif(all_events, 0) as events_below,
        1 - (up_to_cents - up_to_event_cents - (equal_cents - equal_event_cents) / 2)
        / nullif(all_cents - all_event_cents, 0) as stay_cents_above,
        (up_to_event_cents - equal_event_cents / 2) / nullif(all_event_cents, 0) as event_cents_below,
        up_to_events / up_to_count as event_share_so_far,
        {{ share_among_first(var('lift_share') ~ ' * all_count', 'up_to_count', 'equal_count') }} as among_worst,
        coalesce({{ share_among_first(var('lift_share') ~ ' * all_cents', 'up_to_cents', 'equal_cents') }}, 0)
            as among_worst_by_weight
    from ranked
),

{%- set terms = [
    ('event_count', 'event_count', 'bigint'),
    ('mrr_cents', 'mrr_cents', 'decimal(18, 0)'),
    ('event_mrr_cents', 'event_cents', 'decimal(18, 0)'),
    ('win_count', 'event_count * stays_above', 'decimal(18, 12)'),
    ('loss_count', '(1 - event_count) * events_below', 'decimal(18, 12)'),
    ('win_mrr_cents', 'event_cents * stay_cents_above', 'decimal(18, 6)'),
    ('loss_mrr_cents', '(mrr_cents - event_cents) * event_cents_below', 'decimal(18, 6)'),
    ('precision_sum', 'event_count * event_share_so_far', 'decimal(18, 12)'),
    ('caught_count', 'event_count * among_worst', 'decimal(18, 12)'),
    ('caught_mrr_cents', 'event_cents * among_worst_by_weight', 'decimal(18, 6)'),
    ('cared_for_count', 'event_count * cared_for', 'decimal(18, 12)'),
    ('event_value_sum', 'event_count * predictor_value', 'decimal(18, 12)'),
    ('stay_value_sum', '(1 - event_count) * predictor_value', 'decimal(18, 12)'),
] %}

-- Sums of decimals do not depend on the order of adding.
summed as (
    select
        series_number,
        account_id,
        min(snapshot_date) as first_snapshot_date,
        max(snapshot_date) as last_snapshot_date,
        count(*) as row_count,
        {%- for name, term, type in terms %}
            cast(sum(cast({{ term }} as {{ type }})) as {{ 'decimal(38, 12)' if '(' in type else type }}) as {{ name }},
        {%- endfor %}
        count(*) filter (where band = 'healthy' and event_count = 1) as healthy_event_count,
        count(*) filter (where band = 'at_risk') as at_risk_count,
        count(*) filter (where band = 'at_risk' and event_count = 0) as at_risk_stay_count
    from placed
    group by series_number, account_id
)

select
    series.model_version_id,
    series.dimension,
    series.segment,
    series.predictor,
    series.label,
    series.horizon_days,
    summed.account_id,
    summed.first_snapshot_date,
    summed.last_snapshot_date,
    summed.row_count,
    {%- for name, _, _ in terms %}
        summed.{{ name }},
    {%- endfor %}
    summed.healthy_event_count,
    summed.at_risk_count,
    summed.at_risk_stay_count
from summed
inner join series using (series_number)
