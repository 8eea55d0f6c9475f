"""A usage log made from the change history of a project, as landing files.

The log has one row per thing that a person did in the project on a day, with the organisation
behind the person's address: ``event_id, event_date, event_type, user_id, account_id, feature,
is_fix``. Use::

    python -m data.git_history --source usage --landing landing

An organisation is a customer, a person is a user, a row is an event. Nobody signs anything: each
organisation has one open contract from its first event, without price and without end, so nobody
ever leaves by contract, and who is lost falls silent. There are no times of day (no sessions), no
tickets, surveys, latency or payments; those tables are absent, and nothing is invented for them.
"""
