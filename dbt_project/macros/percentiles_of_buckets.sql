{#- Ends a model with the 50th, 75th, 95th and 99th percentile of each group, read from logarithmic buckets: at most one
    per cent from the exact one. The step holds the columns `by`, bucket, sample_count and request_count, which is the
    number of requests that the samples stand for. Under 20 samples the 95th says nothing, under 100 the 99th. -#}
{% macro percentiles_of_buckets(from_step, by) -%}
ranked as (
    select
        {{ by | join(',\n        ') }},
        bucket,
        sample_count,
        request_count,
        sum(request_count) over up_to as requests_up_to,
        sum(request_count) over in_all as requests_in_all
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


{#- Middle of the first bucket at which a share of all requests is reached. -#}
{% macro bucket_percentile(share) -%}
    cast({{ bucket_middle('min(bucket) filter (where requests_up_to >= ' ~ share ~ ' * requests_in_all)') }} as double)
{%- endmacro %}
