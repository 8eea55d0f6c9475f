with

periods as (
    select _dlt_parent_id, coalesce(cast(max(to_time(current_period_end)) as varchar), max(current_period_end)) as period_end
    from subscription__items__data
    group by all
)

select
    subscription.* exclude (metadata__term_months, metadata__notice_days, metadata__auto_renew),
    subscription.pause_collection__behavior as pause_behavior,
    coalesce(periods.period_end, subscription.current_period_end) as period_end,
    coalesce(subscription.cancellation_details__feedback, subscription.cancellation_details__reason) as cancel_reason,
    cast(json_object(
        'term_months', metadata__term_months, 'notice_days', metadata__notice_days, 'auto_renew', metadata__auto_renew
    ) as varchar) as metadata
from subscription
left join periods on periods._dlt_parent_id = subscription._dlt_id
