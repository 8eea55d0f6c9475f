"""The day that is built, for expectations in SQL: nothing here asks what day it is today."""

AS_OF = "(select as_of_date from raw.run_parameters)"

# Of a past day it is not asked whether the company had begun by then.
NEWEST = "(select greatest(as_of_date, last_full_date) from raw.run_parameters)"

# Whether the last week can be compared with the one before: people were active on nearly as many
# of its days. After a silence, or on a day within one, customers did not do less, nobody did.
STEADY = f"""(
    select count(distinct activity_date) filter (activity_date > {AS_OF} - 7)
        >= count(distinct activity_date) filter (activity_date <= {AS_OF} - 7) - 1
    from marts.fct_account_activity_daily
    where is_active and activity_date between {AS_OF} - 13 and {AS_OF}
)"""

# Without these no number of the report can be told; every other source feeds a family of them.
CORE = "('product/events', 'crm/accounts', 'crm/users', 'billing/subscriptions')"

# So many events by the day built make it certain that something had to be made of them.
ENOUGH_EVENTS = f"""(
    select count(*) >= 100 from raw.product_events where event_ts::date <= {AS_OF}
)"""
