with

churns as (select * from {{ ref('fct_churns') }}),

reasons as (select * from {{ ref('churn_reasons') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

recent as (
    select
        churns.account_id,
        churns.reason_kind,
        coalesce(reasons.label, churns.cancel_reason, 'no reason given') as reason,
        case
            when churns.tenure_months < 3 then 'under 3 months'
            when churns.tenure_months < 6 then '3 to 5 months'
            when churns.tenure_months < 12 then '6 to 11 months'
            when churns.tenure_months < 24 then '12 to 23 months'
            else '24 months and more'
        end as tenure_band,
        churns.mrr_before
    from churns
    cross join parameters
    left join reasons on churns.cancel_reason = reasons.cancel_reason
    where churns.is_final and churns.churn_date > parameters.as_of_date - 365
)

-- One unknown price makes the sum unknown.
select
    coalesce(reason_kind, 'all') as reason_kind,
    coalesce(reason, 'all') as reason,
    coalesce(tenure_band, 'all') as tenure_band,
    count(*) as churn_count,
    cast(case when count(mrr_before) = count(*) then sum(mrr_before) end as decimal(18, 2)) as mrr_lost
from recent
group by grouping sets ((reason_kind, reason, tenure_band), (reason_kind, reason), (tenure_band), ())
having count(*) > 0
