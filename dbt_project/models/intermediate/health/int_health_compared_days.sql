with

parameters as (select * from {{ ref('stg_run__parameters') }})

-- Of a long history a report looks at these days only.
select
    0 as horizon_days,
    as_of_date as score_date
from parameters
{%- for horizon in var('change_horizons') %}
    union all
    select
        {{ horizon }},
        as_of_date - {{ horizon }}
    from parameters
{%- endfor %}
