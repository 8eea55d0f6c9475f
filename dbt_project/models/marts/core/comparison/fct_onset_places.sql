{#- Least share of what is more (or less) than before that one place must have, how many times its share before that must
    be, and the fewest cases: below them "most" would say more about chance, or about where most things are anyway. -#}
{% set least_share, times_as_before, fewest_cases, days_before = 0.5, 1.5, 10, 28 %}
with

parameters as (select * from {{ ref('stg_run__parameters') }}),

metrics as (select * from {{ ref('fct_metrics_daily') }} where dimension != 'all'),

onsets as (
    select
        onsets.metric,
        onsets.unusual_group_since,
        catalogue.kind,
        case when catalogue.source = 'support_ticket_events' then 'support_tickets' else catalogue.source end as source
    from {{ ref('fct_metric_onsets') }} as onsets
    inner join {{ ref('dim_metrics') }} as catalogue on onsets.metric = catalogue.metric
),

groups as (
    select distinct
        unusual_group_since,
        source,
        {{ days_between('unusual_group_since', 'as_of_date') }} + 1 as day_count
    from onsets
    cross join parameters
),

happened as (
    {{ happened_at_places("(select min(unusual_group_since) from groups) - " ~ days_before) }}
),

-- As many days before are set against what happened since; the eve against what a segment counts in now.
compared as (
    select
        groups.unusual_group_since,
        groups.source as subject,
        happened.kind,
        happened.place,
        coalesce(sum(happened.amount) filter (where happened.happened_on >= groups.unusual_group_since), 0) as count_now,
        coalesce(sum(happened.amount) filter (where happened.happened_on < groups.unusual_group_since), 0)
        * max(groups.day_count) / {{ days_before }} as count_before
    from happened
    inner join groups
        on happened.source = groups.source and happened.happened_on >= groups.unusual_group_since - {{ days_before }}
    group by groups.unusual_group_since, groups.source, happened.kind, happened.place
    union all
    select
        onsets.unusual_group_since,
        onsets.metric as subject,
        metrics.dimension as kind,
        metrics.segment as place,
        coalesce(max(metrics.numerator) filter (where metrics.metric_date = parameters.as_of_date), 0) as count_now,
        coalesce(max(metrics.numerator) filter (where metrics.metric_date < parameters.as_of_date), 0) as count_before
    from onsets
    cross join parameters
    inner join metrics
        on onsets.metric = metrics.metric and metrics.metric_date in (parameters.as_of_date, onsets.unusual_group_since - 1)
    where onsets.kind in ('count', 'proportion')
    group by onsets.unusual_group_since, onsets.metric, metrics.dimension, metrics.segment
),

shares as (
    select
        *,
        (count_now - count_before) / nullif(sum(count_now - count_before) over whole, 0) as excess_share,
        count_before / nullif(sum(count_before) over whole, 0) as share_before
    from compared
    window whole as (partition by unusual_group_since, subject, kind)
)

agreed as (
    select
        unusual_group_since,
        kind,
        place,
        count(*) as agreeing_count,
        least(avg(excess_share), 1) as excess_share
    from shares
    where
        excess_share >= {{ least_share }}
        and excess_share >= {{ times_as_before }} * coalesce(share_before, 0)
        and abs(count_now - count_before) >= {{ fewest_cases }}
        and place not in ('unknown', 'other')
    group by unusual_group_since, kind, place
)

-- What happened there is told before who it happened to.
select
    unusual_group_since,
    kind as place_kind,
    place,
    agreeing_count,
    excess_share
from agreed
qualify row_number() over (
    partition by unusual_group_since
    order by
        kind not in ('place', 'error', 'ticket_type'), kind != 'place', agreeing_count desc, excess_share desc, kind, place
) = 1
