with

lengths as (select * from {{ ref('int_session_length_errors_28d') }})

select
    session_length_band,
    band_order,
    session_count,
    error_session_count,
    error_session_rate,
    {{ wilson_bound('error_session_rate', 'session_count', -1) }} as error_session_rate_low,
    {{ wilson_bound('error_session_rate', 'session_count', 1) }} as error_session_rate_high,
    visible_error_count,
    engaged_hours,
    errors_per_engaged_hour
from lengths
