with

segment_spans as (select * from {{ ref('int_account_segment_spans') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

reach_spans as (select * from {{ ref('int_account_reach_spans') }}),

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

-- A feature of some platforms waits for its first use of one of them; until then nobody could have adopted it.
offers as (
    select
        segment_spans.account_id,
        entitlements.feature_id,
        min(greatest(
            segment_spans.first_date,
            entitlements.first_date,
            coalesce(reach_spans.first_date, entitlements.first_date)
        )) as eligible_date,
        max(least(segment_spans.end_date, entitlements.end_date)) as eligible_until,
        min(greatest(segment_spans.first_date, entitlements.offered_from)) as offered_date
    from segment_spans
    inner join entitlements
        on
            segment_spans.plan_id = entitlements.plan_id
            and {{ spans_overlap('segment_spans', 'entitlements') }}
    left join reach_spans
        on
            segment_spans.account_id = reach_spans.account_id
            and entitlements.platforms = reach_spans.platforms
            and {{ spans_overlap('segment_spans', 'reach_spans') }}
            and {{ spans_overlap('entitlements', 'reach_spans') }}
            and reach_spans.basis = 'used'
    where
        segment_spans.dimension = 'all'
        and (entitlements.platforms is null or reach_spans.platforms is not null)
    group by segment_spans.account_id, entitlements.feature_id
),

core_use as (
    select
        account_id,
        feature_id,
        activity_date
    from usage
    where core_event_count > 0
),

first_use as (
    select
        offers.account_id,
        offers.feature_id,
        min(core_use.activity_date) as adopted_date
    from offers
    inner join core_use
        on
            offers.account_id = core_use.account_id
            and offers.feature_id = core_use.feature_id
            and offers.eligible_date <= core_use.activity_date
            and offers.eligible_until > core_use.activity_date
    group by offers.account_id, offers.feature_id
)

-- Who was eligible on the first day that is recorded may have adopted the feature before it.
select
    offers.account_id,
    offers.feature_id,
    offers.eligible_date,
    offers.eligible_until,
    first_use.adopted_date,
    cast({{ days_between('offers.eligible_date', 'first_use.adopted_date') }} as bigint) as days_to_adopt,
    offers.offered_date > coverage.first_date as is_watched_from_start
from offers
inner join coverage on coverage.source = 'product_events'
left join first_use using (account_id, feature_id)
