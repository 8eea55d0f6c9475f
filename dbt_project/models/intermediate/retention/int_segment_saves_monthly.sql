with

requests as (select * from {{ ref('fct_cancel_requests') }}),

months as (select * from {{ ref('int_churn_months_completed') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

decided as (
    select
        requests.account_id,
        requests.grouped_on,
        requests.is_saved,
        months.month_end,
        months.matures_on,
        months.is_mature
    from requests
    inner join months
        on
            requests.takes_effect_on > months.opening_date
            and requests.takes_effect_on <= months.month_end
)

select
    segments.dimension,
    segments.segment,
    decided.month_end,
    count(*) as decided_count,
    case when decided.is_mature then count(*) filter (where decided.is_saved) end as saved_count,
    decided.matures_on
from decided
inner join segments
    on
        decided.account_id = segments.account_id
        and decided.grouped_on = segments.activity_date
where segments.dimension != 'account'
group by segments.dimension, segments.segment, decided.month_end, decided.matures_on, decided.is_mature
