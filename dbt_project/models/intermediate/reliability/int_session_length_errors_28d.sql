with

-- An error names a person: what a device met on which nobody had signed in, nobody knows.
sessions as (select * from {{ ref('fct_sessions') }} where user_id is not null),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'all'
),

errors as (
    select * from {{ ref('fct_errors_in_sessions') }}
    where is_user_visible
),

bands as (select * from {{ ref('session_length_bands') }}),

source_coverage as (
    select * from {{ ref('dim_source_coverage') }}
    where source = 'product_error_logs' and is_covered
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

session_errors as (
    select
        session_id,
        count(*) as visible_error_count
    from errors
    group by session_id
),

banded as (
    select
        parameters.as_of_date as window_end_date,
        bands.session_length_band,
        bands.band_order,
        sessions.engaged_seconds,
        coalesce(session_errors.visible_error_count, 0) as visible_error_count
    from sessions
    cross join parameters
    cross join source_coverage
    inner join segments
        on
            sessions.account_id = segments.account_id
            and sessions.session_date = segments.activity_date
    inner join bands
        on case
            when sessions.is_single_event then bands.upper_seconds = 0
            else
                sessions.session_seconds >= bands.lower_seconds
                and sessions.session_seconds < coalesce(bands.upper_seconds, sessions.session_seconds + 1)
        end
    left join session_errors on sessions.session_id = session_errors.session_id
    where
        sessions.session_date > parameters.as_of_date - 28
        and source_coverage.first_date <= parameters.as_of_date - 27
),

summed as (
    select
        window_end_date,
        session_length_band,
        band_order,
        count(*) as session_count,
        count(*) filter (where visible_error_count > 0) as error_session_count,
        sum(visible_error_count) as visible_error_count,
        cast(sum(cast(engaged_seconds as decimal(18, 6))) as double) / 3600 as engaged_hours
    from banded
    group by window_end_date, session_length_band, band_order
)

-- A longer session has more time to meet an error: only errors per hour of attention compare fairly.
select
    window_end_date,
    session_length_band,
    band_order,
    session_count,
    error_session_count,
    error_session_count / cast(session_count as double) as error_session_rate,
    cast(visible_error_count as bigint) as visible_error_count,
    cast(engaged_hours as double) as engaged_hours,
    case when band_order > 1 then cast(visible_error_count / nullif(cast(engaged_hours as double), 0) as double) end
        as errors_per_engaged_hour
from summed
