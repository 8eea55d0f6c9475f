with

silences as (select * from {{ ref('int_account_silences') }}),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where source = 'product_events'),

quarters as (select distinct cast(date_trunc('quarter', date_day) as date) as settled_on from freshness),

lengths as (
    select number * 7 as silent_days
    from {{ number_series(var('silence_weeks_at_least'), var('silence_weeks_at_most')) }}
),

-- Only silences that could be watched for long enough after they reached the length.
watched as (
    select
        lengths.silent_days,
        cast(date_trunc('quarter', freshness.date_day) as date) as watched_in,
        silences.returned_on_count
        <= silences.began_after + lengths.silent_days + {{ var('silence_return_days') }} as has_returned
    from silences
    inner join lengths on silences.silent_days >= lengths.silent_days
    inner join freshness
        on silences.began_after + lengths.silent_days + {{ var('silence_return_days') }} = freshness.fresh_day_count
    where not freshness.is_stale
),

counted as (
    select
        silent_days,
        watched_in,
        count(*) as silence_count,
        count(case when has_returned then 1 end) as returned_count
    from watched
    group by silent_days, watched_in
),

-- What was known at the end of the quarter before, so that no later day moves a threshold.
known as (
    select
        quarters.settled_on,
        lengths.silent_days,
        coalesce(sum(counted.silence_count), 0) as silence_count,
        coalesce(sum(counted.returned_count), 0) as returned_count
    from quarters
    cross join lengths
    left join counted
        on
            lengths.silent_days = counted.silent_days
            and quarters.settled_on > counted.watched_in
    group by quarters.settled_on, lengths.silent_days
),

chosen as (
    select
        settled_on,
        max(silence_count) >= {{ var('silence_minimum_count') }} as is_enough,
        min(case
            when
                silence_count >= {{ var('silence_minimum_count') }}
                and returned_count <= {{ var('silence_return_share') }} * silence_count
                then silent_days
        end) as shortest
    from known
    group by settled_on
)

-- Where even the longest silence ends too often, the longest is taken, and its share of returns says so.
select
    chosen.settled_on,
    case
        when not chosen.is_enough then 'too_few'
        when chosen.shortest is null then 'longest'
        else 'settled'
    end as status,
    case when chosen.is_enough then known.silent_days end as threshold_days,
    cast(known.silence_count as bigint) as silence_count,
    cast(known.returned_count as bigint) as returned_count,
    cast(known.returned_count as double) / nullif(known.silence_count, 0) as return_rate
from chosen
inner join known
    on
        chosen.settled_on = known.settled_on
        and known.silent_days = coalesce(
            chosen.shortest,
            7 * case
                when chosen.is_enough then {{ var('silence_weeks_at_most') }}
                else {{ var('silence_weeks_at_least') }}
            end
        )
