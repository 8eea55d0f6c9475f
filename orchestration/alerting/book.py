"""The book of what was told: ``raw.alert_deliveries``, a line before each attempt and one after.

A line is on the disk before the next thing is done. So a notifier that is killed before the first
line has told nobody, one that is killed after the second is done, and only between them nobody can
know. What is not here: what is told.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb

from orchestration.alerting.events import Event
from orchestration.alerting.messages import Message
from orchestration.landing.tables import ensure_books

SENDING, SENT, FAILED, SKIPPED = "sending", "sent", "failed", "skipped"
DONE = (SENT, SKIPPED)
LAST = """
select event_id, channel, audience, message_id, state, attempt_number from raw.alert_deliveries
where mode = ?
qualify row_number() over (partition by event_id, channel, audience order by line_number desc) = 1
"""
TOLD = """
select distinct alert_id, channel, audience from raw.alert_deliveries
where mode = ? and state in ('sent', 'sending') and event not in ('recovered', 'closed')
"""
LINES = """
insert into raw.alert_deliveries by name
with noted as (
    select
        unnest($events) as event_id, unnest($alerts) as alert_id, unnest($kinds) as event,
        unnest($days) as event_date, unnest($channels) as channel, unnest($audiences) as audience,
        unnest($attempts) as attempt_number, generate_subscripts($events, 1) as number
)
select
    * exclude (number),
    number + (select coalesce(max(line_number), 0) from raw.alert_deliveries) as line_number,
    $message as message_id, $state as state, $mode as mode, $detail as detail, $moment as noted_at
from noted
"""


class Book:
    """The book as one kind of channel reads it: live, or dry_run where files were written."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mode: str) -> None:
        """Open the book of a warehouse that is open for writing."""
        ensure_books(connection)
        self.connection, self.mode = connection, mode
        rows = connection.execute(LAST, [mode]).fetchall()
        self.last = {tuple(row[:3]): row[3:] for row in rows}
        self.told = {tuple(row) for row in connection.execute(TOLD, [mode]).fetchall()}

    def is_done(self, event: Event) -> bool:
        """Tell whether nothing more is to be done about an event."""
        return event.key in self.last and self.last[event.key][1] in DONE

    def begun(self) -> dict[tuple[str, str, str], str]:
        """Return the message of every attempt of which no end is known, by what is in it."""
        return {key: message for key, (message, state, _) in self.last.items() if state == SENDING}

    def was_told(self, event: Event) -> bool:
        """Tell whether the audience has heard of the alert before, or may have."""
        return (event.alert_id, event.channel, event.audience) in self.told

    def note(
        self, events: Iterable[Event], message_id: str | None, state: str, detail: str | None = None
    ) -> None:
        """Write one line for each event, all of them or none, and wait until they are kept."""
        noted, moment = list(events), datetime.now(UTC).replace(tzinfo=None)
        if not noted:
            return
        attempts = []
        for event in noted:
            tried = self.last.get(event.key, (None, None, 0))[2]
            attempts.append(tried + 1 if state == SENDING else max(tried, 1))
        # One statement, so that the lines are there together or not at all.
        self.connection.execute(
            LINES,
            {
                "events": [event.event_id for event in noted],
                "alerts": [event.alert_id for event in noted],
                "kinds": [event.event for event in noted],
                "days": [event.event_date for event in noted],
                "channels": [event.channel for event in noted],
                "audiences": [event.audience for event in noted],
                "attempts": attempts,
                "message": message_id,
                "state": state,
                "mode": self.mode,
                "detail": detail,
                "moment": moment,
            },
        )
        for event, attempt in zip(noted, attempts, strict=True):
            self.last[event.key] = (message_id, state, attempt)
            if state in (SENT, SENDING) and not event.is_ending:
                self.told.add((event.alert_id, event.channel, event.audience))

    def note_message(self, message: Message, state: str, detail: str | None = None) -> None:
        """Write what became of a message."""
        self.note(message.events, message.message_id, state, detail)
