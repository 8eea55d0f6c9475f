{#- Ends a model with the 50th, 75th, 95th and 99th percentile of each group, read from logarithmic buckets: at most one
    per cent from the exact one, which interpolates between two values as quantile_cont does. The step holds the columns
    `by`, bucket, sample_count and request_count, which is the number of requests that the samples stand for. Under 20
    samples the 95th says nothing, under 100 the 99th. -#}
{% macro percentiles_of_buckets(from_step, by) -%}
ranked as (
    select
        {{ by | join(',\n        ') }},
        bucket,
        sample_count,
        request_count,
        -- Exact sums of decimals, as doubles: four ranks of decimals cost twice as much as all the rest.
        cast(sum(request_count) over up_to as double) as requests_up_to,
        cast(sum(request_count) over in_all as double) as requests_in_all
    from {{ from_step }}
    where request_count > 0
    -- The same order twice is sorted once.
    window
        up_to as (
            partition by {{ by | join(', ') }} order by bucket
            rows between unbounded preceding and current row
        ),
        in_all as (
            partition by {{ by | join(', ') }} order by bucket
            rows between unbounded preceding and unbounded following
        )
)

select
    {{ by | join(',\n    ') }},
    cast(sum(sample_count) as bigint) as sample_count,
    cast(sum(request_count) as double) as request_count,
    {{ bucket_percentile('0.50') }} as p50_seconds,
    {{ bucket_percentile('0.75') }} as p75_seconds,
    case when sum(sample_count) >= 20 then {{ bucket_percentile('0.95') }} end as p95_seconds,
    case when sum(sample_count) >= 100 then {{ bucket_percentile('0.99') }} end as p99_seconds
from ranked
group by {{ by | join(', ') }}
{%- endmacro %}


{#- The usual percentile, as numpy and PERCENTILE.INC take it: linear interpolation between the two values around the
    position 1 + share (n - 1). Both are middles of buckets, so it is at most one per cent from the exact one. Aggregates
    rows of buckets that hold the count up to and with the bucket, and the count in all. -#}
{% macro bucket_percentile(share, up_to='requests_up_to', in_all='requests_in_all') -%}
    {%- set rank = 'floor(' ~ share ~ ' * (' ~ in_all ~ ' - 1)) + 1' -%}
    {%- set lower = bucket_middle(
        'min(bucket) filter (where ' ~ up_to ~ ' >= least(' ~ rank ~ ', ' ~ in_all ~ '))'
    ) -%}
    {%- set upper = bucket_middle(
        'min(bucket) filter (where ' ~ up_to ~ ' >= least(' ~ rank ~ ' + 1, ' ~ in_all ~ '))'
    ) -%}
    {%- set position = share ~ ' * (max(' ~ in_all ~ ') - 1)' -%}
    cast({{ lower }} + ({{ upper }} - {{ lower }}) * ({{ position }} - floor({{ position }})) as double)
{%- endmacro %}


{#- One end (side '-' or '+') of the 95 % interval of such a percentile: it lies between the ranks n q -/+ z sqrt(n q (1 - q)). -#}
{% macro bucket_percentile_bound(share, up_to, in_all, side) -%}
    {%- set distance = half_width_95() ~ ' * sqrt(' ~ share ~ ' * (1 - ' ~ share ~ ') * ' ~ in_all ~ ')' -%}
    {%- set rank = 'least(' ~ share ~ ' * ' ~ in_all ~ ' ' ~ side ~ ' ' ~ distance ~ ', ' ~ in_all ~ ')' -%}
    cast({{ bucket_middle('min(bucket) filter (where ' ~ up_to ~ ' >= ' ~ rank ~ ')') }} as double)
{%- endmacro %}
