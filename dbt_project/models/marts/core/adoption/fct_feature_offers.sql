with

segment_spans as (select * from {{ ref('fct_account_segment_spans') }}),

entitlements as (select * from {{ ref('fct_feature_entitlements') }})

-- Millions of spans of adopters are counted by one number in place of three names.
select
    segment_spans.account_id,
    entitlements.feature_id,
    segment_spans.dimension,
    segment_spans.segment,
    entitlements.roles,
    dense_rank() over (order by entitlements.feature_id, segment_spans.dimension, segment_spans.segment)
        as offer_number,
    greatest(segment_spans.first_date, entitlements.first_date) as first_date,
    least(segment_spans.end_date, entitlements.end_date) as end_date
from segment_spans
inner join entitlements
    on
        segment_spans.plan_id = entitlements.plan_id
        and {{ spans_overlap('segment_spans', 'entitlements') }}
