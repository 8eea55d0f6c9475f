with

trials as (
    select *, 1 as one_count, case when event_count = 1 then mrr_cents else 0 end as event_cents
    from {{ ref('fct_health_trials') }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension in ('{{ var("track_record_dimensions") | join("', '") }}')
),

-- Every trial counts in the total, in its version of the model, and in the segments of its day.
grouped as (
    select 'all' as judged_version_id, 'all' as dimension, 'all' as segment, trials.*
    from trials

    union all

    select model_version_id, 'all', 'all', trials.*
    from trials

    union all

    select 'all', segments.dimension, segments.segment, trials.*
    from trials
    inner join segments
        on
            trials.account_id = segments.account_id
            and trials.snapshot_date = segments.activity_date
    where trials.predictor in ('health_score', 'recency')
),

{%- set line = 'judged_version_id, dimension, segment, predictor, label, horizon_days' %}
{%- set sums = {'count': 'one_count', 'events': 'event_count', 'cents': 'mrr_cents', 'event_cents': 'event_cents'} %}

-- One sort serves every window.
ranked as (
    select
        *
        {%- for name, column in sums.items() %},
            sum({{ column }}) over up_to_this_value as up_to_{{ name }},
            sum({{ column }}) over of_this_value as equal_{{ name }},
            sum({{ column }}) over of_all_values as all_{{ name }}
        {%- endfor %}
    from grouped
    window
        {%- for frame, ends in {
            'up_to_this_value': 'unbounded preceding and current row',
            'of_this_value': 'current row and current row',
            'of_all_values': 'unbounded preceding and unbounded following',
        }.items() %}
            {{ frame }} as (partition by {{ line }} order by predictor_value range between {{ ends }})
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
),

-- Twice the rows of the other outcome that stand on the right side: better than an event, worse than a stay; equals half.
placed as (
    select
        *,
        2 * ((all_count - all_events) - (up_to_count - up_to_events)) + (equal_count - equal_events) as stays_above,
        2 * up_to_events - equal_events as events_below,
        2 * ((all_cents - all_event_cents) - (up_to_cents - up_to_event_cents)) + (equal_cents - equal_event_cents)
            as stay_cents_above,
        2 * up_to_event_cents - equal_event_cents as event_cents_below,
        {{ share_among_first(var('lift_share') ~ ' * cast(all_count as double)', 'up_to_count', 'equal_count') }}
            as among_worst,
        coalesce({{ share_among_first(
            var('lift_share') ~ ' * cast(all_cents as double)', 'up_to_cents', 'equal_cents'
        ) }}, 0) as among_worst_by_weight
    from ranked
)

select
    judged_version_id as model_version_id,
    dimension,
    segment,
    predictor,
    label,
    horizon_days,
    account_id,
    min(snapshot_date) as first_snapshot_date,
    max(snapshot_date) as last_snapshot_date,
    count(*) as row_count,
    cast(sum(event_count) as bigint) as event_count,
    cast(sum(mrr_cents) as decimal(38, 0)) as mrr_cents,
    cast(sum(event_cents) as decimal(38, 0)) as event_mrr_cents,
    cast(sum(event_count * stays_above) as decimal(38, 0)) as win_count,
    cast(sum((1 - event_count) * events_below) as decimal(38, 0)) as loss_count,
    cast(sum(event_cents * cast(stay_cents_above as decimal(22, 0))) as decimal(38, 0)) as win_weight,
    cast(sum((mrr_cents - event_cents) * cast(event_cents_below as decimal(22, 0))) as decimal(38, 0)) as loss_weight,
    sum(cast(event_count * cast(up_to_events as double) / up_to_count as decimal(38, 18))) as precision_sum,
    sum(cast(event_count * among_worst as decimal(38, 12))) as caught_count,
    sum(cast(event_cents * among_worst_by_weight as decimal(38, 8))) as caught_mrr_cents,
    cast(sum(event_count * cared_for) as decimal(38, 12)) as cared_for_count,
    sum(cast(event_count * predictor_value as decimal(38, 12))) as event_value_sum,
    sum(cast((1 - event_count) * predictor_value as decimal(38, 12))) as stay_value_sum,
    cast(count(*) filter (where band = 'healthy' and event_count = 1) as bigint) as healthy_event_count,
    cast(count(*) filter (where band = 'at_risk') as bigint) as at_risk_count,
    cast(count(*) filter (where band = 'at_risk' and event_count = 0) as bigint) as at_risk_stay_count
from placed
group by {{ line }}, account_id
