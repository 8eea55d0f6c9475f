{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

errors as (select * from {{ with_known_names('stg_product__error_logs') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

latest as (
    select * from errors
    where
        rejection_reason is null
        and {{ happened_by_as_of('occurred_at') }}
        and {{ happened_in_rebuild_window('occurred_at') }}
    qualify {{ is_latest(['error_id'], []) }}
)

select
    latest.error_id,
    {{ found_account('latest') }} as account_id,
    latest.user_id,
    latest.feature_id,
    latest.error_type,
    latest.severity,
    latest.is_user_visible,
    {{ local_day('latest.occurred_at') }} as activity_date,
    latest.occurred_at
from latest
{{ joined_to_memberships('latest', 'user_id', 'occurred_at') }}
