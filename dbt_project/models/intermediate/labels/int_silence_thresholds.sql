with

silences as (select * from {{ ref('int_account_silences') }}),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where source = 'product_events'),

quarters as (select distinct cast(date_trunc('quarter', date_day) as date) as settled_on from freshness),

lengths as (
    select number * 7 as silent_days
    from {{ number_series(var('silence_weeks_at_least'), var('silence_weeks_at_most')) }}
),

-- Each silence counts for the company, and for the plan on which it began.
segments as (
    select 'all' as segment

    union

    select plan as segment
    from silences
    where plan != 'unknown'
),

-- Only silences that could be watched for long enough after they reached the length.
watched as (
    select
        segments.segment,
        lengths.silent_days,
        cast(date_trunc('quarter', freshness.date_day) as date) as watched_in,
        silences.returned_on_count
        <= silences.began_after + lengths.silent_days + {{ var('silence_return_days') }} as has_returned
    from silences
    inner join segments on segments.segment in ('all', silences.plan)
    inner join lengths on silences.silent_days >= lengths.silent_days
    inner join freshness
        on silences.began_after + lengths.silent_days + {{ var('silence_return_days') }} = freshness.fresh_day_count
    where not freshness.is_stale
),

counted as (
    select
        segment,
        silent_days,
        watched_in,
        count(*) as silence_count,
        count(case when has_returned then 1 end) as returned_count
    from watched
    group by segment, silent_days, watched_in
),

-- What was known at the end of the quarter before, so that no later day moves a threshold.
known as (
    select
        quarters.settled_on,
        segments.segment,
        lengths.silent_days,
        coalesce(sum(counted.silence_count), 0) as silence_count,
        coalesce(sum(counted.returned_count), 0) as returned_count
    from quarters
    cross join segments
    cross join lengths
    left join counted
        on
            segments.segment = counted.segment
            and lengths.silent_days = counted.silent_days
            and quarters.settled_on > counted.watched_in
    group by quarters.settled_on, segments.segment, lengths.silent_days
),

chosen as (
    select
        known.*,
        max(silence_count) over quarter_segments >= {{ var('silence_minimum_count') }} as is_enough,
        min(case
            when
                silence_count >= {{ var('silence_minimum_count') }}
                and returned_count <= {{ var('silence_return_share') }} * silence_count
                then silent_days
        end) over quarter_segments as shortest
    from known
    window quarter_segments as (partition by settled_on, segment)
)

-- Where even the longest silence ends too often, the longest is taken, and its share of returns says so. A plan has a
-- row once it has enough silences of its own; before, the company's holds for it.
select
    settled_on,
    segment,
    case when not is_enough then 'too_few' when shortest is null then 'longest' else 'settled' end as status,
    case when is_enough then silent_days end as threshold_days,
    cast(silence_count as bigint) as silence_count,
    cast(returned_count as bigint) as returned_count,
    cast(returned_count as double) / nullif(silence_count, 0) as return_rate
from chosen
where
    silent_days = coalesce(shortest, 7 * case
        when is_enough then {{ var('silence_weeks_at_most') }} else {{ var('silence_weeks_at_least') }}
    end)
    and (is_enough or segment = 'all')
