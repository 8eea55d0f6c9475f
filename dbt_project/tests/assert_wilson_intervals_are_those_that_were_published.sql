{{ config(tags=['formula']) }}

{#- 0 of 8: 0 to 32.4 %; 2 of 10: 5.7 to 51.0 %; 5 of 100: 2.2 to 11.2 %. -#}
with

computed as (
    select '0 of 8' as what, {{ wilson_bound('0.0', '8.0', -1) }} as low, {{ wilson_bound('0.0', '8.0', 1) }} as high, 0.0 as expected_low, 0.324 as expected_high
    union all
    select '2 of 10', {{ wilson_bound('0.2', '10.0', -1) }}, {{ wilson_bound('0.2', '10.0', 1) }}, 0.057, 0.510
    union all
    select '5 of 100', {{ wilson_bound('0.05', '100.0', -1) }}, {{ wilson_bound('0.05', '100.0', 1) }}, 0.022, 0.112
)

select * from computed
where abs(low - expected_low) > 0.0005 or abs(high - expected_high) > 0.0005

union all

-- It holds its share to the last digit, and of no trials there is none.
select
    'all of ' || number as what,
    {{ wilson_bound('1e0', 'number', -1) }} as low,
    {{ wilson_bound('1e0', 'number', 1) }} as high,
    cast(null as double) as expected_low,
    case when number > 0 then 1e0 end as expected_high
from {{ number_series('0', '100') }}
where {{ wilson_bound('1e0', 'number', 1) }} is distinct from case when number > 0 then 1e0 end
