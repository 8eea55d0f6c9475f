with

restatements as (select * from {{ ref('fct_health_restatements') }}),

-- The row 'all' is every score that was ever published.
counted as (
    select
        restatement,
        score_change,
        score_date,
        coalesce(published_band, '') != coalesce(band, '') as is_other_band
    from restatements
    union all
    select
        'all' as restatement,
        score_change,
        score_date,
        coalesce(published_band, '') != coalesce(band, '') as is_other_band
    from restatements
)

select
    restatement,
    count(*) as score_count,
    count(*) / cast(max(count(*)) over () as double) as score_rate,
    count(*) filter (where is_other_band) as other_band_count,
    max(abs(score_change)) as largest_change,
    min(score_date) as first_date,
    max(score_date) as last_date
from counted
group by restatement
