with

parameters as (select * from {{ ref('stg_run__parameters') }})

-- Of a long history a report looks at these days only.
{%- for horizon in [0] + var('change_horizons') %}
    select
        {{ horizon }} as horizon_days,
        as_of_date - {{ horizon }} as score_date
    from parameters
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
