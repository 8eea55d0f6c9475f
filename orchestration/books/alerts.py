"""What was told of alerts, and of runs that failed; ``alerting.book`` writes it."""

ALERT_BOOKS = {
    # A line before each attempt and one after it; the last one of an event and audience counts.
    "alert_deliveries": {
        "line_number": "bigint",
        "event_id": "varchar",
        "alert_id": "varchar",
        "event": "varchar",
        "event_date": "date",
        "channel": "varchar",
        "audience": "varchar",
        "message_id": "varchar",
        "state": "varchar",
        "mode": "varchar",
        "attempt_number": "integer",
        "detail": "varchar",
        "noted_at": "timestamp",
    },
}
