with

landed as (select * from {{ ref('stg_catalogue__cut_points') }}),

latest as (
    select * from landed
    where rejection_reason is null
    qualify {{ is_latest(['measure', 'part_number', 'valid_from'], []) }}
),

periods as (
    select
        measure,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (partition by measure order by valid_from) as valid_to
    from latest
    group by measure, valid_from
)

select
    measure,
    latest.part_number,
    latest.lower_bound,
    coalesce(lead(latest.lower_bound) over parts, cast('infinity' as double)) as upper_bound,
    valid_from,
    periods.valid_to
from latest
inner join periods using (measure, valid_from)
window parts as (partition by measure, valid_from order by latest.part_number)
