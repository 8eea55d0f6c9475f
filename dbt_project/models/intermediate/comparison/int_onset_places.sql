{#- Below these "most" would say more about chance, or about where most things are anyway. -#}
{% set least_share, times_as_before, fewest_cases, days_before = 0.5, 1.5, 10, 28 %}
with

parameters as (select * from {{ ref('stg_run__parameters') }}),

onsets as (
    select
        onsets.metric,
        onsets.unusual_group_since,
        catalogue.kind,
        count(*) over (partition by onsets.unusual_group_since) as metric_count,
        case when catalogue.source = 'support_ticket_events' then 'support_tickets' else catalogue.source end as source
    from {{ ref('int_metric_onsets') }} as onsets
    inner join {{ ref('dim_metrics') }} as catalogue on onsets.metric = catalogue.metric
),

begun as (
    select distinct
        onsets.unusual_group_since,
        onsets.source,
        {{ days_between('onsets.unusual_group_since', 'parameters.as_of_date') }} + 1 as day_count
    from onsets
    cross join parameters
),

happened as (
    {{ happened_at_places("(select min(unusual_group_since) from begun) - " ~ days_before) }}
),

-- A metric of weeks or months has its eve in the last one that ended before.
eves as (
    select
        onsets.metric,
        max(metrics.metric_date) as last_date,
        max(case when metrics.metric_date < onsets.unusual_group_since then metrics.metric_date end) as eve_date
    from onsets
    inner join {{ ref('fct_metrics_daily') }} as metrics on onsets.metric = metrics.metric
    where metrics.dimension != 'all'
    group by onsets.metric
),

-- As many days before are set against what happened since; the eve against what a segment counts in now.
compared as (
    select
        begun.unusual_group_since,
        begun.source as subject,
        happened.kind,
        happened.place,
        1 as metric_count,
        coalesce(sum(happened.amount) filter (where happened.happened_on >= begun.unusual_group_since), 0) as count_now,
        coalesce(sum(happened.amount) filter (where happened.happened_on < begun.unusual_group_since), 0)
        * max(begun.day_count) / {{ days_before }} as count_before
    from happened
    inner join begun
        on happened.source = begun.source and happened.happened_on >= begun.unusual_group_since - {{ days_before }}
    group by begun.unusual_group_since, begun.source, happened.kind, happened.place
    union all
    select
        onsets.unusual_group_since,
        onsets.metric as subject,
        metrics.dimension as kind,
        metrics.segment as place,
        max(onsets.metric_count) as metric_count,
        coalesce(max(metrics.numerator) filter (where metrics.metric_date = eves.last_date), 0) as count_now,
        coalesce(max(metrics.numerator) filter (where metrics.metric_date = eves.eve_date), 0) as count_before
    from onsets
    inner join eves on onsets.metric = eves.metric
    inner join {{ ref('fct_metrics_daily') }} as metrics
        on
            onsets.metric = metrics.metric
            and metrics.metric_date in (eves.last_date, eves.eve_date)
    where metrics.dimension != 'all' and onsets.kind in ('count', 'proportion')
    group by onsets.unusual_group_since, onsets.metric, metrics.dimension, metrics.segment
),

shares as (
    select
        *,
        (count_now - count_before) / nullif(sum(count_now - count_before) over whole, 0) as excess_share,
        count_before / nullif(sum(count_before) over whole, 0) as share_before
    from compared
    window whole as (partition by unusual_group_since, subject, kind)
),

-- What happened there is told before who it happened to; a segment is told where half of the metrics agree on it.
agreed as (
    select
        unusual_group_since,
        kind,
        place,
        count(*) as agreeing_count,
        least(avg(excess_share), 1) as excess_share,
        row_number() over (
            partition by unusual_group_since
            order by
                case
                    when kind = 'place' then 0
                    when kind in ('route', 'error', 'ticket_type', 'failure') then 1
                    else 2
                end asc,
                count(*) desc, avg(excess_share) desc, kind asc, place asc
        ) as place_rank
    from shares
    where
        excess_share >= greatest({{ least_share }}, {{ times_as_before }} * coalesce(share_before, 0))
        and abs(count_now - count_before) >= {{ fewest_cases }}
        and place not in ('unknown', 'other')
    group by unusual_group_since, kind, place
    having 2 * count(*) >= max(metric_count)
)

select
    unusual_group_since,
    kind as place_kind,
    place,
    agreeing_count,
    excess_share
from agreed
where place_rank = 1
