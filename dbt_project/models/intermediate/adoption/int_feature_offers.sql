{{ config(materialized='ephemeral') }}

with

segment_spans as (select * from {{ ref('int_account_segment_spans') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

adoption_spans as (select * from {{ ref('int_feature_adoption_spans') }}),

-- An offer that nobody took has no adopter to be counted; of hundreds of features an account takes a few.
adopted as (
    select distinct
        account_id,
        feature_id
    from adoption_spans
),

-- Millions of spans of adopters are counted by one number in place of three names; the names are few.
segment_names as (
    select
        dimension,
        segment,
        row_number() over (order by dimension, segment) as segment_number,
        count(*) over () as segment_count
    from segment_spans
    group by dimension, segment
),

feature_names as (
    select
        feature_id,
        row_number() over (order by feature_id) as feature_number
    from entitlements
    group by feature_id
)

select
    segment_spans.account_id,
    entitlements.feature_id,
    segment_spans.dimension,
    segment_spans.segment,
    entitlements.roles,
    (feature_names.feature_number - 1) * segment_names.segment_count + segment_names.segment_number as offer_number,
    greatest(segment_spans.first_date, entitlements.first_date) as first_date,
    least(segment_spans.end_date, entitlements.end_date) as end_date
from segment_spans
inner join segment_names using (dimension, segment)
inner join entitlements
    on
        segment_spans.plan_id = entitlements.plan_id
        and {{ spans_overlap('segment_spans', 'entitlements') }}
inner join adopted
    on
        segment_spans.account_id = adopted.account_id
        and entitlements.feature_id = adopted.feature_id
inner join feature_names on entitlements.feature_id = feature_names.feature_id
