with

predictors as (select * from {{ ref('int_health_predictors') }} where predictor = 'health_score'),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

-- Every account counts in the total, in the version of the model that scored it, and in the segments of the day.
grouped as (
    select
        account_id,
        snapshot_date,
        'all' as model_version_id,
        'all' as dimension,
        'all' as segment
    from predictors

    union all

    select
        account_id,
        snapshot_date,
        model_version_id,
        'all',
        'all'
    from predictors

    union all

    select
        predictors.account_id,
        predictors.snapshot_date,
        'all',
        segments.dimension,
        segments.segment
    from predictors
    inner join segments
        on
            predictors.account_id = segments.account_id
            and predictors.snapshot_date = segments.activity_date
    where
        segments.dimension in (
            {%- for dimension in var('track_record_dimensions') %}
                '{{ dimension }}'
                {%- if not loop.last %},{% endif %}
            {%- endfor %}
        )
)

-- Sorting millions of observations by one number takes a fraction of sorting them by three names.
select
    account_id,
    snapshot_date,
    model_version_id,
    dimension,
    segment,
    cast(dense_rank() over (order by model_version_id, dimension, segment) as integer) as group_number
from grouped
