{{ config(materialized='ephemeral') }}

with

segment_spans as (select * from {{ ref('int_account_segment_spans') }}),

audience_spans as (select * from {{ ref('int_audience_spans') }}),

audiences as (
    select
        audience_spans.audience,
        segment_spans.dimension,
        segment_spans.segment,
        segment_spans.plan_id,
        audience_spans.role,
        audience_spans.platforms,
        greatest(segment_spans.first_date, audience_spans.first_date) as first_date,
        least(segment_spans.end_date, audience_spans.end_date) as end_date
    from audience_spans
    inner join segment_spans
        on
            audience_spans.account_id = segment_spans.account_id
            and {{ spans_overlap('audience_spans', 'segment_spans') }}
)

-- Everybody who enters or leaves an audience, by day: their running sum is its size.
{{ span_changes('audiences', ['audience', 'dimension', 'segment', 'plan_id', 'role', 'platforms']) }}
