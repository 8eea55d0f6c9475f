with

accounts as (select * from {{ ref('rpt_accounts') }}),

answers as (select * from {{ ref('int_nps_180d') }}),

coverage as (
    select is_covered from {{ ref('dim_source_coverage') }}
    where source = 'surveys_responses'
),

used as (
    select
        *,
        mau / nullif(cast(seat_count as double), 0) as seats_in_use
    from accounts
),

median as (select {{ percentile('seats_in_use', 0.5) }} as median_seats_in_use from used),

placed as (
    select
        case
            when used.seats_in_use is null then 'not known'
            when used.seats_in_use > median.median_seats_in_use then 'more'
            else 'less'
        end as usage_level,
        case
            when coalesce(answers.respondent_count, 0) = 0 then 'no answer'
            when answers.promoter_count > answers.detractor_count then 'promoting'
            when answers.promoter_count < answers.detractor_count then 'detracting'
            else 'balanced'
        end as sentiment,
        used.mrr
    from used
    cross join median
    inner join coverage on coverage.is_covered
    left join answers
        on
            used.account_id = answers.account_id
            and used.as_of_date = answers.activity_date
)

select
    usage_level,
    sentiment,
    count(*) as account_count,
    count(mrr) as known_mrr_count,
    cast(sum(mrr) as decimal(18, 2)) as mrr
from placed
group by usage_level, sentiment
