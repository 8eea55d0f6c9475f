{{ config(materialized='ephemeral') }}

with

plan_spans as (select * from {{ ref('int_account_plan_spans') }}),

entitlements as (select * from {{ ref('int_feature_entitlements') }}),

reach_spans as (select * from {{ ref('int_account_reach_spans') }}),

offered as (
    select
        plan_spans.account_id,
        entitlements.feature_id,
        entitlements.platforms,
        entitlements.importance,
        greatest(plan_spans.first_date, entitlements.first_date) as first_date,
        least(plan_spans.end_date, entitlements.end_date) as end_date
    from plan_spans
    inner join entitlements
        on
            plan_spans.plan_id = entitlements.plan_id
            and {{ spans_overlap('plan_spans', 'entitlements') }}
)

select
    account_id,
    feature_id,
    importance,
    first_date,
    end_date
from offered
where platforms is null
union all
select
    offered.account_id,
    offered.feature_id,
    offered.importance,
    greatest(offered.first_date, reach_spans.first_date),
    least(offered.end_date, reach_spans.end_date)
from offered
inner join reach_spans
    on
        offered.account_id = reach_spans.account_id
        and offered.platforms = reach_spans.platforms
        and {{ spans_overlap('offered', 'reach_spans') }}
