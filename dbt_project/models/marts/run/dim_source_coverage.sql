with

covered as (
    {% for landed in landed_tables() %}
        {%- set staged = 'stg_' ~ landed.system ~ '__' ~ landed.table %}
        select
            '{{ landed.system }}_{{ landed.table }}' as source,
            {{ 'true' if landed.is_flow else 'false' }} as is_flow,
            {%- if landed.happened_at %}
                {{ first_day_told(landed.is_dense) }} as first_date,
                max(told_on) as last_date
            from {{ days_told(staged, landed.happened_at, 'rejection_reason is null') }}
            {%- else %}
                cast(null as date) as first_date,
                cast(null as date) as last_date
            {%- endif %}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

details as (
    {{ details_covered(landed_details()) }}
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

loads as (select * from {{ ref('stg_run__loads') }}),

loaded as (
    select
        system || '_' || table_name as source,
        sum(rows_loaded) as row_count,
        count(*) as file_count
    from loads
    group by system || '_' || table_name
)

-- A source that was never connected has no dates, and nothing that needs it may be counted as zero.
select
    covered.source,
    case
        when
            coalesce(loaded.row_count, 0) = 0
            and covered.source in ('catalogue_onboarding_milestones', 'catalogue_words')
            then 'seed'
        when coalesce(loaded.row_count, 0) = 0 then 'absent'
        when
            covered.is_flow
            and {{ days_between('covered.last_date', 'parameters.as_of_date') }} > {{ var('stale_after_days') }}
            then 'stale'
        else 'present'
    end as status,
    cast(coalesce(loaded.row_count, 0) as bigint) as row_count,
    cast(coalesce(loaded.file_count, 0) as bigint) as file_count,
    coalesce(loaded.row_count, 0) > 0 as is_covered,
    false as is_detail,
    covered.first_date,
    covered.last_date
from covered
cross join parameters
left join loaded using (source)

union all

-- What landed without this is as silent about it as if it had not landed.
select
    source,
    case when row_count = 0 then 'absent' else 'present' end as status,
    row_count,
    cast(null as bigint) as file_count,
    row_count > 0 as is_covered,
    true as is_detail,
    first_date,
    last_date
from details
