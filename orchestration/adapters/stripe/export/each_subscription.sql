select
    id,
    "Customer ID" as customer,
    lower(Status) as status,
    cast(null as varchar) as pause_behavior,
    as_utc("Start Date (UTC)") as start_date,
    -- Start is when it was last changed, so it is asked last.
    as_utc(coalesce("Created (UTC)", "Start (UTC)")) as created,
    as_utc("Ended At (UTC)") as ended_at,
    as_utc("Trial Start (UTC)") as trial_start,
    as_utc("Trial End (UTC)") as trial_end,
    as_utc("Canceled At (UTC)") as canceled_at,
    cast(null as varchar) as cancel_at,
    "Cancel At Period End" as cancel_at_period_end,
    as_utc("Current Period End (UTC)") as period_end,
    "Cancellation Reason" as cancel_reason,
    cast(json_object(
        'term_months', "term_months (metadata)", 'notice_days', "notice_days (metadata)", 'auto_renew', "auto_renew (metadata)"
    ) as varchar) as metadata,
    is_deleted,
    landed_file,
    landed_line
from subscriptions
