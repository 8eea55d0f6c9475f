{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

errors as (select * from {{ with_known_names('stg_product__error_logs') }})

select
    error_id,
    account_id,
    user_id,
    feature_id,
    error_type,
    severity,
    is_user_visible,
    {{ local_day('occurred_at') }} as activity_date,
    occurred_at
from errors
where
    rejection_reason is null
    and {{ happened_by_as_of('occurred_at') }}
    and {{ in_rebuild_window(local_day('occurred_at')) }}
qualify {{ is_latest(['error_id'], []) }}
