with

coverage as (select * from {{ ref('dim_source_coverage') }}),

needs as (select * from {{ ref('source_uses') }})

select
    coverage.source,
    coverage.status,
    needs.feeds,
    coverage.row_count,
    coverage.file_count,
    coverage.first_date,
    coverage.last_date
from coverage
left join needs using (source)
